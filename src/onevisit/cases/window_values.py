"""Frozen values of the window: what a clerk decides as he takes papers in, who takes a result, who waits for him."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from onevisit.cases.values import DraftRow
from onevisit.core.text import Text
from onevisit.payments.values import BillView

NO_PHONE = "无"  # in place of a telephone number of somebody who declares that he has none


@dataclass(frozen=True, slots=True)
class Intake:
    """What the clerk says of the papers as he submits for somebody.

    `accepts`: they are checked and accepted at once, for every agency that entrusts the window with it (浙江规定 5).
    `lacks`: evidence (by slot) that is missing, with what to bring and why (11(3)).
    `later`: what may come later (11(2)), with what he said of it, if anything.
    """

    accepts: bool = False
    lacks: Mapping[str, str] = field(default_factory=dict)
    later: Mapping[str, str] = field(default_factory=dict)

    @property
    def checks(self) -> bool:
        """Whether the window checks the papers for the agencies."""
        return self.accepts or bool(self.excused)

    @property
    def excused(self) -> frozenset[str]:
        """Evidence without which it is submitted all the same."""
        return frozenset(self.later.keys() | self.lacks.keys())


RECEIVED_ONLY = Intake()  # agencies check the papers themselves, as after a submission online


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in which something waits to be done at the window."""

    number: str
    event_name: Text
    title: str  # "" of a case that another hall took in, or nobody
    applicant: str  # masked
    submitted_at: datetime
    here: bool  # this hall took it in, and may open it; else whoever comes for it is found by his card
    steps: tuple[Text, ...]  # for which somebody has to come
    supply: int  # procedures for which something is to be supplied
    hand_out: int  # procedures whose results can be handed out
    due: date | None  # the first last day of all that


@dataclass(frozen=True, slots=True)
class HisBills:
    """Bills of a case of somebody who came."""

    person: UUID
    name: str
    number: str
    event: Text
    title: str
    bills: tuple[BillView, ...]


@dataclass(frozen=True, slots=True)
class Owes:
    """A case that costs something, of somebody who came: what he still pays, and what he gets back, in yuan."""

    number: str
    event: Text
    title: str
    unpaid: Decimal
    back: Decimal


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Somebody who came today, with what he has here."""

    id: UUID
    name: str
    id_number: str  # masked
    drafts: tuple[DraftRow, ...]  # this hall's
    own: tuple[DraftRow, ...]  # which he began himself
    cases: tuple[tuple[str, Text, str, datetime], ...]  # this hall's: number, event, title, when
    elsewhere: int  # cases that this hall did not take in
    owes: tuple[Owes, ...]  # of all
