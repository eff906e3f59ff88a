"""Refuse: in writing, with reasons and remedies (行政许可法 38; 市场主体登记管理条例 20)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.at_hand import in_words, lock_for_officer, not_decided
from onevisit.cases.actions.once import once
from onevisit.cases.errors import NotAcceptedYet, OtherAct
from onevisit.cases.models import Decision, Idempotency, Procedure
from onevisit.cases.rules import letters
from onevisit.cases.rules.once import check_key
from onevisit.cases.rules.procedure import act
from onevisit.cases.rules.reasons import written
from onevisit.cases.values import Decided
from onevisit.core.china import day_of
from onevisit.core.law.procedure import Command, State
from onevisit.people.actor import Actor

LONGEST_ARTICLE = 200


@transaction.atomic
def refuse(procedure: UUID, reasons: str, article: str, key: str, *, by: Actor, now: datetime) -> Decided:
    """Refuse an accepted procedure. `article`: on what it rests, as the notice cites it. A repeat gets the answer.

    Raises ReasonsMissing, TooLong, NotAcceptedYet, AlreadyDecided, NotLawful, KeyMissing, OtherAct, NotFound.
    """
    check_key(key)
    reasons, article = written(reasons), article.strip()[:LONGEST_ARTICLE]
    hand = lock_for_officer(procedure, by, now)
    before = Idempotency.objects.filter(account=by.account, key=key).first()
    if before is not None:
        if before.act != "refuse" or before.answer["procedure"] != str(procedure):
            raise OtherAct()
        return Decided(procedure, "refused", None, "")
    of = hand.procedure(procedure)
    not_decided(of)
    if of.state in (State.RECEIVED, State.WAITING):
        raise NotAcceptedYet()
    move = act(of, Command.REFUSE, hand.setting)
    Decision.objects.create(
        procedure_id=of.id,
        outcome="refused",
        reasons=reasons,
        article="、".join(filter(None, [article, in_words(basis for basis in move.step.basis if basis.law)])),
        officer=by.account,
        officer_name=by.name,
        at=now,
    )
    accepted = Procedure.objects.values_list("accepted_at", flat=True).get(pk=of.id)
    letter = letters.decision(
        move, hand.to, hand.setting, accepted=day_of(accepted or now), reasons=reasons, article=article
    )
    hand.letter("decision", of, letter)
    hand.make(move, data={"reasons": reasons, "article": article})
    hand.tell_if_due()
    hand.write()
    answer = {"procedure": str(procedure), "outcome": "refused"}
    with once():
        Idempotency.objects.create(account=by.account, key=key, act="refuse", answer=answer, at=now)
    return Decided(procedure, "refused", None, "")
