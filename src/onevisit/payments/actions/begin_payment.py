"""Begin to pay online: an order here, the same order at the provider, and the address to send the payer to.

Three steps, each of which may be the last before a crash. The order's row is there before the provider hears of it,
its number is the same in every repeat, and the worker asks after every order until the provider says how it ended.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from onevisit.payments.actions.asking import ask, close, keep, open_orders
from onevisit.payments.actions.locking import current, lock, settled
from onevisit.payments.connectors.provider import client
from onevisit.payments.connectors.provider.mapping import OrderState
from onevisit.payments.errors import AlreadyPaid, NothingDue, OrderOver, ProviderAway
from onevisit.payments.models import OPEN, Line, Order
from onevisit.payments.queries.lines import splits
from onevisit.payments.rules import LIFE, order_number, wait_after
from onevisit.people.actor import Actor

LEAST = timedelta(minutes=5)  # that a payer gets; an order with less time left is closed and made anew


def begin_payment(bill: UUID, *, by: Actor, now: datetime) -> str:
    """The provider's page for this bill: two pages, and a repeat, lead to one order.

    Speaks to the provider, so never inside a transaction. Raises AlreadyPaid, NothingDue, ProviderAway (nothing was
    taken, nothing has to be undone), OrderOver.
    """
    try:
        for order in open_orders(bill):
            if order.expires_at - now < LEAST:
                close(order, now=now)
        return _opened(_order_for(bill, by=by, now=now), now=now)
    except client.ProviderDown as error:
        raise ProviderAway from error


@transaction.atomic(durable=True)
def _order_for(bill: UUID, *, by: Actor, now: datetime) -> Order:
    """The open order for what the bill asks for now, made if there is none."""
    row = lock(bill)
    if settled(row):
        raise AlreadyPaid
    revision = current(row)
    if not revision.total:
        raise NothingDue
    order = Order.objects.filter(revision=revision, state__in=OPEN).first()
    if order is not None:
        return order
    count = Order.objects.filter(revision__bill=row).count()
    return Order.objects.create(
        revision=revision,
        number=order_number(row.case_number, row.place, count + 1),
        amount=revision.total,
        by=by.account,
        by_name=by.name,
        created_at=now,
        expires_at=now + LIFE,
        next_try_at=now + wait_after(1, fresh=True),
    )


def _opened(order: Order, *, now: datetime) -> str:
    """Where to pay it, as the provider says now, also of an order that is open already.

    Raises ProviderDown, AlreadyPaid, OrderOver.
    """
    bill = order.revision.bill
    lines = Line.objects.filter(revision=order.revision).order_by("place")
    answer = client.create(
        order.number,
        order.amount,
        splits(lines),
        subject=f"办件 {bill.case_number} 缴费",
        back=f"{settings.PUBLIC_URL}/cases/{bill.case_number}/pay",
        callback=f"{settings.PUBLIC_URL}/payments/callback",
        expires=order.expires_at,
    )
    keep(order.pk, answer, now=now)
    if settled(bill):  # at the window, or by a callback that was quicker
        ask(order, now=now)
        raise AlreadyPaid
    if answer.state is not OrderState.OPEN:
        raise OrderOver
    return answer.pay_url
