"""What the worker does for licences."""

from datetime import datetime

from onevisit.licences import actions


def render_pending(now: datetime) -> int:
    """Make the documents that wait; how many rows were dealt with."""
    return actions.render_pending(now)
