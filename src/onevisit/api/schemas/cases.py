"""Cases as their applicant's program sees them: procedures, clocks, the correction notice, licences, letters."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from onevisit.api.schemas.common import Facts, Given, Id, Plain, whole
from onevisit.cases.party_values import PartyView
from onevisit.cases.values import CaseRow, CaseView, Clock, CorrectionView, ProcedureView
from onevisit.core.law.articles import cite
from onevisit.licences.values import LicenceView, PublicLicence
from onevisit.notices.values import NoticeView
from onevisit.ui.words import say


class Submission(Schema):
    """The number of the new case."""

    number: str
    url: str


class SupplyIn(Given):
    """Answers by fact key, and uploaded documents by item, for the correction notice."""

    facts: Facts = {}
    documents: Annotated[dict[Id, Id], Field(max_length=100, description="补正项的 id → 上传后得到的文件 id")] = {}


class SignIn(Given):
    """The word of who signs that he has read it and that it is true."""

    declared: StrictBool = Field(description="签字的人看过内容，内容真实，是他本人的意思（电子签名法 13）")


class RatingIn(Given):
    """The applicant's judgement (GB/T 39046 A.8)."""

    grade: Annotated[StrictInt, Field(ge=1, le=5, description="1 最好，5 最差"), BeforeValidator(whole)]
    words: Annotated[Plain, Field(max_length=500)] = ""


class ClockOut(Schema):
    """A procedure's clock."""

    status: str = Field(description="ontime、near、overdue、waiting、done")
    start: date | None
    due: date | None = Field(description="承诺期限的最后一天")
    statutory_due: date | None
    used: int
    allowed: int
    left: int
    provisional: bool = Field(description="日历还没有公布到那一年")
    basis: list[str]
    words: str


class ProcedureOut(Schema):
    """A procedure of the case."""

    id: UUID
    number: str
    service: str
    name: str
    agency: str
    agency_name: str
    state: str
    state_words: str
    received_at: datetime | None
    accepted_at: datetime | None
    decided_at: datetime | None
    outcome: str
    reasons: str
    licence: UUID | None
    waits_for: list[str]
    next_action: str
    clock: ClockOut


class ItemOut(Schema):
    """One thing that is missing."""

    id: UUID
    procedure: UUID
    agency: str
    evidence: str
    fact: str
    name: str
    what: str
    supplied: bool
    open: bool


class CorrectionOut(Schema):
    """The case's one correction notice (Administrative Licensing Law 32)."""

    issued_at: datetime
    due: date
    supplied_at: datetime | None
    items: list[ItemOut]


class PartyOut(Schema):
    """A party of the case, where there is more than one; names of others are masked."""

    party: str
    role: str
    name: str
    agent: str = Field(description="代他签字的人；本人签的为空")
    you: bool = Field(description="程序所属的人，或者由他代签的人")
    signed: list[str] = Field(description="已经办完的环节")
    signs: list[str] = Field(description="还要在网上签的")
    comes: list[str] = Field(description="还要到场办的")
    can_sign: bool = Field(description="现在就有可以在网上签的")


class LicenceOut(Schema):
    """A licence."""

    id: UUID
    number: str
    title: str
    agency: str
    holder: str
    issued_on: date
    valid_until: date | None
    status: str
    ready: bool = Field(description="电子文件已经生成")


class NoticeOut(Schema):
    """A letter that was sent."""

    id: UUID
    kind: str
    number: str
    procedure: UUID | None
    agency_name: str
    created_at: datetime
    ready: bool


class CaseOut(Schema):
    """A case."""

    number: str
    event: str
    title: str
    state: str
    state_words: str
    now_words: str
    submitted_at: datetime
    visits_planned: int
    visits_made: int
    latest: date | None
    can_withdraw: bool
    rating: int | None = Field(description="申请人的评价，1 最好，5 最差；还没有评为空")
    can_rate: bool
    parties: list[PartyOut] = Field(description="只有申请人一个人的，是空的")
    procedures: list[ProcedureOut]
    correction: CorrectionOut | None
    licences: list[LicenceOut]
    notices: list[NoticeOut]


class CaseLine(Schema):
    """A line of the list."""

    number: str
    event: str
    title: str
    submitted_at: datetime
    state: str
    done: int
    total: int


class CaseLines(Schema):
    """A page of the cases, the latest first."""

    items: list[CaseLine]
    next: str = Field(description="下一页的游标；没有为空")


class Verified(Schema):
    """What anybody may see of a licence."""

    status: str
    number: str
    title: str
    holder: str
    agency: str
    issued_on: date | None
    valid_until: date | None
    revoked_on: date | None


def case_out(view: CaseView, notices: Sequence[NoticeView]) -> CaseOut:
    """The case as JSON."""
    return CaseOut(
        number=view.number,
        event=view.event.key,
        title=view.title,
        state=view.state,
        state_words=say(view.state_words),
        now_words=say(view.now_words),
        submitted_at=view.submitted_at,
        visits_planned=view.visits_planned,
        visits_made=view.visits_made,
        latest=view.latest,
        can_withdraw=view.can_withdraw,
        rating=view.rating,
        can_rate=view.may_rate,
        parties=[_party(one) for one in view.parties],
        procedures=[procedure_out(one) for one in view.procedures],
        correction=_correction(view.correction) if view.correction else None,
        licences=[licence_out(one) for one in view.licences],
        notices=[
            NoticeOut(
                id=one.id,
                kind=one.kind,
                number=one.number,
                procedure=one.procedure,
                agency_name=one.agency_name,
                created_at=one.created_at,
                ready=one.ready,
            )
            for one in notices
        ],
    )


def _party(view: PartyView) -> PartyOut:
    return PartyOut(
        party=view.party,
        role=say(view.role),
        name=view.name,
        agent=view.agent,
        you=view.you,
        signed=[say(one) for one in view.signed],
        signs=[say(one) for one in view.signs],
        comes=[say(one) for one in view.comes],
        can_sign=view.you and view.can_sign,
    )


def procedure_out(view: ProcedureView) -> ProcedureOut:
    """A procedure as JSON."""
    return ProcedureOut(
        id=view.id,
        number=view.number,
        service=view.service,
        name=say(view.name),
        agency=view.agency,
        agency_name=say(view.agency_name),
        state=view.state.value,
        state_words=say(view.state_words),
        received_at=view.received_at,
        accepted_at=view.accepted_at,
        decided_at=view.decided_at,
        outcome=view.outcome,
        reasons=view.reasons,
        licence=view.licence,
        waits_for=[say(one) for one in view.waits_for],
        next_action=say(view.next_action),
        clock=clock_out(view.clock),
    )


def clock_out(clock: Clock) -> ClockOut:
    """A clock as JSON."""
    return ClockOut(
        status=clock.status,
        start=clock.start,
        due=clock.due,
        statutory_due=clock.statutory_due,
        used=clock.used,
        allowed=clock.allowed,
        left=clock.left,
        provisional=clock.provisional,
        basis=[cite(one) for one in clock.basis if one.law],
        words=say(clock.words),
    )


def _correction(view: CorrectionView) -> CorrectionOut:
    return CorrectionOut(
        issued_at=view.issued_at,
        due=view.due,
        supplied_at=view.supplied_at,
        items=[
            ItemOut(
                id=one.id,
                procedure=one.procedure,
                agency=say(one.agency),
                evidence=one.evidence,
                fact=one.fact,
                name=say(one.name),
                what=one.what,
                supplied=one.supplied,
                open=one.open,
            )
            for one in view.items
        ],
    )


def licence_out(view: LicenceView) -> LicenceOut:
    """A licence as JSON."""
    return LicenceOut(
        id=view.id,
        number=view.number,
        title=view.title,
        agency=view.agency_name,
        holder=view.holder_name,
        issued_on=view.issued_on,
        valid_until=view.valid_until,
        status=view.status.value,
        ready=view.ready,
    )


def line_out(row: CaseRow) -> CaseLine:
    """A line as JSON."""
    return CaseLine(
        number=row.number,
        event=say(row.event_name),
        title=row.title,
        submitted_at=row.submitted_at,
        state=row.state,
        done=row.done,
        total=row.total,
    )


def verified_out(view: PublicLicence) -> Verified:
    """The public face of a licence as JSON."""
    return Verified(
        status=view.status.value,
        number=view.number,
        title=view.title,
        holder=view.holder,
        agency=view.agency_name,
        issued_on=view.issued_on,
        valid_until=view.valid_until,
        revoked_on=view.revoked_on,
    )
