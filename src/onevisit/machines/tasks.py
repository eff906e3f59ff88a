"""What the worker does for machines."""

from datetime import datetime

from onevisit.machines import actions


def forget_old(now: datetime) -> int:
    """Remove answers that no repeat will ask for any more; how many."""
    return actions.forget_old(now)
