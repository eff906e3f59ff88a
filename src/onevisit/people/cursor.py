"""Where a list by time goes on: many rows can have one moment, so a place in it is a moment and an id."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q


def place(at: datetime, row: UUID) -> str:
    """The place of a row, for the address of the next page."""
    return f"{at.isoformat()}~{row}"


def earlier(than: str) -> Q:
    """The rows behind that place in a list by `-at, -pk`; all of them when it cannot be read."""
    moment, _, row = than.partition("~")
    try:
        at, key = datetime.fromisoformat(moment), UUID(row)
    except ValueError:
        return Q()
    return Q(at__lt=at) | Q(at=at, pk__lt=key) if at.tzinfo else Q()
