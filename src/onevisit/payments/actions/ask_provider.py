"""Ask after the orders whose end is not known: also when no callback ever comes."""

import logging
from datetime import datetime

from django.db import transaction

from onevisit.payments.actions.asking import ask
from onevisit.payments.connectors.provider.client import ProviderDown
from onevisit.payments.models import Order
from onevisit.payments.rules import is_fresh, wait_after

log = logging.getLogger(__name__)
BATCH = 20  # orders per call, so that the worker's other tasks get their turn


def ask_provider(now: datetime) -> int:
    """Ask about orders whose turn it is; how many were dealt with. While the provider is away, one try a round."""
    done = 0
    while done < BATCH:
        order = _claim(now)
        if order is None:
            break
        done += 1
        try:
            ask(order, now=now)
        except ProviderDown as error:
            log.warning("order %s: the provider does not answer: %s", order.number, error)
            break
    return done


@transaction.atomic(durable=True)
def _claim(now: datetime) -> Order | None:
    """The order that has waited longest, its next turn moved on: no lock is held while the provider is asked."""
    waiting = Order.objects.filter(next_try_at__lte=now).select_related("revision__bill")
    order = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk").first()
    if order is None:
        return None
    wait = wait_after(order.attempts + 1, fresh=is_fresh(order.created_at, now))
    Order.objects.filter(pk=order.pk).update(attempts=order.attempts + 1, next_try_at=now + wait)
    return order
