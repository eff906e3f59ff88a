"""A home sold, walked through: who signs online need not come, and all who come to the window come once, together."""

import random
from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest

from onevisit.cases.actions import answer, confirm, mark_seen, start_draft, submit
from onevisit.cases.queries import draft
from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.core.catalogue import AcceptKind
from onevisit.exchange.actions import BREAKERS
from onevisit.halls.actions import check_in
from onevisit.people.actions import register_walk_in
from onevisit.people.actor import SYSTEM
from onevisit.people.models import Account
from tests.fixtures.content import REGION
from tests.fixtures.people import actor
from tests.fixtures.register import ROOT, Running
from tests.walker.walking import keeps_its_promise, promises_the_least
from tests.walker.world import World, at, submitted

pytestmark = pytest.mark.django_db
HALL = "county-hall"
PEOPLE = {
    "seller[1]": ("何家安（示范）", "330521197803129914"),
    "seller[2]": ("陆清和（示范）", "330521198006079920"),
    "buyer[1]": ("温远行（示范）", "330521199108239977"),
    "buyer[2]": ("白月初（示范）", "330521199301189967"),
}
SALE = {
    "matter.you": "seller",
    "matter.family": "false",
    "matter.mortgage": "none",
    "matter.loan": "false",
    "matter.utilities": "none",
    "matter.certificate": "浙(2021)德清县不动产权第9900101号",
    "matter.price": "1200000",
    "matter.buyer_homes": "first",
    "matter.only_home": "true",
    "matter.further_certificates": "0",
    "seller.count": "2",
    "buyer.count": "2",
    "spouse.count": "0",
}


@pytest.fixture(autouse=True)
def published(register: Running) -> Iterator[None]:
    BREAKERS.clear()
    publish_content(ROOT / "content", by=SYSTEM, now=at(0))
    queries.forget()
    yield
    queries.forget()


def at_the_window(accounts: dict[str, Account], there: Mapping[str, str]) -> World:
    """The sale applied for by the first seller at the window; `there`: how each of the parties signs.

    What registers give of the second of a role is typed: they are asked for the first only as yet.
    """
    clerk, today = actor(accounts["clerk"]), at(0)
    people: dict[str, UUID] = {}
    facts = dict(SALE)
    for number, (party, (name, card)) in enumerate(PEOPLE.items()):
        people[party] = register_walk_in(name, card, "", by=clerk, now=today)
        key = party.removesuffix("[1]")
        facts |= {f"{key}.signs": there[party], f"{key}.id_number": card, f"{key}.name": name}
        facts[f"{key}.phone"] = f"1390000002{number}"
    mine = start_draft("sell-home", REGION, by=clerk, now=today, walk_in=True, person=people["seller[1]"])
    answer(mine, facts, by=clerk, now=today)
    view = draft(mine, by=clerk, now=today)
    confirm(mine, tuple(known.spec.key for known in view.known), by=clerk, now=today)
    for need in draft(mine, by=clerk, now=today).needed:
        if need.kind is not AcceptKind.UPLOAD:
            mark_seen(mine, need.evidence, by=clerk, now=today)
    plan = draft(mine, by=clerk, now=today).plan
    check_in(people["seller[1]"], HALL, by=clerk, now=today)
    made = submitted(submit(mine, "key", by=clerk, now=today).case, plan, people)
    made.now.visits["seller[1]"] = 1  # he is there to hand it in, and stays
    made.now.here["seller[1]"] = HALL
    made.settle()
    return made


def test_four_people_come_to_the_window_once(accounts: dict[str, Account]) -> None:
    made = at_the_window(accounts, dict.fromkeys(PEOPLE, "window"))
    count = made.plan.count
    assert (count.worst.high, count.total.high) == (1, 4)
    assert made.now.granted == {"contract-filing", "home-tax"}, "filed and paid; the others have not signed"
    keeps_its_promise(made, (1, 4))
    promises_the_least(made, (1, 4))
    made.arrive(dict.fromkeys(("seller[2]", "buyer[1]"), HALL))
    assert "transfer-registration" not in made.now.granted, "they wait for the last"
    made.arrive({"buyer[2]": HALL})
    assert "transfer-registration" in made.now.granted, "registered while they wait"
    assert not made.left


def test_a_guardian_signs_apart_from_the_others(accounts: dict[str, Account]) -> None:
    made = at_the_window(accounts, dict.fromkeys(PEOPLE, "window") | {"buyer[2]": "guardian"})
    made.hurry(random.Random(1).randint)
    keeps_its_promise(made, (1, 4))
    promises_the_least(made, (1, 4))
    made.arrive(dict.fromkeys(("seller[2]", "buyer[1]"), HALL))
    assert "transfer-registration" not in made.now.granted
    made.sleep()
    made.arrive({"buyer[2]": HALL})
    assert "transfer-registration" in made.now.granted
