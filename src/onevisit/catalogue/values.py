"""What the publishing gate takes and shows, as frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.examining.remark import Severity
from onevisit.core.text import Text

NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class ActView:
    """One thing that was done with a version."""

    kind: str
    at: datetime
    name: str
    role: str
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment; what is hidden has its reason."""

    id: UUID
    name: str
    text: str
    at: datetime
    answer: str
    answered_at: datetime | None
    hidden_at: datetime | None
    hidden_reason: str


@dataclass(frozen=True, slots=True)
class ListedView:
    """An entry of a public list, with its event and the version that has it."""

    event: str
    name: Text
    version: UUID
    snapshot: str
    online: int
    walk_in: int
    entry: EntryInput


@dataclass(frozen=True, slots=True)
class Finding:
    """What the examination found at a place of the document."""

    path: str
    problem: Text
    code: str = "content"
    severity: Severity = Severity.ERROR
    suggestion: Text = NOTHING
    agency: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in a list. `standing`: its state in words, with the days."""

    id: UUID
    event: str
    name: Text
    snapshot: str
    state: str  # rules.gate.State
    standing: Text
    next: Text
    worst: int | None
    comment_from: date | None
    comment_until: date | None
    in_force_from: date | None
    proved_at: datetime | None
    published_at: datetime | None
    listed: bool
    solved: bool  # its proof is one that anybody can check again
