"""The reform office: what is published, and what its proof says."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onevisit.catalogue import queries
from onevisit.catalogue.queries import Published
from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import in_words
from onevisit.core.facts import FactSpec, spec_of
from onevisit.core.planning.guide import WorstCase
from onevisit.core.text import Text
from onevisit.core.wording import value_words
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.reform.workbench import has_levers
from onevisit.ui.words import say


@dataclass(frozen=True, slots=True)
class Worst:
    """The applicant of a channel who is worst off."""

    title: str
    case: WorstCase
    chain: tuple[str, ...]  # the steps that force his visits, in words
    facts: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One life event in force."""

    published: Published
    worst: tuple[Worst, ...]
    conditions: tuple[tuple[Text, Text], ...]  # each service, and when it applies
    levers: bool  # whether it has a workbench


@require_safe
@roles(Role.REFORM)
def events(request: SignedInRequest) -> HttpResponse:
    """Every life event in force: its worst applicants, why, and on what it rests."""
    rows = [row_of(one) for one in queries.events(settings.REGION)]
    return render(request, "reform/events.html", {"rows": rows})


def row_of(published: Published) -> Row:
    """The event with its figures in words."""
    event, guide = published.event, published.guide
    specs = {spec.key: spec for spec in event.facts}
    return Row(
        published,
        (
            _worst(gettext("网上最费事的一种"), guide.online, event, specs),
            _worst(gettext("窗口最费事的一种"), guide.walk_in, event, specs),
        ),
        tuple((service.name, in_words(service.applies_when, specs)) for service in event.services),
        has_levers(Path(settings.CONTENT), event.key),
    )


def _worst(title: str, case: WorstCase, event: LifeEvent, specs: dict[str, FactSpec]) -> Worst:
    steps = {
        f"{service.key}.{step.key}": f"{say(service.name)}·{say(step.name)}"
        for service in event.services for step in service.steps
    }  # fmt: skip
    known = ((spec_of(key, specs), value) for key, value in case.witness)
    facts = tuple((spec.label, say(value_words(spec, value))) for spec, value in known if spec)
    return Worst(title, case, tuple(steps.get(key, key) for key in case.chain), facts)
