"""Who acts in the tests of intake, over the real demonstration register."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from onevisit.cases.actions import answer, confirm, start_draft, upload
from onevisit.cases.queries import draft
from onevisit.people.actor import Actor
from onevisit.people.models import Account
from tests.cases.intake.event import EVENT as SMALL
from tests.fixtures.content import REGION, put_in_force
from tests.fixtures.files import pdf
from tests.fixtures.people import actor
from tests.fixtures.register import Running

EVENT = "small-restaurant"
ANSWERS = {
    "matter.shop_name": "小满面馆",
    "matter.premises_certificate": "浙（2024）德清县不动产权第 9900001 号",
    "matter.kind": "sole",
    "matter.tobacco": "true",
    "matter.staff_ids": "330521199311059963、330521199704219948",
}


@pytest.fixture
def catalogue(db: None) -> None:
    """The small life event in force, and a calendar."""
    put_in_force(SMALL, "small", holidays=("2026-10-01",))


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
