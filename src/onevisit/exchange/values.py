"""What the exchange room tells others: frozen values, never rows."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from onevisit.core.facts import Value


class Outcome(StrEnum):
    """How a look-up ended."""

    FOUND = "found"
    ABSENT = "absent"  # the register has no such record
    DOWN = "down"  # it did not answer in time, or not what the contract says


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """What a register says in place of a document; dates as ISO texts, "" = none."""

    number: str
    issued: str
    valid_until: str
    summary: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of one look-up."""

    status: Outcome
    facts: dict[str, Value] = field(default_factory=dict)
    evidence: dict[str, EvidenceRecord] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FetchView:
    """One look-up, as the person whose data it was reads it."""

    at: datetime
    resource: str
    purpose: str
    by_name: str
    agency: str
    outcome: Outcome
    own: bool  # for a case of his own
    place: str  # in the list: where its next page goes on
