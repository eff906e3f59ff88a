"""What this room tells higher rooms, in the transaction in which it happens.

Who listens is in config/subscriptions.py, which this room reads by its name in the settings and never imports.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class MoneyMoves:
    """Told before a bill is locked: who locks rows of his own for this case does it now, so that all lock in one order.

    Without it an officer (case, then bill) and a callback (bill, then case) would wait for each other.
    """

    case: UUID


@dataclass(frozen=True, slots=True)
class BillPaid:
    """A bill is paid: once, however often the provider says so."""

    case: UUID
    bill: UUID
    services: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class BillRefunded:
    """Lines of a paid bill were given back, as the provider or the clerk confirmed. Not told of surplus money."""

    case: UUID
    bill: UUID
    services: tuple[str, ...]
    amount: Decimal
    reason: str
    at: datetime


Event = MoneyMoves | BillPaid | BillRefunded
Subscriptions = dict[type[Event], tuple[Callable[..., None], ...]]


def tell(event: Event, *, now: datetime) -> None:
    """Call every subscriber; what one raises undoes the whole transaction."""
    subscriptions: Subscriptions = import_string(settings.SUBSCRIPTIONS)
    for handle in subscriptions.get(type(event), ()):
        handle(event, now=now)
