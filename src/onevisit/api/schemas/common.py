"""What several operations share: strict input, problems, pages."""

import re
from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

_DAY = re.compile(r"20\d{2}-\d{2}-\d{2}")  # periods are added to it
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _day(raw: object) -> object:
    """Only text of that form: pydantic would take numbers as seconds."""
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        raise ValueError("a date such as 2026-11-30")
    return raw


def _id(raw: object) -> object:
    if not isinstance(raw, str) or not _ID.fullmatch(raw):
        raise ValueError("a UUID")
    return raw


def whole(raw: object) -> object:
    """JSON knows one kind of number: 4.0 is 4."""
    return int(raw) if isinstance(raw, float) and raw.is_integer() else raw


Day = Annotated[date, BeforeValidator(_day), Field(json_schema_extra={"pattern": f"^{_DAY.pattern}$"})]
Id = Annotated[UUID, BeforeValidator(_id)]
Plain = Annotated[StrictStr, Field(pattern=r"^[^\x00]*$")]  # PostgreSQL holds no NUL in its texts
Value = StrictBool | StrictInt | StrictFloat | Annotated[Plain, Field(max_length=20_000)]
FactKey = Annotated[StrictStr, Field(pattern=r"^[^\x00]{1,100}$")]
Facts = Annotated[
    dict[FactKey, Value],
    Field(
        max_length=500,
        json_schema_extra={"additionalProperties": False},  # but those of the keys' pattern
        description="要素键 → 值：是非为 true/false，数字为数字，日期为 2026-11-30，选项为其 value",
        examples=[{"matter.kind": "new_sole", "matter.area": 120, "matter.sign": "none", "matter.tobacco": False}],
    ),
]


class Given(BaseModel):
    """Input: nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


class FieldError(Schema):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(Schema):
    """A refusal (RFC 9457): `code` is stable, `detail` says in the caller's language what to do next."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] = []
