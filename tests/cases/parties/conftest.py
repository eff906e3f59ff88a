"""Four people of one sale, over the real demonstration register."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from onevisit.cases.actions import answer, confirm, start_draft, submit, upload
from onevisit.cases.queries import draft
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Account, Person
from tests.cases.parties.event import EVENT
from tests.fixtures.content import REGION, put_in_force
from tests.fixtures.files import pdf
from tests.fixtures.people import actor
from tests.fixtures.register import Running

BUYER, SELLER, SECOND_SELLER, STRANGER = (
    "330521199002149981",
    "330521198412129962",
    "330521198506189974",
    "330521199311059963",
)
ANSWERS = {
    "matter.you": "buyer",
    "matter.home": "示范小区1号",
    "matter.taxed": "false",
    "matter.price": "900000",
    "seller.count": "2",
    "buyer.count": "2",
    "buyer.signs": "online",
    "seller.signs": "online",
    "seller[2].signs": "window",
    "buyer[2].signs": "window",
    "seller.id_number": SELLER,
    "seller[2].id_number": SECOND_SELLER,
    "buyer[2].id_number": STRANGER,
    "buyer[2].name": "林示范",
    "buyer[2].phone": "13900000008",
}
OFFICER = Actor(UUID(int=1), None, None, "登记员", Role.OFFICER, agency="register")
TAXMAN = replace(OFFICER, account=UUID(int=3), agency="tax")
CLERK = Actor(UUID(int=2), None, None, "窗口", Role.CLERK, hall="H")


@pytest.fixture
def people(accounts: dict[str, Account], register: Running) -> dict[str, Actor]:
    put_in_force(EVENT, "sale")
    alone = Account.objects.create(username="shen", person=Person.objects.get(id_number=SECOND_SELLER))
    return {
        "buyer": actor(accounts["xiaoman"]),
        "seller": actor(accounts["qiushi"]),
        "shen": actor(alone),
    }


@pytest.fixture
def mine(people: dict[str, Actor], now: datetime) -> UUID:
    """The buyer's draft, all answered; the second buyer is in no register, so that a copy of his card is uploaded."""
    by = people["buyer"]
    found = start_draft(EVENT.key, REGION, by=by, now=now)
    answer(found, ANSWERS, by=by, now=now)
    confirm(found, [known.spec.key for known in draft(found, by=by, now=now).known], by=by, now=now)
    return found


@pytest.fixture
def number(mine: UUID, people: dict[str, Actor], now: datetime) -> str:
    by = people["buyer"]
    upload(mine, "identity-card--buyer-2", "身份证.pdf", pdf(), by=by, now=now)
    return submit(mine, "key", by=by, now=now).number


@pytest.fixture
def taxed(mine: UUID, people: dict[str, Actor], now: datetime) -> str:
    """The same sale, with a tax and a fee to pay."""
    by = people["buyer"]
    answer(mine, {"matter.taxed": "true"}, by=by, now=now)
    upload(mine, "identity-card--buyer-2", "身份证.pdf", pdf(), by=by, now=now)
    return submit(mine, "key", by=by, now=now).number
