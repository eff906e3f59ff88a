"""A mandate has a last day (民法典 165, 173(1)), counted in China; what was signed before it ended stays good."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from onevisit.cases.actions import accept, answer, attend, grant, sign, submit
from onevisit.cases.errors import NotReady
from onevisit.cases.models import Attendance
from onevisit.cases.party_errors import MandateExpired
from onevisit.cases.queries import case, draft
from onevisit.core.china import SHANGHAI
from onevisit.halls.actions import check_in
from onevisit.people.actions import known_persons
from onevisit.people.actor import Actor
from onevisit.people.models import Account, Person
from tests.cases.parties.conftest import CLERK, OFFICER
from tests.cases.parties.test_money import procedure
from tests.fixtures.people import PASSWORD, actor

AGENT = "330521199802284014"
LAST = "2026-11-25"
LAST_MINUTE = datetime(2026, 11, 25, 23, 59, tzinfo=SHANGHAI)
NEXT_DAY = datetime(2026, 11, 26, 0, 0, tzinfo=SHANGHAI)  # in UTC it is still the 25th
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by_mandate(mine: UUID, people: dict[str, Actor], now: datetime) -> UUID:
    """The draft of a sale in which both sellers are abroad; one agent has a mandate of each."""
    given = {"signs": "mandate", "agent_id_number": AGENT, "agent_name": "代理人（示范）"}
    until = {"seller.agent_until": LAST, "seller[2].agent_until": "2026-12-31"}
    both = {f"{who}.{key}": value for who in ("seller", "seller[2]") for key, value in given.items()}
    answer(mine, {**both, **until, "buyer.count": "1"}, by=people["buyer"], now=now)
    return mine


@pytest.fixture
def signing(by_mandate: UUID, people: dict[str, Actor], now: datetime) -> str:
    return submit(by_mandate, "key", by=people["buyer"], now=now).number


def agent() -> Actor:
    return actor(Account.objects.get_or_create(username="agent", person=Person.objects.get(id_number=AGENT))[0])


def test_its_last_day_is_asked_of_who_signs_by_one(by_mandate: UUID, people: dict[str, Actor], now: datetime) -> None:
    asked = {field.spec.key for field in draft(by_mandate, by=people["buyer"], now=now).fields}
    assert {"seller.agent_until", "seller[2].agent_until"} <= asked and "buyer.agent_until" not in asked
    answer(by_mandate, {"seller.agent_until": ""}, by=people["buyer"], now=now)
    with pytest.raises(NotReady):
        submit(by_mandate, "key", by=people["buyer"], now=now)


def test_the_two_sides_of_midnight_lie_on_one_day_elsewhere() -> None:
    assert LAST_MINUTE.astimezone(UTC).date() == NEXT_DAY.astimezone(UTC).date()


def test_signed_in_the_last_minute_and_good_afterwards(signing: str, people: dict[str, Actor], now: datetime) -> None:
    sign(signing, by=agent(), now=LAST_MINUTE)
    accept(procedure("transfer"), by=OFFICER, now=now)
    assert grant(procedure("transfer"), "deed", by=OFFICER, now=NEXT_DAY).outcome == "granted"


def test_a_minute_later_it_has_ended(signing: str) -> None:
    with pytest.raises(MandateExpired, match="卖方 1的委托书只到2026年11月25日") as refused:
        sign(signing, by=agent(), now=NEXT_DAY)
    assert "重新办一份委托公证" in str(refused.value)
    assert not Attendance.objects.exists(), "one signature for both sellers: none of it counts"


def test_an_ended_one_is_not_handed_in(by_mandate: UUID, people: dict[str, Actor], now: datetime) -> None:
    said = [text.zh for _, text in draft(by_mandate, by=people["buyer"], now=LAST_MINUTE).missing]
    assert not [words for words in said if "委托书" in words]
    with pytest.raises(NotReady) as refused:
        submit(by_mandate, "key", by=people["buyer"], now=NEXT_DAY)
    assert [text.zh for _, text in refused.value.missing] == [
        "卖方 1的委托书只到2026年11月25日，已经过期，请重新办一份，把新的日期填上。"
    ]
    answer(by_mandate, {"seller.agent_until": "2026-12-31"}, by=people["buyer"], now=NEXT_DAY)
    assert submit(by_mandate, "key", by=people["buyer"], now=NEXT_DAY).number


@pytest.mark.parametrize(("at", "counts"), [(LAST_MINUTE, True), (NEXT_DAY, False)])
def test_at_the_window_it_is_the_same(
    mine: UUID, people: dict[str, Actor], now: datetime, at: datetime, counts: bool
) -> None:
    """It ends between the submission and the day on which all come together."""
    comes = {"agent_id_number": AGENT, "agent_name": "代理人（示范）", "agent_until": LAST}
    told = {f"seller[2].{key}": value for key, value in comes.items()}
    answer(mine, {**told, "buyer.count": "1"}, by=people["buyer"], now=now)
    submit(mine, "key", by=people["buyer"], now=now)
    person = known_persons({AGENT: "代理人（示范）"})[AGENT]
    check_in(person, "H", by=CLERK, now=at)
    if counts:
        attend(procedure("transfer"), "hall", person=person, by=CLERK, now=at)
        assert Attendance.objects.get().party == "seller[2]"
    else:
        with pytest.raises(MandateExpired, match="卖方 2"):
            attend(procedure("transfer"), "hall", person=person, by=CLERK, now=at)


def test_the_others_see_until_when(client: Client, signing: str, people: dict[str, Actor], now: datetime) -> None:
    shown = {one.party: one.until for one in case(signing, by=people["buyer"], now=now).parties}
    assert (str(shown["seller[1]"]), shown["buyer[1]"]) == (LAST, None)
    client.post("/sign-in", {"username": "xiaoman", "password": PASSWORD})
    assert "委托书到 2026年11月25日为止" in client.get(f"/cases/{signing}").content.decode()
