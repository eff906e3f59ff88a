"""What the planner returns: a plan for one applicant, as frozen values that pages and JSON read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from onevisit.core.basis import Basis
from onevisit.core.catalogue import AcceptKind, ModeKind
from onevisit.core.text import Text


class Truth(StrEnum):
    """Three-valued: holds, fails, or open while facts are unknown."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class Unavailable(StrEnum):
    """Why a register's data cannot be used for this applicant now."""

    DOWN = "down"  # the register does not answer
    DISPUTED = "disputed"  # the applicant says it is wrong: his own evidence counts (浙江规定 7)
    ABSENT = "absent"  # the register has no such record


@dataclass(frozen=True, slots=True)
class Range:
    """A number that may still depend on unknown facts; `low == high` once it does not."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether nothing can change it any more."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds for every applicant of an event, from the proof and the guide with which it was published."""

    online: int  # most visits of anybody
    walk_in: int
    days: Range


@dataclass(frozen=True, slots=True)
class PlannedProcedure:
    """One service in the plan: needed, not needed, or open, and why."""

    service: str
    name: Text
    agency: str
    status: Truth
    because: Text  # the condition in words
    basis: tuple[Basis, ...]
    decided_by: tuple[str, ...] = ()  # facts that decide it while open
    on_promise: bool = False  # granted on a promise, checked afterwards
    waits_for: tuple[str, ...] = ()  # services whose output its decision takes
    ordered_after: tuple[str, ...] = ()  # services an article orders first: clockless wait
    begins: int = 0  # working day offsets from the start, by promise
    ends: int = 0
    statutory_ends: int | None = None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class PlannedEvidence:
    """One requirement met by one chosen source; `alternatives` are next best, best first."""

    evidence: str
    name: Text
    role: str
    party: str
    kind: AcceptKind
    ref: str
    services: tuple[str, ...]
    alternatives: tuple[AcceptKind, ...] = ()
    fallback: bool = False  # a better source exists but is down; `reason` says so
    reason: Text | None = None
    commitment_offered: bool = False


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step with its chosen mode."""

    service: str
    step: str
    name: Text
    mode: ModeKind | None  # None: the agency's own act
    persons: tuple[str, ...]  # party ids
    places: tuple[str, ...]
    visit: int | None = None  # index into Plan.visits, if in person
    trip: bool = False  # a trip elsewhere, counted apart
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One trip of one or more persons to one place at one moment."""

    place: str
    persons: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]  # (service, step)
    earliest_day: int
    latest_day: int  # later, the whole event ends later or a last day is missed


@dataclass(frozen=True, slots=True)
class VisitCount:
    """The plan's number: the worst-off person's visits, then all; `chain` forces it, in order."""

    worst: Range
    total: Range
    chain: tuple[str, ...]
    explanation: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking now, and why."""

    fact: str
    deciding: bool  # can change the plan; else only needed by a form
    decides: tuple[str, ...]  # service keys it can switch
    forms: tuple[str, ...]  # service keys whose form needs it


@dataclass(frozen=True, slots=True)
class Later:
    """A fact that may still change the plan and that nobody knows yet: it turns out in this step of government's."""

    fact: str
    service: str
    step: str
    text: Text


@dataclass(frozen=True, slots=True)
class Offer:
    """A commitment or mandate that the applicant may take; never taken for him."""

    fact: str
    service: str
    evidence: str
    text: Text
    saves_days: int  # of the whole event
    saves_visits: int
    service_days: int = 0  # by so many working days this service itself is done earlier


@dataclass(frozen=True, slots=True)
class FeeLine:
    """Money to one payee."""

    payee: Text
    label: Text
    low: Decimal
    high: Decimal
    service: str
    basis: Basis | None = None
    awaits: str = ""  # the fact by which it is measured, while it is unknown
    returned: Basis | None = None  # by what it goes back without another service


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the plan takes for granted, printed with it."""

    text: Text
    service: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Dates:
    """Begin and end by calendar; `provisional` past the last maintained year of the calendar."""

    start: date
    promised_end: date
    statutory_end: date | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What the compiler returns for one applicant (办理方案)."""

    event: str
    snapshot: str  # hash of the catalogue snapshot it was made from
    walk_in: bool
    procedures: tuple[PlannedProcedure, ...]
    evidence: tuple[PlannedEvidence, ...]
    steps: tuple[PlannedStep, ...]
    visits: tuple[PlannedVisit, ...]
    count: VisitCount
    trips: int  # trips elsewhere of the worst-off person
    days: Range  # working days, promised, whole event
    critical: tuple[str, ...]  # service keys on the critical path, in order
    fees: tuple[FeeLine, ...]
    questions: tuple[Question, ...]
    offers: tuple[Offer, ...]
    assumptions: tuple[Assumption, ...]
    unavailable: tuple[tuple[str, Unavailable], ...]  # resources that could not be used, and why
    dates: Dates | None = None
    later: tuple[Later, ...] = ()
    visit_problem: dict[str, object] | None = None
