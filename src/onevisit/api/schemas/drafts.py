"""Drafts: what is known, what is still needed, what stands in the way of submitting."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StrictBool

from onevisit.api.schemas.common import FactKey, Facts, Given, Plain
from onevisit.cases.values import DraftRow, DraftView
from onevisit.ui.words import say


class DraftIn(Given):
    """A new draft."""

    event: Annotated[Plain, Field(min_length=1, max_length=100, examples=["open-restaurant"])]
    facts: Facts = {}


class AnswersIn(Given):
    """Answers, and the facts from registers that the applicant confirms (another value for one disputes it)."""

    facts: Facts = {}
    confirm: Annotated[list[FactKey], Field(max_length=500)] | Literal["all"] = Field(
        default=[], description="申请人确认属实的共享数据的键，或 all；要改的放在 facts 里，即为异议（浙江规定 7）"
    )


class SubmitIn(Given):
    """The applicant's word that all of it is true."""

    declared: StrictBool = Field(description="申请人承诺所填所交属实（行政许可法 31）")


class DocumentIn(Given):
    """Which evidence a file is, and whose."""

    slot: Annotated[Plain, Field(min_length=1, max_length=200, description="needed 里的 slot")]


class DocumentMade(Schema):
    """The uploaded document."""

    id: UUID


class DocumentOut(Schema):
    """An uploaded document."""

    id: UUID
    evidence: str
    name: str
    media: str
    size: int


class KnownOut(Schema):
    """What a register gave."""

    key: str
    label: str
    shown: str
    holder: str
    status: str = Field(description="open 待确认、confirmed 已确认、disputed 有异议")


class FieldOut(Schema):
    """A field of the one form."""

    key: str
    label: str
    value: str | float | int | bool | None
    from_register: bool


class NeededOut(Schema):
    """A document that is to be uploaded, or shown at the window."""

    slot: str = Field(description="上传时写它：哪项材料，谁的")
    evidence: str
    name: str
    kind: str
    agencies: list[str]
    documents: list[DocumentOut]


class MissingOut(Schema):
    """What stands in the way."""

    code: str
    message: str


class DraftOut(Schema):
    """A draft."""

    id: UUID
    event: str
    snapshot: str
    updated_at: datetime
    visits: list[int]
    known: list[KnownOut]
    fields: list[FieldOut]
    needed: list[NeededOut]
    missing: list[MissingOut] = Field(description="提交之前还差什么；空的就可以提交")
    case: str = Field(description="提交后的办件编号；没有提交为空")


class DraftLine(Schema):
    """A line of the list."""

    id: UUID
    event: str
    title: str
    answered: int = Field(description="填了几项")
    updated_at: datetime


class Drafts(Schema):
    """The drafts that are not submitted yet."""

    items: list[DraftLine]


def drafts_out(rows: Iterable[DraftRow]) -> Drafts:
    """The list as JSON."""
    return Drafts(
        items=[
            DraftLine(
                id=row.id, event=say(row.event_name), title=row.title, answered=row.answered, updated_at=row.updated_at
            )
            for row in rows
        ]
    )


def draft_out(view: DraftView) -> DraftOut:
    """The draft as JSON."""
    return DraftOut(
        id=view.id,
        event=view.event.key,
        snapshot=view.snapshot,
        updated_at=view.updated_at,
        visits=[view.plan.count.worst.low, view.plan.count.worst.high],
        known=[
            KnownOut(
                key=one.spec.key,
                label=say(one.spec.label),
                shown=say(one.shown),
                holder=say(one.holder),
                status=one.status,
            )
            for one in view.known
        ],
        fields=[
            FieldOut(
                key=one.spec.key,
                label=say(one.spec.label),
                value=one.value if isinstance(one.value, bool | int | str | None) else str(one.value),
                from_register=one.from_register,
            )
            for one in view.fields
        ],
        needed=[
            NeededOut(
                slot=need.slot,
                evidence=need.evidence,
                name=say(need.name),
                kind=need.kind.value,
                agencies=[say(agency) for agency in need.agencies],
                documents=[
                    DocumentOut(id=one.id, evidence=one.evidence, name=one.name, media=one.media, size=one.size)
                    for one in need.uploads
                ],
            )
            for need in view.needed
        ],
        missing=[MissingOut(code=code, message=say(words)) for code, words in view.missing],
        case=view.submitted_number,
    )
