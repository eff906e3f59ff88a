"""What the worker does for payments."""

from datetime import datetime

from onevisit.payments import actions


def ask_provider(now: datetime) -> int:
    """Ask after orders whose end is not known; how many were dealt with."""
    return actions.ask_provider(now)


def ask_refunds(now: datetime) -> int:
    """Have the provider do the refunds that wait; how many were dealt with."""
    return actions.ask_refunds(now)


def render_pending(now: datetime) -> int:
    """Make the receipts that wait; how many rows were dealt with."""
    return actions.render_pending(now)
