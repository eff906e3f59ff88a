"""What a picture of an event holds: a box a service, its papers by source, lines between boxes, trips."""

from dataclasses import dataclass
from enum import StrEnum

from onevisit.core.basis import Basis
from onevisit.core.text import Text


class Origin(StrEnum):
    """Where a paper comes from."""

    HELD = "held"  # government has it
    PASSED = "passed"  # another service here makes it, and it passes inside government
    CARRIED = "carried"  # another service here makes it, and the applicant takes it on
    SENT = "sent"  # the applicant sends it
    BROUGHT = "brought"  # the applicant brings it on paper
    PROMISED = "promised"  # a promise stands for it


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of evidence that a service needs."""

    key: str
    name: Text
    origin: Origin
    count: int = 1  # of how many persons


@dataclass(frozen=True, slots=True)
class Stop:
    """A step that is done at a visit."""

    visit: int  # from 1
    name: Text


@dataclass(frozen=True, slots=True)
class Box:
    """One service."""

    key: str
    agency: str
    name: Text
    days: int  # working days, by promise; 0: while he waits
    papers: tuple[Paper, ...]
    stops: tuple[Stop, ...] = ()
    when: Text | None = None  # the condition in words, of a service that not everybody needs


@dataclass(frozen=True, slots=True)
class Line:
    """That a box waits for another: for what it makes (`paper`), or because an order is laid down (`serial`)."""

    source: str
    target: str
    paper: str = ""  # the key of the target's paper; none: the order alone
    name: Text | None = None
    serial: bool = False
    carried: bool = False
    basis: Basis | None = None  # by what the order is laid down


@dataclass(frozen=True, slots=True)
class Trip:
    """One visit of the person who comes most often."""

    number: int  # from 1
    day: int
    place: Text
    steps: tuple[Text, ...]
    others: tuple[Text, ...] = ()  # who has to come with him


@dataclass(frozen=True, slots=True)
class Picture:
    """An event, or one applicant's plan of it."""

    agencies: tuple[tuple[str, Text], ...]  # key, name; those that have a box, as they come
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    trips: tuple[Trip, ...] = ()
    who: Text | None = None  # who comes most often; none: nobody comes, or nobody in particular is drawn
    elsewhere: tuple[Trip, ...] = ()  # visits of others alone

    def box(self, key: str) -> Box:
        """The box of a service."""
        return next(box for box in self.boxes if box.key == key)
