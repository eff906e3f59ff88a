"""What the worker does for cases."""

from datetime import datetime

from onevisit.cases import actions


def settle_due(now: datetime) -> int:
    """Do what the law makes of silence; how many cases changed."""
    return actions.settle_due(now)


def checkpoint(now: datetime) -> int:
    """Seal the chain heads that moved; how many."""
    return actions.checkpoint(now)


def tell_machines(now: datetime) -> int:
    """Put what happened into the outbox of hooks; how many entries."""
    return actions.tell_machines(now)
