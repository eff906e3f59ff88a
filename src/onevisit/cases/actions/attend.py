"""Attend: a hall's clerk records that somebody who came did a step that needs him in person."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.at_hand import AtHand, lock
from onevisit.cases.errors import NotFound, NotYourHall
from onevisit.cases.ledger import NewEntry
from onevisit.cases.models import Attendance, Procedure, ToCome
from onevisit.cases.presence_errors import (
    ElsewhereOnly,
    NoStepsLeft,
    NotHisStep,
    NotPresent,
    OutOfDays,
    StepDone,
    TooEarly,
)
from onevisit.cases.queries.mandates import check_may_sign
from onevisit.cases.queries.presence import Present, present_at
from onevisit.cases.rules.presence import Act
from onevisit.cases.rules.procedure import Standing
from onevisit.core.catalogue import Place
from onevisit.core.china import day_of
from onevisit.core.facts import role_of
from onevisit.core.text import Text
from onevisit.halls.queries import is_present
from onevisit.people.actor import Actor, Role
from onevisit.people.queries import person as person_view


@transaction.atomic
def attend(procedure: UUID, step: str, *, person: UUID, by: Actor, now: datetime) -> None:
    """Record that the person, checked in at the clerk's hall today, did the step; a joint one, that all of them did.

    Raises NotYourHall, NotFound, NotHisStep, ElsewhereOnly, StepDone, NoStepsLeft, TooEarly, OutOfDays, NotPresent,
    MandateExpired, PartyDied.
    """
    if by.role is not Role.CLERK or not by.hall:
        raise NotYourHall()
    case = Procedure.objects.filter(pk=procedure).values_list("case", flat=True).first()
    if case is None:
        raise NotFound("procedure")
    hand = lock(case, by, now)
    of, present = hand.procedure(procedure), present_at(case, now)
    act, people = _his(present, of, step, person)
    _check_open(present, act, by.hall)
    check_may_sign(case, present, act.parties, now)
    away = [one for one in people.values() if not is_present(one, by.hall, day_of(now))]
    if away:
        raise NotPresent(names="、".join(person_view(one).name for one in away))
    _write(hand, of, act, people)
    alike = [one for one in present.day.course.acts.values() if (one.service, one.step) == (act.service, act.step)]
    if present.day.left(alike) == (act,):  # the same step of other parties is theirs
        ToCome.objects.filter(procedure=of.id, step=act.step.key).delete()


def _his(present: Present, of: Standing, step: str, person: UUID) -> tuple[Act, Mapping[str, UUID]]:
    """The person's act of that step, with everybody who does it, by party. Raises NotHisStep."""
    done: Act | None = None
    for act in present.day.course.acts.values():
        if not act.in_person or (act.service, act.step.key) != (of.service, step):
            continue
        people = {party: present.person_of(party) for party in act.parties}
        if person in people.values():
            if present.day.done_on(act.key) is None:
                return act, {party: one for party, one in people.items() if one is not None}
            done = act
    if done is not None:
        raise StepDone()
    raise NotHisStep()


def _check_open(present: Present, act: Act, hall: str) -> None:
    """Raise what stands in the way of the act today at this hall."""
    day = present.day
    if hall not in act.places:
        raise ElsewhereOnly(places=_names(present.event.places, act.places))
    if act.service in day.progress.ended:
        raise NoStepsLeft()
    waits = day.waits_for(act)
    if waits:
        raise TooEarly(steps=steps_in_words(present, waits))
    if not day.in_window(act):
        first, last = present.dates_of(act)
        raise OutOfDays(days=_window(first, last))
    unknown = [party for party in act.parties if present.person_of(party) is None]
    if unknown:
        raise NotPresent(names=_roles(present, unknown))


def _window(first: date | None, last: date | None) -> Text:
    begins, ends = (Text.day(day) if day else Text("") for day in (first, last))
    zh = (f"{begins.zh}起" if first else "") + (f"{ends.zh}止" if last else "")
    return Text(zh, " ".join(filter(None, [f"from {begins.en}" if first else "", f"until {ends.en}" if last else ""])))


def _names(places: Sequence[Place], keys: Sequence[str]) -> Text:
    return Text.row(place.name for place in places if place.key in keys)


def _roles(present: Present, parties: Sequence[str]) -> Text:
    names = {role.key: role.name for role in present.event.roles}
    return Text.row(names.get(role_of(party), Text(party)) for party in parties)


def steps_in_words(present: Present, acts: Sequence[Act]) -> Text:
    """Steps with their services, in one line."""
    names = {service.key: service.name for service in present.event.services}
    return Text.row(_step(names[act.service], act.step.name) for act in acts)


def _step(service: Text, step: Text) -> Text:
    return Text(f"{service.zh}的“{step.zh}”", f"“{step.of('en')}” of {service.of('en')}")


def _write(hand: AtHand, of: Standing, act: Act, people: Mapping[str, UUID]) -> None:
    by, now = hand.by, hand.setting.now
    Attendance.objects.bulk_create(attendance(of.id, act, party, one, by, now) for party, one in people.items())
    hand.entries.append(attended(of.number, act, by))
    hand.write()


def attendance(procedure: UUID, act: Act, party: str, person: UUID, by: Actor, now: datetime) -> Attendance:
    """The row of one party's attendance at the clerk's hall."""
    return Attendance(
        procedure_id=procedure, step=act.step.key, party=party, person=person, hall=by.hall, at=now, by=by.account
    )


def attended(procedure: str, act: Act, by: Actor) -> NewEntry:
    """The ledger's entry of an attendance at the clerk's hall."""
    data = {"step": act.step.key, "hall": by.hall, "parties": ", ".join(act.parties)}
    return NewEntry("procedure.attended", by, procedure=procedure, data=data)
