"""Who acts in the tests of intake, over the real demonstration register."""

from collections.abc import Callable
from datetime import datetime

import pytest

from onevisit.people.actor import Actor, Role
from onevisit.people.models import Account
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
def xiaoman(accounts: dict[str, Account], register: Running) -> Actor:
    return actor(accounts["xiaoman"])


@pytest.fixture
def qiushi(accounts: dict[str, Account]) -> Actor:
    return actor(accounts["qiushi"])


@pytest.fixture
def clerk(accounts: dict[str, Account], register: Running) -> Actor:
    return actor(accounts["clerk"])


@pytest.fixture
def ready(now: datetime) -> Callable[[Actor], object]:
    """A draft of that applicant with nothing in the way of submitting."""

    def _ready(by: Actor) -> object:
        mine = start_draft(EVENT, REGION, by=by, now=now)
        answer(mine, ANSWERS, by=by, now=now)
        confirm(mine, [known.spec.key for known in draft(mine, by=by, now=now).known], by=by, now=now)
        upload(mine, "layout", "平面图.pdf", pdf(), by=by, now=now)
        return mine

    return _ready
