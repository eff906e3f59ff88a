"""Frozen values about the parties of a case, and what is open to them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onevisit.core.text import Text


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party of a case: what he has done, and what is still awaited of him, by the steps' names."""

    party: str
    role: Text
    name: str  # masked for the other parties
    agent: str  # who signs in his place, if somebody does
    until: date | None  # the last day of his mandate, where he needs one
    you: bool  # whoever reads this
    signed: tuple[Text, ...]
    signs: tuple[Text, ...]  # online
    comes: tuple[Text, ...]  # in person
    can_sign: bool  # something of it now


@dataclass(frozen=True, slots=True)
class Mortal:
    """A party whose death would end what is applied for together."""

    party: str
    role: Text
    name: str
    died_on: date | None  # where an officer has recorded it


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step for which somebody can come today."""

    procedure: UUID
    service: str
    step: str
    name: Text
    parties: tuple[str, ...]  # who has to come, all of them at once if `together`
    places: tuple[str, ...]  # at one of these
    together: bool
    last_day: date | None  # after it, it is too late


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody who has to be there too for a joint step."""

    role: Text
    name: str  # masked
    here: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """A step that somebody who came to a hall can do there today."""

    case: UUID
    number: str
    event: Text
    title: str
    procedure: UUID
    step: str
    name: Text
    others: tuple[Awaited, ...]

    @property
    def ready(self) -> bool:
        """Whether everybody is there."""
        return all(one.here for one in self.others)
