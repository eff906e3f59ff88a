"""My own page, and who has looked at my data."""

from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onevisit.catalogue.queries import events
from onevisit.exchange.queries import fetches_of
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.queries import looks_at, masked_id, masked_phone, organisation, person, refused_looks_at
from onevisit.people.values import LookView
from onevisit.ui.words import say

PAGE = 30  # looks or look-ups of a page


@require_safe
@roles(Role.APPLICANT)
def me(request: SignedInRequest) -> HttpResponse:
    """Who I am here, and where my things are."""
    assert request.actor.person is not None
    view = person(request.actor.person)
    firm = organisation(request.actor.organisation) if request.actor.organisation else None
    context = {"person": view, "id_number": masked_id(view.id_number), "phone": masked_phone(view.phone), "firm": firm}
    return render(request, "portal/me.html", context)


@require_safe
@roles(Role.APPLICANT)
def looks(request: SignedInRequest) -> HttpResponse:
    """Every look of staff at my data, who was not let look, and every look-up in a register that is about me."""
    assert request.actor.person is not None
    bodies = {agency.key: say(agency.name) for p in events(settings.REGION) for agency in p.event.agencies}
    registers = {r.key: say(r.name) for p in events(settings.REGION) for r in p.event.resources}
    firm = organisation(request.actor.organisation) if request.actor.organisation else None
    mine = (person(request.actor.person).id_number, firm.uscc if firm else "")
    seen = looks_at(request.actor.person, before=request.GET.get("seen", ""), limit=PAGE + 1)
    fetched = fetches_of(request.actor.person, mine, before=request.GET.get("fetched", ""), limit=PAGE + 1)
    context = {
        "looks": [(one, times, bodies.get(one.agency, one.agency)) for one, times in _folded(seen[:PAGE])],
        "more_looks": seen[PAGE - 1].place if len(seen) > PAGE else "",
        "refused": [
            (one, times, bodies.get(one.agency, one.agency)) for one, times in refused_looks_at(request.actor.person)
        ],
        "fetches": [
            (one, registers.get(one.resource, one.resource), bodies.get(one.agency, one.agency))
            for one in fetched[:PAGE]
        ],
        "more_fetches": fetched[PAGE - 1].place if len(fetched) > PAGE else "",
    }
    return render(request, "portal/looks.html", context)


def _folded(looks: list[LookView]) -> list[tuple[LookView, int]]:
    """Looks of one person at one thing that follow one another, as one: the latest, and how many."""
    runs = groupby(looks, key=lambda one: (one.name, one.agency, one.case, one.what, one.purpose))
    return [(run[0], len(run)) for run in (list(group) for _, group in runs)]
