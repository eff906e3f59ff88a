"""Decline to accept: not needed or not competent (行政许可法 32), or supplied and still wrong (浙江规定 11)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.accept import check_is_open
from onevisit.cases.actions.at_hand import in_words, lock_for_officer
from onevisit.cases.errors import CompetentMissing, GroundMissing
from onevisit.cases.models import Decision
from onevisit.cases.rules import letters
from onevisit.cases.rules.procedure import act
from onevisit.cases.rules.reasons import written
from onevisit.cases.rules.working import NON_ACCEPTANCE
from onevisit.core.basis import Basis
from onevisit.core.catalogue import Regime
from onevisit.core.law.procedure import Check, Command
from onevisit.people.actor import Actor

ELSEWHERE = "not-competent"
LONGEST_NAME = 100  # characters of a body's name


def _grounded(regime: Regime, ground: str, competent: str) -> Basis:
    """The article of a ground, if it says what the article demands."""
    basis = NON_ACCEPTANCE[regime].get(ground)
    if basis is None:
        raise GroundMissing()
    if ground == ELSEWHERE and not 0 < len(competent) <= LONGEST_NAME:
        raise CompetentMissing(most=LONGEST_NAME)
    return basis


@transaction.atomic
def not_accept(
    procedure: UUID, reasons: str, *, ground: str = "", competent: str = "", by: Actor, now: datetime
) -> None:
    """Decide, in writing and with reasons, not to accept. What an article orders after it is then not received.

    `ground`: "not-needed" or "not-competent" (行政许可法 32(1); of real estate 不动产登记暂行条例 17(1)(4)), which
    also needs the `competent` body's name; what was supplied and is still wrong has its own ground (浙江规定 11(3)).
    Raises ReasonsMissing, TooLong, GroundMissing, CompetentMissing, StillAwaited, AcceptedBySilence, AlreadyDecided,
    NotLawful, NotFound.
    """
    reasons, competent = written(reasons), competent.strip()
    hand = lock_for_officer(procedure, by, now)
    of = check_is_open(hand, procedure)
    move = act(of, Command.NOT_ACCEPT, hand.setting)
    if of.check is Check.OPEN:
        move = replace(move, basis=(_grounded(of.regime, ground, competent),))
    elsewhere = of.check is Check.OPEN and ground == ELSEWHERE
    told = {"reasons": reasons} | ({"competent": competent} if elsewhere else {})
    Decision.objects.create(
        procedure_id=of.id,
        outcome="not_accepted",
        reasons=reasons,
        article=in_words(move.basis),
        officer=by.account,
        officer_name=by.name,
        at=now,
    )
    letter = letters.non_acceptance(move, reasons, told.get("competent", ""), hand.to, hand.setting)
    hand.letter("non_acceptance", of, letter)
    hand.make(move, data=told)
    hand.tell_if_due()
    hand.write()
