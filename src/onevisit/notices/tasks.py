"""What the worker does for notices."""

from datetime import datetime

from onevisit.notices import actions


def render_pending(now: datetime) -> int:
    """Make the documents that wait; how many rows were dealt with."""
    return actions.render_pending(now)
