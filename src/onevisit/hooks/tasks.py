"""What the worker does for hooks."""

from datetime import datetime

from onevisit.hooks import actions


def deliver(now: datetime) -> int:
    """Send the messages that wait; how many were tried."""
    return actions.deliver(now)
