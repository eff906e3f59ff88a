"""Webhooks: addresses that want to be told."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onevisit.api.schemas.common import Given, Plain

Event = Literal[
    "case.submitted",
    "case.correction_told",
    "procedure.accepted",
    "procedure.decided",
    "procedure.withdrawn",
    "licence.issued",
    "licence.revoked",
    "bill.paid",
    "bill.refunded",
]


class HookIn(Given):
    """An address, and of what it wants to be told."""

    url: Annotated[Plain, Field(min_length=1, max_length=500, examples=["https://example.com/onevisit"])]
    events: Annotated[list[Event], Field(min_length=1, max_length=20)]


class HookOut(Schema):
    """An address."""

    id: UUID
    url: str
    events: list[str]
    created_at: datetime
    failures: int = Field(description="连续失败了几次")


class HookMade(Schema):
    """A new address with the secret that signs its messages, told only here."""

    id: UUID
    secret: str = Field(description="whsec_ 开头；按 Standard Webhooks 验签")


class Hooks(Schema):
    """All addresses of the program."""

    items: list[HookOut]


class HookProcedure(Schema):
    """A procedure that a message is about."""

    id: UUID
    number: str
    service: str
    agency: str


class HookData(Schema):
    """What a message says: numbers and ids, no personal data; the API says more to who may know it."""

    case: str
    event: str
    procedures: list[HookProcedure]
    outcome: str = Field(
        default="",
        description="procedure.decided：granted、refused、not_accepted、acceptance_revoked（撤销受理）、ended（当事人去世，终止办理）",
    )
    licence: str = Field(default="", description="licence.issued、licence.revoked：证照编号")
    bill: str = Field(default="", description="bill.paid、bill.refunded：缴费单的 id；金额请读缴费单")
    due: str = Field(default="", description="case.correction_told：补正的最后一天")


class HookMessage(Schema):
    """The body of a message."""

    type: Event
    timestamp: datetime
    data: HookData
