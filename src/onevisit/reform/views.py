"""The reform office: what is published, and what its full enumeration says."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onevisit.catalogue import queries
from onevisit.catalogue.queries import Published
from onevisit.core.conditions import in_words
from onevisit.core.planning.guide import WorstCase
from onevisit.core.text import Text
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role


@require_safe
@roles(Role.REFORM)
def events(request: SignedInRequest) -> HttpResponse:
    """Every life event in force: its worst applicants, why, and on what it rests."""
    rows = [(one, _witness(one, one.guide.online), _witness(one, one.guide.walk_in), _conditions(one))
            for one in queries.events(settings.REGION)]
    return render(request, "reform/events.html", {"rows": rows})


def _witness(published: Published, worst: WorstCase) -> list[tuple[Text, str]]:
    """The facts of the applicant who is worst off, in words."""
    specs = {spec.key: spec for spec in published.event.facts}
    found = []
    for key, value in worst.witness:
        spec = specs[key]
        options = {option.value: option.label.zh for option in spec.options}
        plain = ("是" if value else "否") if isinstance(value, bool) else str(value)
        words = options.get(str(value), plain)
        found.append((spec.label, f"{words}{spec.unit.zh if spec.unit and not options else ''}"))
    return found


def _conditions(published: Published) -> list[tuple[Text, Text]]:
    """Each service and when it applies, in words."""
    specs = {spec.key: spec for spec in published.event.facts}
    return [(service.name, in_words(service.applies_when, specs)) for service in published.event.services]
