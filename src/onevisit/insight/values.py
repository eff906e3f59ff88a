"""What other rooms and pages get to see."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onevisit.catalogue.examining.remark import Severity
from onevisit.core.text import Text
from onevisit.insight.states import State


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding on the work list."""

    id: UUID
    event: str
    event_name: Text
    rule: str
    severity: Severity
    place: Text
    file: str  # "" where the version in force is not what lies in content/
    line: int
    problem: Text
    suggestion: Text
    owner: str
    owner_name: Text
    state: State
    due: date | None
    reason: str
    acts: int
    found_at: datetime
    gone_at: datetime | None
    overdue: bool

    @property
    def where(self) -> str:
        """What the list files it under: its state, or that it is gone."""
        return "gone" if self.gone_at else self.state.value


@dataclass(frozen=True, slots=True)
class ActView:
    """One line of a finding's record."""

    kind: str
    at: datetime
    name: str
    state: State | None
    owner_name: Text | None
    due: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Who can have a finding."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Examined:
    """The last examination."""

    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class ReplayView:
    """One replay: what is changed, whose plans are made, how far it is, what came out."""

    id: UUID
    event: str
    event_name: Text
    unreformed: bool
    draft: UUID | None  # the version that takes the place of the one in force; none: levers do
    levers: tuple[Text, ...]  # names
    before: str
    after: str
    past: bool
    first: date | None
    last: date | None
    total: int
    done: int
    state: str  # waiting, running, done, failed, stopped
    late: bool  # nothing was heard of it for too long
    failure: Text | None
    name: str
    own: bool
    asked_at: datetime
    ended_at: datetime | None
    result: dict[str, object] | None  # as `onevisit replay --json` has it for an event
