"""Pay at the window: the clerk records cash, or a card at the POS, with the number of its slip."""

import logging
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from onevisit.payments.actions.asking import close, open_orders
from onevisit.payments.actions.locking import case_of, current, lock, settled
from onevisit.payments.actions.recording import record
from onevisit.payments.connectors.provider.client import ProviderDown
from onevisit.payments.errors import AlreadyPaid, AmountChanged, NothingDue, OnlyClerks, ReceiptNumberMissing
from onevisit.payments.events import MoneyMoves, tell
from onevisit.payments.models import Bill
from onevisit.payments.values import Way
from onevisit.people.actor import Actor, Role

log = logging.getLogger(__name__)


def pay_at_window(bill: UUID, *, way: Way, amount: Decimal, receipt_number: str, by: Actor, now: datetime) -> None:
    """Record the money; a repeat with the same slip changes nothing.

    First has the payer's open orders closed at the provider, so that a second money is refused there and then. When
    the provider is away the window goes on; what comes by it later is surplus and goes back. Not inside a transaction.
    Raises OnlyClerks, ReceiptNumberMissing, AmountChanged, AlreadyPaid, NothingDue.
    """
    if by.role is not Role.CLERK:
        raise OnlyClerks
    if not way.at_window:
        raise ValueError("the window takes cash and cards")
    if not receipt_number.strip():
        raise ReceiptNumberMissing
    for order in open_orders(bill):
        try:
            close(order, now=now)
        except ProviderDown as error:
            log.warning("order %s stays open while the window is paid: %s", order.number, error)
            break
    _record(bill, way, amount, receipt_number.strip(), by, now)


@transaction.atomic(durable=True)
def _record(bill: UUID, way: Way, amount: Decimal, receipt_number: str, by: Actor, now: datetime) -> None:
    tell(MoneyMoves(case_of(bill)), now=now)
    row = lock(bill)
    if _is_repeat(row, way, receipt_number):
        return
    revision = current(row)
    if not revision.total:
        raise NothingDue
    if amount != revision.total:
        raise AmountChanged(due=revision.total, amount=amount)
    record(row, revision, way=way, order=None, reference=receipt_number, clerk=by, at=now, now=now)


def _is_repeat(bill: Bill, way: Way, receipt_number: str) -> bool:
    """Whether this very slip is what paid it. Raises AlreadyPaid when something else did."""
    paid = settled(bill)
    if paid is None:
        return False
    if (paid.way, paid.reference) != (way.value, receipt_number):
        raise AlreadyPaid
    return True
