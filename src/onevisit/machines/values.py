"""What others read of machines."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ClientView:
    """A program, without its secret. `stamp` changes with the secret and the scopes."""

    account: UUID
    name: str
    title: str
    scopes: frozenset[str]
    created_at: datetime
    stamp: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given before."""

    status: int
    body: str
