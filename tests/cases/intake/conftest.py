"""Who acts in the tests of intake, over the real demonstration register."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from onevisit.cases.actions import answer, confirm, start_draft, upload
from onevisit.cases.queries import draft
from onevisit.catalogue import queries
from onevisit.catalogue.models import CalendarYear, CatalogueVersion
from onevisit.catalogue.proof import proof_of
from onevisit.core.conditions import Condition
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.guide import enumerate_guide
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Account
from tests.cases.intake.event import EVENT as SMALL
from tests.cases.intake.test_uploads import pdf
from tests.exchange.conftest import Running, register, shared_register

__all__ = ["register", "shared_register"]
REGION = "330521"
EVENT = "small-restaurant"
ANSWERS = {
    "matter.shop_name": "小满面馆",
    "matter.premises_certificate": "浙（2024）德清县不动产权第 9900001 号",
    "matter.kind": "sole",
    "matter.tobacco": "true",
    "matter.staff_ids": "330521199311059963、330521199704219948",
}


def _document(value: object) -> object:
    """The life event as the document that the catalogue keeps."""
    if isinstance(value, Condition):
        return value.source
    if is_dataclass(value):
        return {one.name: _document(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_document(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value


@pytest.fixture
def catalogue(db: None) -> None:
    """The small life event in force, and a calendar."""
    guide = enumerate_guide(compile_event(SMALL, "small"))
    CatalogueVersion.objects.create(
        region=REGION,
        event=EVENT,
        snapshot="small",
        document=_document(SMALL),
        proof=proof_of(guide),
        in_force_from=date(2026, 1, 1),
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    CalendarYear.objects.create(year=2026, holidays=["2026-10-01"], workdays=[])
    queries.forget()


def actor(account: Account) -> Actor:
    staff = getattr(account, "staff", None)
    return Actor(
        account=account.pk,
        person=account.person_id,
        organisation=account.organisation_id,
        name=account.username,
        role=Role(staff.role) if staff else Role.APPLICANT,
        agency=staff.agency if staff else "",
        hall=staff.hall if staff else "",
    )


@pytest.fixture
def xiaoman(accounts: dict[str, Account], register: Running, catalogue: None) -> Actor:
    return actor(accounts["xiaoman"])


@pytest.fixture
def qiushi(accounts: dict[str, Account]) -> Actor:
    return actor(accounts["qiushi"])


@pytest.fixture
def clerk(accounts: dict[str, Account], register: Running, catalogue: None) -> Actor:
    return actor(accounts["clerk"])


@pytest.fixture
def ready(now: datetime) -> Callable[[Actor], UUID]:
    """A draft of that applicant with nothing in the way of submitting."""

    def _ready(by: Actor) -> UUID:
        mine = start_draft(EVENT, REGION, by=by, now=now)
        answer(mine, ANSWERS, by=by, now=now)
        confirm(mine, [known.spec.key for known in draft(mine, by=by, now=now).known], by=by, now=now)
        upload(mine, "layout", "平面图.pdf", pdf(), by=by, now=now)
        return mine

    return _ready
