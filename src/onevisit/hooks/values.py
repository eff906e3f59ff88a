"""What others give to the hooks room and read of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that programs may be told of. `data`: for who submitted the case; `of_agency`: for each agency."""

    type: str
    at: datetime
    account: UUID | None  # that submitted the case
    data: Mapping[str, object]
    of_agency: Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An address, without its secret."""

    id: UUID
    url: str
    events: tuple[str, ...]
    created_at: datetime
    failures: int


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message, for the operator."""

    id: UUID
    type: str
    url: str
    created_at: datetime
    attempts: int
    delivered_at: datetime | None
    next_try_at: datetime | None
    said: str
