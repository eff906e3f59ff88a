"""Frozen values that the faces read: drafts, cases, procedures, inbox rows. No table leaves this room."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from onevisit.cases.correcting_values import CorrectionView as CorrectionView
from onevisit.cases.correcting_values import MissingView as MissingView
from onevisit.cases.correcting_values import WantedView as WantedView
from onevisit.cases.party_values import Mortal, PartyView
from onevisit.core.basis import Basis
from onevisit.core.catalogue import AcceptKind, LifeEvent
from onevisit.core.facts import FactSpec, Value
from onevisit.core.law.procedure import State
from onevisit.core.planning.model import Plan
from onevisit.core.tampering import Fault
from onevisit.core.text import Text
from onevisit.licences.rules import RevocationLaw
from onevisit.licences.values import LicenceView


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that a register gave: to be confirmed or disputed."""

    spec: FactSpec
    value: Value
    shown: Text  # in words
    resource: str
    holder: Text
    status: str  # "open", "confirmed", "disputed"


@dataclass(frozen=True, slots=True)
class UploadView:
    """One uploaded document."""

    id: UUID
    evidence: str
    name: str
    media: str
    size: int
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Needed:
    """One document that the applicant must upload (online) or show (at the window)."""

    slot: str  # its name in this draft: the evidence, and the party whose it is
    evidence: str
    name: Text
    hint: Text | None
    kind: AcceptKind  # UPLOAD, COPY or ORIGINAL
    agencies: tuple[Text, ...]  # who asks for it
    reason: Text | None  # why it is not fetched, if a better source exists
    uploads: tuple[UploadView, ...]
    later: int = 0  # working days within which it may come later, at a window (容缺受理); 0: not without it


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the one form for all agencies."""

    spec: FactSpec
    value: Value | None
    services: tuple[Text, ...]  # whose form needs it
    from_register: bool


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with its plan."""

    id: UUID
    event: LifeEvent
    signed_in: bool
    applicant_name: str
    id_number: str  # his
    facts: dict[str, Value]
    plan: Plan
    known: tuple[KnownFact, ...]
    fields: tuple[FormField, ...]
    needed: tuple[Needed, ...]
    answered: tuple[str, ...]  # fact keys in the order in which they were answered
    updated_at: datetime
    submitted_number: str  # of the case it became, or ""
    ready: tuple[str, ...]  # what stands in the way of submitting: "questions", "form", "confirm", "uploads"
    missing: tuple[tuple[str, Text], ...] = ()  # the same one by one: code, and a sentence
    hindrances: tuple[Text, ...] = ()  # of these, why this applicant cannot submit it whatever he adds
    seen: frozenset[str] = frozenset()  # evidence whose paper a clerk has seen
    snapshot: str = ""
    phones: tuple[str, ...] = ()  # the facts that are the applicant's telephone: he may declare that he has none


@dataclass(frozen=True, slots=True)
class DayCell:
    """One working day of a clock line."""

    day: date
    kind: str  # "used", "today", "left", "over"


@dataclass(frozen=True, slots=True)
class Clock:
    """A procedure's clock, explained: start, days, due, and the article behind each."""

    status: str  # "ontime", "near", "overdue", "waiting", "done"
    start: date | None  # day of acceptance, not counted
    due: date | None  # by the promise
    statutory_due: date | None
    used: int
    allowed: int
    left: int
    cells: tuple[DayCell, ...]
    basis: tuple[Basis, ...]
    provisional: bool
    words: Text  # one sentence: what runs, until when, what happens then


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One piece of evidence, with where it comes from."""

    id: UUID
    evidence: str
    name: Text
    kind: AcceptKind
    source: Text  # in words: which register, which output, or "applicant"
    document: UploadView | None
    record: dict[str, str] | None
    ready: bool  # False: an output of another procedure that is not there yet, or what is lost
    slot: str = ""  # its name together with the party whose it is
    lost: bool = False  # a licence that was revoked or is not in force any more


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact for reading: label, value in words, who gave it."""

    key: str
    label: Text
    shown: Text
    source: Text
    value: Value | None = None
    identity: bool = False  # who applies, and for whom: nobody types over it


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """One procedure as its applicant or its agency sees it."""

    id: UUID
    number: str
    title: str
    service: str
    name: Text
    agency: str
    agency_name: Text
    state: State
    state_words: Text
    on_promise: bool
    waits_for: tuple[Text, ...]  # names of services whose output or notice it still waits for
    holder: UUID | None  # account of the officer who acted last
    holder_name: str
    received_at: datetime | None
    accepted_at: datetime | None
    decided_at: datetime | None
    clock: Clock
    outcome: str  # "", "granted", "refused", "not_accepted", "ended"
    reasons: str
    licence: UUID | None
    next_action: Text  # what happens next and who does it


@dataclass(frozen=True, slots=True)
class EventView:
    """One ledger entry in words."""

    seq: int
    at: datetime
    words: Text
    who: str
    basis: Text  # articles as Chinese law cites them, and notes
    hash: str  # hex


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its applicant (or the clerk who runs it) sees it."""

    id: UUID
    person: UUID  # the applicant
    applicant: str  # his name
    id_number: str  # his, masked: enough to compare a card with
    here: bool  # whether his arrival was registered today at the hall of the clerk who reads this
    number: str
    event: LifeEvent
    title: str
    state: str  # "running", "correction", "done", "withdrawn", "ended"
    state_words: Text
    now_words: Text  # what the applicant has to do now; "nothing" is an answer
    submitted_at: datetime
    walk_in: bool
    visits_made: int
    visits_planned: int
    latest: date | None  # by when all is done, promised
    procedures: tuple[ProcedureView, ...]
    correction: CorrectionView | None
    history: tuple[EventView, ...]
    evidence: tuple[EvidenceView, ...]
    facts: tuple[FactView, ...]
    parties: tuple[PartyView, ...]  # none where the applicant is the only one
    licences: tuple[LicenceView, ...]
    rating: int | None
    can_withdraw: bool
    may_rate: bool
    on_paper: bool = False  # he has no telephone: the hall prints his letters and posts them or hands them over


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of somebody's list of cases."""

    id: UUID
    number: str
    event_name: Text
    title: str
    applicant: str  # masked for staff lists
    submitted_at: datetime
    done: int
    total: int
    state: str
    to_sign: bool  # whether his signature is still awaited


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of somebody's cases, the latest first."""

    rows: tuple[CaseRow, ...]
    first: bool  # whether none lies before it
    older: str  # cursor for the page behind it; "" when there is none


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A line of somebody's list of drafts."""

    id: UUID
    event_name: Text
    title: str
    answered: int
    updated_at: datetime
    walk_in: bool
    applicant: str = ""  # masked, of somebody who came to the window


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A line of an agency's inbox."""

    procedure: UUID
    number: str
    service_name: Text
    title: str
    applicant: str  # masked
    state: State
    state_words: Text
    received_at: datetime | None
    due: date | None
    clock: str  # Clock.status
    left: int | None  # working days; negative = overdue
    on_promise: bool
    holder: UUID | None  # the officer's account
    holder_name: str
    waits: bool
    timer: Clock  # to be drawn small


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows with a cursor for the next."""

    rows: tuple[InboxRow, ...]
    next: str
    counts: dict[str, int]  # tab -> number: "check", "decide", "waiting", "done"
    cut: bool  # whether a search found more than it lists


@dataclass(frozen=True, slots=True)
class WorkView:
    """A procedure on the officer's page: just the facts and evidence that it needs."""

    procedure: ProcedureView
    event: LifeEvent
    applicant: str
    facts: tuple[FactView, ...]
    evidence: tuple[EvidenceView, ...]
    missing: tuple[MissingView, ...]
    history: tuple[EventView, ...]
    siblings: tuple[tuple[Text, Text], ...]  # other procedures of the case: service name, state in words; no more
    can: tuple[str, ...]  # "accept", "missing", "not_accept", "grant", "refuse", "revoke", "end"
    cannot_why: Text | None  # why grant is not offered now
    refusal: Text  # what a refusal is called here
    review: Text | None  # who hears 行政复议 against the agency's acts, where the catalogue names it
    remedy: str  # how its acts are contested: general, tax, service
    grounds: tuple[tuple[str, Text], ...]  # articles for revocation and refusal: code, words
    conditions: tuple[Text, ...]  # what to examine (审查要点)
    mortals: tuple[Mortal, ...] = ()  # parties who apply together


@dataclass(frozen=True, slots=True)
class Revocable:
    """By which law what a procedure issued can be revoked, if any; and where its holder may complain."""

    law: RevocationLaw | None
    review: Text | None  # who hears 行政复议 against the agency's acts


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer of submit."""

    case: UUID
    number: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer of a decision."""

    procedure: UUID
    outcome: str
    licence: UUID | None
    licence_number: str


@dataclass(frozen=True, slots=True)
class MissingInput:
    """One thing that an officer says is missing: an evidence or a fact by key, and what to supply and why."""

    evidence: str
    fact: str
    what: str


class Asked(StrEnum):
    """Who asked a clerk to withdraw an application."""

    HIMSELF = "himself"  # the applicant, at the window
    LETTER = "letter"  # the applicant, in a signed letter
    MANDATARY = "mandatary"  # somebody with his mandate


@dataclass(frozen=True, slots=True)
class LedgerFinding:
    """Something in the ledger that is not as it was written. `case`: number, "" for checkpoints; `seq`: the entry's."""

    fault: Fault
    case: str
    seq: int
    words: Text

    def __str__(self) -> str:
        """In a line, for the command line."""
        return self.words.zh
