"""Procedures as their agency's system sees them, and what it says of them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onevisit.api.schemas.cases import ProcedureOut, procedure_out
from onevisit.api.schemas.common import Given, Plain
from onevisit.api.schemas.drafts import DocumentOut
from onevisit.cases.values import Decided, EvidenceView, InboxRow, Page, WorkView
from onevisit.ui.words import say

Tab = Literal["check", "decide", "waiting", "done"]
Words = Annotated[Plain, Field(min_length=1, max_length=2000)]


class InboxLine(Schema):
    """A line of the inbox."""

    id: UUID
    number: str
    service: str
    title: str
    applicant: str = Field(description="遮掩过的姓名，或企业名称")
    state: str
    state_words: str
    received_at: datetime | None
    due: date | None
    clock: str
    left: int | None = Field(description="剩余工作日；负数为超期")


class Inbox(Schema):
    """A page of the inbox."""

    items: list[InboxLine]
    next: str = Field(description="下一页的游标；没有为空")
    counts: dict[str, int] = Field(description="四个栏目各有多少件，数到 1000 为止")


class FactSeen(Schema):
    """A fact that the procedure needs."""

    key: str
    label: str
    shown: str
    source: str


class EvidenceSeen(Schema):
    """Evidence that the procedure needs, and where it comes from."""

    id: UUID
    evidence: str
    name: str
    kind: str
    source: str
    ready: bool
    document: DocumentOut | None
    record: dict[str, str] | None


class MissingSeen(Schema):
    """What was said to be missing."""

    id: UUID
    evidence: str
    fact: str
    what: str
    supplied: bool


class EntrySeen(Schema):
    """An entry of the ledger."""

    seq: int
    at: datetime
    words: str
    who: str
    basis: str


class WorkOut(Schema):
    """A procedure with just the facts and the evidence that it needs."""

    version: int = Field(description="最后一条记录的序号；ETag 以它开头，If-Match 只看它")
    procedure: ProcedureOut
    applicant: str
    facts: list[FactSeen]
    evidence: list[EvidenceSeen]
    missing: list[MissingSeen]
    can: list[str] = Field(description="现在可以做的：accept、missing、not_accept、grant、refuse")
    cannot_why: str
    conditions: list[str] = Field(description="审查要点")
    history: list[EntrySeen]


class MissingIn(Given):
    """One thing that is missing: an evidence or a fact by its key, and in words what to supply and why."""

    evidence: Annotated[Plain, Field(max_length=100)] = ""
    fact: Annotated[Plain, Field(max_length=100)] = ""
    what: Annotated[Plain, Field(min_length=1, max_length=500)]


class ReportIn(Given):
    """All that is missing, once (Administrative Licensing Law 32)."""

    items: Annotated[list[MissingIn], Field(min_length=1, max_length=100)]


class NothingIn(Given):
    """An empty object."""


class RefusalIn(Given):
    """Reasons, and the article on which they rest if it is beyond the regime's own."""

    reasons: Words
    article: Annotated[Plain, Field(max_length=200)] = ""


class NonAcceptanceIn(Given):
    """Reasons and the ground (Administrative Licensing Law 32(1)); for want of competence the body that has it."""

    reasons: Words
    ground: Literal["", "not-needed", "not-competent"] = ""
    competent: Annotated[Plain, Field(max_length=100)] = ""


class DecidedOut(Schema):
    """What came of the act: the procedure as it is now."""

    id: UUID
    state: str
    outcome: str
    licence: UUID | None
    licence_number: str
    version: int


def inbox_out(page: Page) -> Inbox:
    """The inbox as JSON."""
    return Inbox(items=[_line(row) for row in page.rows], next=page.next, counts=page.counts)


def _line(row: InboxRow) -> InboxLine:
    return InboxLine(
        id=row.procedure,
        number=row.number,
        service=say(row.service_name),
        title=row.title,
        applicant=row.applicant,
        state=row.state.value,
        state_words=say(row.state_words),
        received_at=row.received_at,
        due=row.due,
        clock=row.clock,
        left=row.left,
    )


def version_of(view: WorkView) -> int:
    """As cases' `version` counts."""
    return view.history[-1].seq if view.history else 0


def work_out(view: WorkView) -> WorkOut:
    """The procedure as JSON."""
    return WorkOut(
        version=version_of(view),
        procedure=procedure_out(view.procedure),
        applicant=view.applicant,
        facts=[
            FactSeen(key=one.key, label=say(one.label), shown=say(one.shown), source=say(one.source))
            for one in view.facts
        ],
        evidence=[_evidence(one) for one in view.evidence],
        missing=[
            MissingSeen(id=one.id, evidence=one.evidence, fact=one.fact, what=one.what, supplied=one.supplied)
            for one in view.missing
        ],
        can=list(view.can),
        cannot_why=say(view.cannot_why),
        conditions=[say(one) for one in view.conditions],
        history=[
            EntrySeen(seq=one.seq, at=one.at, words=say(one.words), who=one.who, basis=say(one.basis))
            for one in view.history
        ],
    )


def _evidence(view: EvidenceView) -> EvidenceSeen:
    paper = view.document
    return EvidenceSeen(
        id=view.id,
        evidence=view.evidence,
        name=say(view.name),
        kind=view.kind.value,
        source=say(view.source),
        ready=view.ready,
        document=DocumentOut(id=paper.id, evidence=paper.evidence, name=paper.name, media=paper.media, size=paper.size)
        if paper
        else None,
        record=view.record,
    )


def decided_out(view: WorkView, decided: Decided | None = None) -> DecidedOut:
    """What came of an act as JSON."""
    return DecidedOut(
        id=view.procedure.id,
        state=view.procedure.state.value,
        outcome=view.procedure.outcome,
        licence=decided.licence if decided else None,
        licence_number=decided.licence_number if decided else "",
        version=version_of(view),
    )
