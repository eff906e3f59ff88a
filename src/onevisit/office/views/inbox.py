"""The inbox of the own agency: what is due first, in four tabs."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onevisit.cases import queries
from onevisit.office.page import page
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role

FIRST = "check"


@require_safe
@roles(Role.OFFICER)
def inbox(request: SignedInRequest) -> HttpResponse:
    """A tab's procedures; without a tab, the first tab in which there is something to do."""
    tab, q = request.GET.get("tab", ""), request.GET.get("q", "").strip()
    chosen = tab if tab in dict(tabs()) else FIRST
    found = queries.inbox(by=request.actor, now=timezone.now(), tab=chosen, q=q, after=request.GET.get("after", ""))
    filled = next((name for name, _ in tabs() if found.counts[name]), chosen)
    if chosen != tab and filled != chosen:
        return redirect(f"{reverse('office')}?{urlencode({'tab': filled, 'q': q})}")
    rows = [(name, words, found.counts[name]) for name, words in tabs()]
    context = {
        "page": found, "tabs": rows, "tab": chosen, "heading": dict(tabs())[chosen], "q": q, "now": timezone.now(),
        "empty": empty(chosen),
    }  # fmt: skip
    return page(request, "office/inbox.html", context)


def tabs() -> list[tuple[str, str]]:
    """The tabs, in the order of work."""
    return [
        ("check", gettext("待核对材料")),
        ("decide", gettext("待决定")),
        ("waiting", gettext("等别人")),
        ("done", gettext("已办结")),
    ]


def empty(tab: str) -> str:
    """What an empty tab says."""
    return {
        "check": gettext("没有要核对的。新收的件会先到这里。"),
        "decide": gettext("没有要决定的。受理后的件会到这里，先到期的在前。"),
        "waiting": gettext("没有在等别人的件：没有人在补正，也没有前一事项没办完的。"),
        "done": gettext("还没有办结的件。"),
    }[tab]
