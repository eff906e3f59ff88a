"""What is open to whom, and where: the steps in person of a case as it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from onevisit.cases.models import Case, Draft, PartyDeath, Procedure
from onevisit.cases.party_values import OpenStep
from onevisit.cases.queries.loading import plan_of_case
from onevisit.cases.rules.answers import typed
from onevisit.cases.rules.body import usable
from onevisit.cases.rules.intake import applicant, licences_in
from onevisit.cases.rules.parties import named
from onevisit.cases.rules.presence import Act, Day, Progress, away, course
from onevisit.catalogue.queries import by_snapshot, calendar
from onevisit.core.catalogue import LifeEvent
from onevisit.core.china import day_of
from onevisit.core.facts import Facts
from onevisit.core.law.procedure import FAILED, SUCCEEDED, State
from onevisit.core.planning.network import NO_LAST_DAY
from onevisit.payments.queries import owed
from onevisit.people.queries import find_person

CAME = ("attendances__step", "attendances__party", "attendances__at")


@dataclass(frozen=True, slots=True)
class Present:
    """The case's steps in person on a day, and who its parties are."""

    day: Day
    event: LifeEvent
    facts: Facts
    holder: UUID
    submitted: date
    procedures: Mapping[str, UUID]  # by service
    deaths: bool = False  # whether the death of a party was recorded

    def person_of(self, party: str) -> UUID | None:
        """The person who acts as a party: himself, or his agent or guardian; None while nobody knows who it is."""
        if party == applicant(self.event, self.facts):
            return self.holder
        number = next((one.id_number for one in named(self.event, self.facts) if one.party == party), "")
        found = find_person(number) if number else None
        return found.id if found else None

    def still_to_come(self, service: str) -> tuple[Act, ...]:
        """Steps in person, words of parties and payments without which the service cannot be decided."""
        return self.day.left(self.day.course.before_decision(service))

    def dates_of(self, act: Act) -> tuple[date | None, date | None]:
        """The first and last day on which the act can be done, where they are limited."""
        first, last = act.step.window or (0, NO_LAST_DAY)
        days = calendar()
        return (
            days.add(self.submitted, first) if first else None,
            days.add(self.submitted, last) if last < NO_LAST_DAY else None,
        )


def open_steps(case: UUID, *, now: datetime) -> tuple[OpenStep, ...]:
    """Steps for which somebody can come today: by whom, at which places, together or not. Two queries."""
    present = present_at(case, now)
    return tuple(_open(present, act) for act in present.day.open())


def _open(present: Present, act: Act) -> OpenStep:
    return OpenStep(
        procedure=present.procedures[act.service],
        service=act.service,
        step=act.step.key,
        name=act.step.name,
        parties=act.parties,
        places=act.places,
        together=act.step.together,
        last_day=present.dates_of(act)[1],
    )


def present_at(case: UUID, now: datetime) -> Present:
    """The case's steps in person as they stand. Raises Case.DoesNotExist."""
    for _, present in presents(Case.objects.filter(pk=case), now):
        return present
    raise Case.DoesNotExist


def presents(cases: QuerySet[Case], now: datetime) -> list[tuple[Case, Present]]:
    """Cases with their steps in person as they stand. Two queries, and two more for each in which somebody pays."""
    held = Draft.objects.filter(pk=OuterRef("draft")).values("held")
    dead = PartyDeath.objects.filter(case=OuterRef("pk"))
    rows = list(cases.annotate(held=Subquery(held), dead=Exists(dead)))
    columns = ("case", "pk", "service", "state", "decided_at", *CAME)
    found: dict[UUID, list[Mapping[str, Any]]] = {row.pk: [] for row in rows}
    for one in Procedure.objects.filter(case__in=rows).values(*columns):  # again for each attendance: all goes by key
        found[one["case"]].append(one)
    return [(row, replace(_present(row, row.held or (), found[row.pk], now), deaths=row.dead)) for row in rows]


def _present(
    row: Case, held: Iterable[Mapping[str, str]], procedures: Sequence[Mapping[str, Any]], now: datetime
) -> Present:
    came = [(one["service"], *(one[key] for key in CAME)) for one in procedures if one["attendances__at"]]
    published = by_snapshot(row.snapshot)
    event, submitted = published.graph.event, day_of(row.submitted_at)
    facts = typed(row.facts, published.graph.specs)
    plan = plan_of_case(row, facts, frozenset(usable(licences_in(held), event, facts)))
    party = applicant(event, facts)
    way = course(event, plan, party)
    money = owed(row.pk) if any(act.pays for act in way.acts.values()) else {}
    progress = _progress(submitted, procedures, came, party, money, now)
    keys = {one["service"]: one["pk"] for one in procedures}
    return Present(Day(way, progress), event, facts, row.person_id, submitted, keys)


def _progress(
    submitted: date,
    procedures: Sequence[Mapping[str, Any]],
    came: Iterable[tuple[str, str, str, datetime]],
    holder: str,
    money: Mapping[str, datetime | None],
    now: datetime,
) -> Progress:
    days = calendar()

    def offset(at: datetime) -> int:
        return days.between(submitted, day_of(at))

    states = {one["service"]: State(one["state"]) for one in procedures}
    decided = {one["service"]: one["decided_at"] for one in procedures if one["decided_at"]}
    return Progress(
        today=offset(now),
        decided={key: offset(at) for key, at in decided.items() if states[key] in SUCCEEDED},
        delivered=frozenset(key for key, state in states.items() if state is State.DELIVERED),
        ended=frozenset(key for key, state in states.items() if state in FAILED),
        attended={(service, step, party): offset(at) for service, step, party, at in came},
        holder=holder,
        owed={service: offset(at) if at else None for service, at in money.items()},
    )


@lru_cache(maxsize=1024)
def surely_away(snapshot: str, service: str) -> bool:
    """Whether an online applicant never has to come before this service's decision."""
    event = by_snapshot(snapshot).graph.event
    return away(event, next(one for one in event.services if one.key == service))
