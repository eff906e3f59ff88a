"""My own page, and who has looked at my data."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onevisit.catalogue.queries import events
from onevisit.exchange.queries import fetches_of
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.queries import looks_at, masked_id, masked_phone, organisation, person
from onevisit.ui.words import say


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
    """Every look of staff at my data, refused ones too, and every look-up in a register."""
    assert request.actor.person is not None
    bodies = {agency.key: say(agency.name) for p in events(settings.REGION) for agency in p.event.agencies}
    registers = {r.key: say(r.name) for p in events(settings.REGION) for r in p.event.resources}
    seen = [(one, bodies.get(one.agency, one.agency)) for one in looks_at(request.actor.person)]
    fetched = [
        (one, registers.get(one.resource, one.resource), bodies.get(one.agency, one.agency))
        for one in fetches_of(request.actor.person)
    ]
    return render(request, "portal/looks.html", {"looks": seen, "fetches": fetched})
