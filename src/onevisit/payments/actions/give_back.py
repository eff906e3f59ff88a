"""Give back what is to be refunded: through the provider, asked until it confirms, or at the window."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.payments.actions.locking import case_of, lock
from onevisit.payments.actions.receipts import for_refund
from onevisit.payments.connectors.provider import client
from onevisit.payments.errors import BillNotFound, NotAtTheWindow, OnlyClerks, ReceiptNumberMissing
from onevisit.payments.events import BillRefunded, MoneyMoves, tell
from onevisit.payments.models import Line, Refund, RefundDone
from onevisit.payments.queries.lines import splits
from onevisit.payments.rules import is_fresh, wait_after
from onevisit.payments.values import Way
from onevisit.people.actor import Actor, Role

log = logging.getLogger(__name__)
BATCH = 20  # refunds per call


def ask_refunds(now: datetime) -> int:
    """Have the provider do the refunds whose turn it is; how many were dealt with."""
    done = 0
    while done < BATCH:
        refund = _claim(now)
        if refund is None:
            break
        done += 1
        try:
            _ask(refund, now)
        except client.ProviderDown as error:
            log.warning("refund %s: the provider does not answer: %s", refund.number, error)
            break
    return done


def give_back_at_window(refund: UUID, *, receipt_number: str, by: Actor, now: datetime) -> None:
    """The clerk has handed out a refund of money that the window took; a repeat changes nothing.

    Raises OnlyClerks, ReceiptNumberMissing, NotAtTheWindow, BillNotFound.
    """
    if by.role is not Role.CLERK:
        raise OnlyClerks
    if not receipt_number.strip():
        raise ReceiptNumberMissing
    row = Refund.objects.select_related("payment").filter(pk=refund).first()
    if row is None:
        raise BillNotFound("refund")
    if not Way(row.payment.way).at_window:
        raise NotAtTheWindow
    _confirm(row, reference=receipt_number.strip(), clerk=by, at=now, now=now)


@transaction.atomic(durable=True)
def _claim(now: datetime) -> Refund | None:
    waiting = Refund.objects.filter(next_try_at__lte=now).select_related("payment__order", "payment__bill")
    refund = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk").first()
    if refund is None:
        return None
    wait = wait_after(refund.attempts + 1, fresh=is_fresh(refund.at, now))
    Refund.objects.filter(pk=refund.pk).update(attempts=refund.attempts + 1, next_try_at=now + wait)
    return refund


def _ask(refund: Refund, now: datetime) -> None:
    order = refund.payment.order
    if order is None:
        raise ValueError("only money of the provider goes back by it")
    lines = Line.objects.filter(pk__in=refund.lines.values("line")).order_by("place")
    answer = client.refund(refund.number, order.number, refund.amount, splits(lines), reason=refund.reason)
    if answer.done:
        _confirm(refund, reference=answer.reference, clerk=None, at=answer.done_at or now, now=now)


@transaction.atomic(durable=True)
def _confirm(refund: Refund, *, reference: str, clerk: Actor | None, at: datetime, now: datetime) -> None:
    """Write that the money is back, with its receipt, and tell who listens; once."""
    tell(MoneyMoves(case_of(refund.payment.bill_id)), now=now)
    bill = lock(refund.payment.bill_id)
    if RefundDone.objects.filter(refund=refund).exists():
        return
    RefundDone.objects.create(
        refund=refund,
        reference=reference,
        by=clerk.account if clerk else None,
        by_name=clerk.name if clerk else "",
        hall=clerk.hall if clerk else "",
        at=at,
        recorded_at=now,
    )
    Refund.objects.filter(pk=refund.pk).update(next_try_at=None)
    lines = list(Line.objects.filter(pk__in=refund.lines.values("line")).order_by("place"))
    for_refund(refund, lines, at=at, now=now)
    if refund.payment.settles:
        services = tuple(dict.fromkeys(line.service for line in lines))
        tell(BillRefunded(bill.case, bill.pk, services, refund.amount, refund.reason, at), now=now)
