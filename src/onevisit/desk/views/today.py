"""Today's desk: somebody comes, is identified, and his thing is begun."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import actions, queries
from onevisit.catalogue.queries import events
from onevisit.core.codes import BadCode
from onevisit.core.errors import Refusal
from onevisit.halls.actions import check_in
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actions import register_walk_in
from onevisit.people.actor import Role
from onevisit.people.errors import NameMissing, OtherName

FIELDS = ("name", "id_number", "phone", "event")


@require_safe
@roles(Role.CLERK)
def today(request: SignedInRequest) -> HttpResponse:
    """Who is here now, what is half done, what this hall has taken in."""
    return _page(request)


@require_POST
@roles(Role.CLERK)
def arrivals(request: SignedInRequest) -> HttpResponse:
    """Identify somebody who came, check him in, begin his draft."""
    now, by = timezone.now(), request.actor
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        person = register_walk_in(typed["name"], typed["id_number"], typed["phone"], by=by, now=now)
    except NameMissing as refused:
        return _page(request, typed, [("#name", said(refused))])
    except OtherName as refused:
        return _page(request, typed, [("#name", said(refused))])
    except BadCode as refused:
        return _page(request, typed, [("#id_number", said(refused))])
    check_in(person, by.hall, by=by, now=now)
    draft = actions.start_draft(
        typed["event"], settings.REGION, by=by, now=now, walk_in=True, hall=by.hall, person=person
    )
    return redirect("desk-draft", draft)


def said(refused: Refusal) -> str:
    """A refusal's sentence in the reader's language."""
    return refused.filled(gettext(refused.sentence))


def _page(
    request: SignedInRequest, typed: dict[str, str] | None = None, errors: list[tuple[str, str]] | None = None
) -> HttpResponse:
    context = {
        "typed": typed or {}, "errors": errors or [], "events": events(settings.REGION),
        "drafts": queries.drafts_of(request.actor), "cases": queries.cases_of(request.actor, limit=20),
    }  # fmt: skip
    return render(request, "desk/today.html", context, status=422 if errors else 200)
