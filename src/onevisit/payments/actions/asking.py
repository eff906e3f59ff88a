"""Asking the provider about one order, and keeping what it says. What it says is the truth; a callback is a hint."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.payments.actions.locking import case_of, lock, settled
from onevisit.payments.actions.recording import record
from onevisit.payments.connectors.provider import client
from onevisit.payments.connectors.provider.mapping import OrderState, ProviderOrder
from onevisit.payments.events import MoneyMoves, tell
from onevisit.payments.models import OPEN, Order, Payment
from onevisit.payments.values import Way


def open_orders(bill: UUID) -> list[Order]:
    """Orders of the bill that may still be paid, of whatever revision."""
    orders = Order.objects.filter(revision__bill=bill, state__in=OPEN)
    return list(orders.select_related("revision__bill").order_by("created_at"))


def ask(order: Order, *, now: datetime) -> None:
    """Ask how the order stands, and have it closed when nobody is to pay it any more. Raises ProviderDown.

    Speaks to the provider, so never inside a transaction.
    """
    if _unwanted(order, now):
        close(order, now=now)
        return
    answer = client.ask(order.number, order.amount)
    if answer is not None:
        keep(order.pk, answer, now=now)


def close(order: Order, *, now: datetime) -> None:
    """Have the order closed; should it have been paid, that is kept. Raises ProviderDown."""
    keep(order.pk, client.close(order.number, order.amount), now=now)


def _unwanted(order: Order, now: datetime) -> bool:
    """Whether its bill is paid otherwise or asks for something else now, or its time is over."""
    bill = order.revision.bill
    return bool(settled(bill)) or order.revision.number != bill.revision or now >= order.expires_at


@transaction.atomic(durable=True)
def keep(order_id: UUID, answer: ProviderOrder, *, now: datetime) -> None:
    """Keep the provider's answer; one that is kept already, or older than what is known, changes nothing."""
    order = Order.objects.select_related("revision").get(pk=order_id)
    tell(MoneyMoves(case_of(order.revision.bill_id)), now=now)
    bill = lock(order.revision.bill_id)
    order = Order.objects.select_related("revision").get(pk=order_id)  # as it is under the lock
    if answer.state is OrderState.OPEN:
        Order.objects.filter(pk=order_id, state="new").update(state="open")
        return
    if answer.state is OrderState.PAID and not Payment.objects.filter(order=order).exists():
        record(
            bill,
            order.revision,
            way=Way.ONLINE,
            order=order,
            reference=answer.reference,
            clerk=None,
            at=answer.paid_at or now,
            now=now,
        )
    if order.state != "paid":  # what was paid stays paid
        Order.objects.filter(pk=order_id).update(state=answer.state.value, next_try_at=None)
