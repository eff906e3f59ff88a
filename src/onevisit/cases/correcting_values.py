"""Frozen values of what is missing in a case."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onevisit.core.catalogue import AcceptKind
from onevisit.core.text import Text


@dataclass(frozen=True, slots=True)
class MissingView:
    """One item of the correction notice."""

    id: UUID
    procedure: UUID
    agency: Text
    evidence: str  # by slot: with the party whose it is
    fact: str
    what: str
    supplied: bool


@dataclass(frozen=True, slots=True)
class WantedView(MissingView):
    """The same for whoever supplies it."""

    name: Text  # what the evidence or the fact is called
    open: bool  # whether it can be supplied now
    paper: AcceptKind | None  # how the window may take it: a copy to keep, an original to look at; None: as neither
    due: date | None = None  # accepted without it until then (容缺受理); None: the notice's last day


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The case's one correction notice."""

    issued_at: datetime
    due: date
    items: tuple[WantedView, ...]
    supplied_at: datetime | None
    later: bool = False  # nothing open but what the case was accepted without
