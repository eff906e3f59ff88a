"""Decline to accept: not needed or not competent (行政许可法 32), or supplied and still wrong (浙江规定 11)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.accept import check_is_open
from onevisit.cases.actions.at_hand import in_words, lock_for_officer
from onevisit.cases.errors import ReasonsMissing, TooLong
from onevisit.cases.models import Decision
from onevisit.cases.rules import letters
from onevisit.cases.rules.procedure import act
from onevisit.core.law.procedure import Command
from onevisit.people.actor import Actor

LONGEST = 2000  # characters of reasons


def written(reasons: str) -> str:
    """The reasons, as they go into the notice. Raises ReasonsMissing, TooLong."""
    text = reasons.strip()
    if not text:
        raise ReasonsMissing()
    if len(text) > LONGEST:
        raise TooLong(most=LONGEST)
    return text


@transaction.atomic
def not_accept(procedure: UUID, reasons: str, *, by: Actor, now: datetime) -> None:
    """Decide, in writing and with reasons, not to accept. What an article orders after it is then not received.

    Raises ReasonsMissing, TooLong, StillAwaited, AlreadyDecided, NotLawful, NotFound.
    """
    reasons = written(reasons)
    hand = lock_for_officer(procedure, by, now)
    of = check_is_open(hand, procedure)
    move = act(of, Command.NOT_ACCEPT, hand.setting)
    Decision.objects.create(
        procedure_id=of.id,
        outcome="not_accepted",
        reasons=reasons,
        article=in_words(move.basis),
        officer=by.account,
        officer_name=by.name,
        at=now,
    )
    hand.letter("non_acceptance", of, letters.non_acceptance(move, reasons, hand.to, hand.setting))
    hand.make(move, data={"reasons": reasons})
    hand.tell_if_due()
    hand.write()
