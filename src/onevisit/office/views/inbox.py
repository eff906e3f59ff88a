"""What is due first, and one procedure with just what it needs."""

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onevisit.cases import queries
from onevisit.cases.values import EvidenceView, WorkView
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role

SHOWN = "show"  # the address's word for the evidence in the viewer


@require_safe
@roles(Role.OFFICER)
def inbox(request: SignedInRequest) -> HttpResponse:
    """The own agency's procedures, by what is due first."""
    tab, q = request.GET.get("tab", ""), request.GET.get("q", "")
    tab = tab if tab in dict(tabs()) else _first_tab(request, q)
    page = queries.inbox(by=request.actor, now=timezone.now(), tab=tab, q=q, after=request.GET.get("after", ""))
    rows = [(name, words, page.counts[name]) for name, words in tabs()]
    return render(request, "office/inbox.html", {"page": page, "tabs": rows, "tab": tab, "q": q, "now": timezone.now()})


def tabs() -> list[tuple[str, str]]:
    """The tabs, in the order of work."""
    return [
        ("check", gettext("待核对材料")),
        ("decide", gettext("待决定")),
        ("waiting", gettext("等别人")),
        ("done", gettext("已办结")),
    ]


def _first_tab(request: SignedInRequest, q: str) -> str:
    """Where there is something to do; what must be checked comes first."""
    counts = queries.inbox(by=request.actor, now=timezone.now(), tab="check", q=q).counts
    return next((name for name, _ in tabs() if counts[name]), "check")


@require_safe
@roles(Role.OFFICER)
def procedure(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """One procedure of the own agency."""
    return show(request, queries.work(procedure, by=request.actor, now=timezone.now()))


def show(request: SignedInRequest, work: WorkView, *, error: str = "", status: int = 200) -> HttpResponse:
    """The page of a procedure, with a sentence if an act could not be done."""
    context = {
        "work": work, "shown": _shown(work, request.GET.get(SHOWN, "")), "error": error,
        "key": secrets.token_urlsafe(18), "history": work.history[::-1],
    }  # fmt: skip
    return render(request, "office/procedure.html", context, status=status)


def _shown(work: WorkView, wanted: str) -> EvidenceView | None:
    """The evidence in the viewer: what was asked for, else the first document, else the first of all."""
    by_id = {str(one.id): one for one in work.evidence}
    documents = [one for one in work.evidence if one.document]
    return by_id.get(wanted) or next(iter(documents or work.evidence), None)
