"""What somebody who stands at a hall has come for: the steps in person of his cases that are open there today."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from onevisit.cases.errors import NotYourHall
from onevisit.cases.models import Case, Procedure
from onevisit.cases.party_values import Awaited, Coming
from onevisit.cases.queries.presence import Present, presents
from onevisit.cases.queries.reaching import latest_of_person
from onevisit.cases.rules.parties import named
from onevisit.cases.rules.presence import Act
from onevisit.core.china import day_of
from onevisit.core.law.procedure import State
from onevisit.core.parties import party_name
from onevisit.core.text import gettext_noop as _
from onevisit.halls.queries import is_present
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor, Role
from onevisit.people.rules import masked_name

_RUNNING = [state.value for state in State if state.open or state is State.GRANTED]  # granted: it may be collected
MOST = 10  # running cases that are looked through, the latest first
AMONG = 50  # of his latest


def coming(person: UUID, *, by: Actor, now: datetime) -> tuple[Coming, ...]:
    """Steps that the person can do at the clerk's hall today, as applicant or other party, whoever took the case in.

    Of each: who else has to be there, and whether he is. The look is recorded where there is any. Raises NotYourHall.
    """
    if by.role is not Role.CLERK or not by.hall:
        raise NotYourHall()
    running = Exists(Procedure.objects.filter(case=OuterRef("pk"), state__in=_RUNNING))
    rows = Case.objects.filter(running, pk__in=latest_of_person(person, AMONG).values("pk"))
    latest = rows.order_by("-pk")[:MOST]
    found = [one for row, present in presents(latest, now) for one in _of_case(row, present, person, by.hall, now)]
    for case in dict.fromkeys(one.case for one in found):
        record_look(by=by, subject=person, case=case, what=_("要到场办的环节"), purpose=_("到窗口办理"), now=now)
    return tuple(found)


def _of_case(row: Case, present: Present, person: UUID, hall: str, now: datetime) -> Iterator[Coming]:
    for act in present.day.open():
        if hall in act.places and any(present.person_of(party) == person for party in act.parties):
            yield Coming(
                case=row.pk,
                number=row.number,
                event=present.event.name,
                title=row.title,
                procedure=present.procedures[act.service],
                step=act.step.key,
                name=act.step.name,
                others=tuple(_others(present, act, person, hall, now)),
            )


def _others(present: Present, act: Act, person: UUID, hall: str, now: datetime) -> Iterator[Awaited]:
    names = {one.party: one.name for one in named(present.event, present.facts)}
    for party in act.parties:
        other = present.person_of(party)
        if other != person:
            here = other is not None and is_present(other, hall, day_of(now))
            yield Awaited(party_name(present.event, party), masked_name(names.get(party, "")), here)
