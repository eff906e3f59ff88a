"""What the law makes of silence: the notice on the last day, acceptance by silence, withdrawal by silence.

The notice goes out on the last day or not at all: a worker that was dead over it finds the applications accepted.
Each case in its own transaction: locked (one that somebody holds is left for the next round), read again, and moved
only from the state that it is in then, so that each effect happens once, also after a crash.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from onevisit.cases.actions.at_hand import AtHand, at_hand
from onevisit.cases.models import Case, CorrectionItem, CorrectionNotice, Procedure
from onevisit.cases.rules import letters
from onevisit.cases.rules.procedure import NOTICE_HOUR, act
from onevisit.core.china import SHANGHAI, day_of
from onevisit.core.law.procedure import Check, Command, State
from onevisit.people.actor import SYSTEM

BATCH = 100


def settle_due(now: datetime) -> int:
    """Settle what is due, at most BATCH cases; how many cases changed."""
    return sum(_settle(case, now) for case in _candidates(now))


def _candidates(now: datetime) -> Iterator[UUID]:
    """Cases with an open check or an open correction whose day has come; read by a small index."""
    today = day_of(now)
    untold = Q(completeness=Check.MISSING, case__correction=None)
    unsaid = untold | Q(completeness__in=[Check.OPEN, Check.SUPPLIED])
    due = Q(unsaid, check_due__lt=today) | Q(completeness=Check.MISSING, case__correction__due__lt=today)
    if now.astimezone(SHANGHAI).hour >= NOTICE_HOUR:
        due |= Q(untold, check_due=today)
    rows = Procedure.objects.filter(due, state__in=[State.RECEIVED, State.WAITING])
    rows = rows.filter(check_due__lte=today)  # the index's column: of corrections too, whose check was due before
    found = list(rows.order_by("check_due").values_list("case", flat=True).distinct()[:BATCH])
    late = CorrectionItem.objects.filter(due__lt=today, supplied_at=None, procedure__state=State.ACCEPTED)
    late = late.filter(procedure__completeness=Check.PROVISIONAL).order_by("due")[:BATCH]
    return iter(dict.fromkeys([*found, *late.values_list("procedure__case", flat=True)]))


@transaction.atomic
def _settle(case: UUID, now: datetime) -> bool:
    row = Case.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=case)
    found = row.select_related("person", "organisation").first()
    if found is None:
        return False
    hand = at_hand(found, SYSTEM, now)
    _by_silence(hand)
    _lapse(hand)
    _revoke_acceptance(hand)
    hand.tell_if_due()
    hand.write()
    return bool(hand.entries)


def _by_silence(hand: AtHand) -> None:
    """What nobody said anything about until its last day is accepted (行政许可法 32(1)(4); else our own promise)."""
    items = CorrectionItem.objects.filter(procedure__case=hand.case).values_list("procedure").order_by()
    supplied = dict(items.annotate(Max("supplied_at")))
    for of in [one for one in hand.procedures if one.silent(hand.setting.today, told=hand.told)]:
        since = supplied.get(of.id) if of.check is Check.SUPPLIED else None
        hand.make(act(of, Command.ACCEPT_BY_SILENCE, hand.setting, since=since))


def _revoke_acceptance(hand: AtHand) -> None:
    """What was accepted provisionally and never completed is accepted no more, in writing (浙江规定 11(2))."""
    rows = CorrectionItem.objects.filter(procedure__case=hand.case, supplied_at=None, due__lt=hand.setting.today)
    late: dict[UUID, list[CorrectionItem]] = {}
    for row in rows.order_by("pk"):
        late.setdefault(row.procedure_id, []).append(row)
    for of in [one for one in hand.procedures if one.id in late and one.check is Check.PROVISIONAL]:
        if hand.procedure(of.id).state is not State.ACCEPTED:
            continue
        move = act(of, Command.REVOKE_ACCEPTANCE, hand.setting)
        due = min(item.due for item in late[of.id] if item.due)
        hand.make(move, data={"due": due.isoformat(), "items": [item.thing for item in late[of.id]]})
        accepted = Procedure.objects.values_list("accepted_at", flat=True).get(pk=of.id) or hand.setting.now
        names = [letters.name_of(hand.setting.event, item.thing).zh for item in late[of.id]]
        letter = letters.acceptance_revoked(move, names, day_of(accepted), due, hand.to, hand.setting)
        hand.letter("acceptance_revoked", of, letter)


def _lapse(hand: AtHand) -> None:
    """An applicant who let his time pass has withdrawn what he did not complete, and nothing else (浙江规定 11(3))."""
    notice = CorrectionNotice.objects.filter(pk=hand.case.pk, supplied_at=None).first()
    if notice is None or notice.due >= hand.setting.today:
        return
    for service in [one.service for one in hand.procedures if one.lacks]:
        of = next(one for one in hand.procedures if one.service == service)
        if of.lacks:  # a predecessor's lapse may have ended it meanwhile
            hand.make(act(of, Command.LAPSE, hand.setting), data={"due": notice.due.isoformat()})
