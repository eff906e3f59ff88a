"""Reads of the exchange for others."""

from uuid import UUID

from onevisit.exchange.models import Fetch
from onevisit.exchange.values import FetchView, Outcome


def fetches_of(person: UUID, limit: int = 50) -> list[FetchView]:
    """The latest look-ups of a person's data, newest first."""
    rows = Fetch.objects.filter(subject=person).order_by("-at")[:limit]
    return [FetchView(row.at, row.resource, row.purpose, row.by_name, row.agency, Outcome(row.outcome)) for row in rows]
