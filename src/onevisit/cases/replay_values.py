"""A past case as far as its plan needs: frozen, without Django, so that other processes can take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from onevisit.core.planning.model import Unavailable


@dataclass(frozen=True, slots=True)
class PastCase:
    """What decided a submitted case's plan: the answers that conditions mention, channel, registers, licences."""

    id: UUID
    person: UUID  # the applicant, in whose log a look is recorded
    walk_in: bool
    facts: Mapping[str, object]  # fact key -> JSON value
    unavailable: tuple[tuple[str, Unavailable], ...]  # registers that could not be used for him then
    held: frozenset[str]  # licences and earlier uploads that proved something
