"""Reads of the exchange for others."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from onevisit.exchange.models import Fetch
from onevisit.exchange.rules import about
from onevisit.exchange.values import FetchView, Outcome
from onevisit.people.cursor import earlier, place
from onevisit.people.queries import masked_name


def fetches_of(person: UUID, keys: Iterable[str] = (), *, before: str = "", limit: int = 50) -> list[FetchView]:
    """Look-ups for a person's cases, and those about him in anybody's: by his numbers (`keys`). Newest first.

    `before`: the `place` of the last one seen.
    """
    hashes = [about(key, settings.SECRET_KEY) for key in keys if key]
    rows = Fetch.objects.filter(Q(subject=person) | Q(about__in=hashes), earlier(before))
    return [_view(row, own=row.subject == person) for row in rows.order_by("-at", "-pk")[:limit]]


def _view(row: Fetch, *, own: bool) -> FetchView:
    name = row.by_name if own or row.agency else masked_name(row.by_name)  # another applicant's name is his own
    where = place(row.at, row.pk)
    return FetchView(row.at, row.resource, row.purpose, name, row.agency, Outcome(row.outcome), own, where)
