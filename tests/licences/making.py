"""Licences as cases will write them: the whole row as JSON in one statement."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

import orjson
from django.db import connection

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import LicenceType
from onevisit.core.text import Text
from onevisit.licences.actions import new_licence_row
from onevisit.people.actor import Actor, Role

FOOD = LicenceType(
    "food-licence",
    Text("食品经营许可证（示范）"),
    "market-regulation",
    validity=Period(5, Unit.YEAR, Basis(Mark.MEMORY)),
)
ENDLESS = LicenceType("business-licence", Text("营业执照（示范）"), "market-regulation")
PERSON = UUID(int=7)
OFFICER = Actor(uuid4(), None, None, "李审批", Role.OFFICER, agency="market-regulation")
STRANGER = Actor(uuid4(), None, None, "钱烟草", Role.OFFICER, agency="tobacco")
INSERT = "INSERT INTO licences_licence SELECT r.* FROM json_populate_recordset(NULL::licences_licence, %s::json) r"


def rows(now: datetime, *, type_: LicenceType = FOOD, many: int = 1, **others: object) -> list[dict[str, object]]:
    """New rows, not yet written."""
    given: dict[str, object] = {
        "agency_name": "示范县市场监督管理局",
        "region": "330521",
        "case": uuid4(),
        "procedure": uuid4(),
        "holder_name": "王小满",
        "person": PERSON,
        "organisation": None,
        "code": "",
        "fields": (("经营场所", "示范县示范路 18 号"),),
    }
    return [new_licence_row(type_, now=now, **(given | others)) for _ in range(many)]  # type: ignore[arg-type]


def write(made: Sequence[dict[str, object]]) -> None:
    """Write rows in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [orjson.dumps(list(made)).decode()])


def issue(now: datetime, **others: object) -> UUID:
    """Write one licence; its id."""
    made = rows(now, **others)  # type: ignore[arg-type]
    write(made)
    return UUID(str(made[0]["id"]))
