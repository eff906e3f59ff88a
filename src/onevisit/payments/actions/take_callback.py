"""Take a callback of the provider: early, late, twice or forged."""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from onevisit.payments.actions.asking import ask
from onevisit.payments.connectors.provider.client import ProviderDown
from onevisit.payments.connectors.provider.mapping import NotTheContract, read_callback
from onevisit.payments.errors import ForgedCallback, UnreadableCallback
from onevisit.payments.models import Order
from onevisit.payments.rules import CALLBACK, SIGNATURE, is_signed

log = logging.getLogger(__name__)


def take_callback(body: bytes, headers: Mapping[str, str], *, now: datetime) -> bool:
    """Ask the provider about the order that a signed callback names; whether it answered.

    Nothing else in the callback is believed, so that neither a stolen secret nor a wrong amount nor another order's
    number makes money out of nothing. When the provider does not answer just now, the worker asks at once.
    Raises ForgedCallback, UnreadableCallback.
    """
    if not is_signed(settings.PAYMENT_SECRET, CALLBACK, body, headers.get(SIGNATURE, "")):
        raise ForgedCallback
    try:
        number = read_callback(body)
    except NotTheContract as error:
        raise UnreadableCallback from error
    order = Order.objects.select_related("revision__bill").filter(number=number).first()
    if order is None:
        raise UnreadableCallback
    try:
        ask(order, now=now)
    except ProviderDown as error:
        log.warning("order %s: a callback, but the provider does not answer: %s", number, error)
        Order.objects.filter(pk=order.pk, next_try_at__gt=now).update(next_try_at=now)
        return False
    return True
