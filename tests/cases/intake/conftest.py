"""Who acts in the tests of intake, over the real demonstration register."""

import pytest

from onevisit.people.actor import Actor, Role
from onevisit.people.models import Account
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
