"""A sale of several people, with fees, filed through the API alone."""

import pytest

from tests.api.filing import upload_all
from tests.cases.parties.conftest import SECOND_SELLER, STRANGER
from tests.cases.parties.event import EVENT
from tests.fixtures.content import put_in_force
from tests.fixtures.programs import Program

OWN = "330521199002149981"  # of whom the program acts for
FACTS = {
    "matter.you": "seller",
    "matter.home": "示范小区1号",
    "matter.taxed": True,
    "matter.price": 900000,
    "seller.count": 2,
    "buyer.count": 1,
    "seller.signs": "online",
    "seller[2].signs": "mandate",
    "seller[2].agent_id_number": OWN,
    "seller[2].agent_name": "王小满",
    "seller[2].agent_until": "2099-12-31",
    "buyer.signs": "window",
    "seller[2].id_number": SECOND_SELLER,
    "buyer.id_number": STRANGER,
    "buyer.name": "林示范",
    "buyer.phone": "13900000008",
}


@pytest.fixture
def sale(db, register) -> None:
    put_in_force(EVENT, "sale")


def file_sale(mine: Program) -> str:
    """The case's number."""
    made = mine.post("/drafts", {"event": "sale", "facts": FACTS})
    assert made.status_code == 201, made.content
    draft = made.json()["id"]
    answered = mine.send("PATCH", f"/drafts/{draft}", {"confirm": "all"})
    assert answered.status_code == 200, answered.content
    upload_all(mine, draft, answered.json()["needed"])
    done = mine.post(f"/drafts/{draft}/submission", {"declared": True})
    assert done.status_code == 201, done.content
    return str(done.json()["number"])
