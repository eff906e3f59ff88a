"""What the worker does for insight."""

from datetime import datetime

from django.conf import settings

from onevisit.insight import actions


def examine_new(now: datetime) -> int:
    """Examine the catalogue once other versions are in force; how many findings."""
    return actions.examine_if_new(settings.REGION, now=now)


def replay(now: datetime) -> int:
    """Compute a little of a replay; whether there was one."""
    return actions.advance(now)
