"""Accept: the papers are complete; the clock of the decision begins (行政许可法 32, 浙江规定 11)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.at_hand import AtHand, lock_for_officer, not_decided
from onevisit.cases.errors import AcceptedBySilence, StillAwaited
from onevisit.cases.rules.procedure import Standing, act
from onevisit.core.law.procedure import Command
from onevisit.people.actor import Actor


@transaction.atomic
def accept(procedure: UUID, *, by: Actor, now: datetime) -> None:
    """Say that a procedure's papers are complete. A serial one stays waiting, checked, without a clock.

    Raises StillAwaited, AcceptedBySilence, AlreadyDecided, NotLawful, NotFound.
    """
    hand = lock_for_officer(procedure, by, now)
    of = check_is_open(hand, procedure)
    hand.make(act(of, Command.ACCEPT, hand.setting))
    hand.tell_if_due()
    hand.write()


def check_is_open(hand: AtHand, procedure: UUID) -> Standing:
    """The procedure, if its agency may still speak about its papers. Raises its refusals otherwise."""
    of = hand.procedure(procedure)
    not_decided(of)
    if of.silent(hand.setting.today, told=hand.told):
        raise AcceptedBySilence()
    if of.lacks:
        raise StillAwaited()
    return of
