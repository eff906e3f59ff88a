"""Hand a licence over at the window (行政许可法 44), against signature: to its holder, or to who has his mandate."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.at_hand import AtHand, lock
from onevisit.cases.errors import NotCheckedIn, NotFound, NothingToDeliver, NotYourHall
from onevisit.cases.ledger import NewEntry
from onevisit.cases.models import HandOver
from onevisit.cases.rules import letters
from onevisit.cases.rules.procedure import Standing, act
from onevisit.core.china import day_of
from onevisit.core.law.procedure import Command, State
from onevisit.halls.queries import is_present
from onevisit.licences.queries import licence as find_licence
from onevisit.licences.queries import of_case as licences_of
from onevisit.licences.values import LicenceView
from onevisit.people.actor import Actor, Role
from onevisit.people.queries import masked_id, person


@transaction.atomic
def hand_over(licence: UUID, *, by: Actor, now: datetime, taker: UUID | None = None) -> None:
    """Record that the holder, or `taker` (a person) by his mandate, took the licence; the receipt to sign is printed.

    With the last licence of a procedure that one is delivered.

    Whoever takes it has been checked in today. Raises NotCheckedIn, NothingToDeliver, NotYourHall, NotFound.
    """
    if by.role is not Role.CLERK or not by.hall:
        raise NotYourHall()
    view = find_licence(licence)
    hand = lock(view.case, by, now)
    if hand.case.hall not in ("", by.hall):
        raise NotFound("licence", case=view.case, subject=view.holder_person)
    who = taker or view.holder_person
    if not is_present(who, by.hall, day_of(now)):
        raise NotCheckedIn()
    of = hand.procedure(view.procedure)
    taken = HandOver.objects.filter(pk=licence).exists()
    if of.state is not State.GRANTED or view.revocation is not None or taken:
        raise NothingToDeliver()
    _deliver(hand, of, view, who, by, now)


def _deliver(hand: AtHand, of: Standing, view: LicenceView, who: UUID, by: Actor, now: datetime) -> None:
    """The row that says who took it, the step or the entry, and the receipt for his signature."""
    him, by_mandate = person(who), who != view.holder_person
    told = {"number": view.number, "hall": by.hall} | ({"mandatary": him.name} if by_mandate else {})
    HandOver.objects.create(
        licence=view.id, procedure_id=of.id, taker=who, by_mandate=by_mandate, hall=by.hall, at=now, by=by.account
    )
    if _left(hand, of):
        hand.entries.append(NewEntry("licence.handed_over", by, of.number, data=told))
    else:
        hand.make(act(of, Command.DELIVER, hand.setting), data=told)
    signs = (him.name, masked_id(him.id_number))
    letter = letters.delivery(view, of.service, signs, by.hall, hand.to, hand.setting, by_mandate=by_mandate)
    hand.letter("delivery", of, letter, about=view.number)
    hand.write()


def _left(hand: AtHand, of: Standing) -> bool:
    """Whether the procedure has brought other licences that nobody has taken yet."""
    taken = set(HandOver.objects.filter(procedure=of.id).values_list("licence", flat=True))
    issued = licences_of(hand.case.pk, now=hand.setting.now)
    return any(one.procedure == of.id and one.revocation is None and one.id not in taken for one in issued)
