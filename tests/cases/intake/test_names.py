"""A name that was typed wrong at the window: who may put it right, and on what evidence."""

from datetime import datetime
from uuid import UUID

import pytest

from onevisit.cases.actions import answer, correct_name, start_draft
from onevisit.cases.errors import NameNotOnRegister, RegisterSilent
from onevisit.cases.models import Case
from onevisit.cases.queries import draft
from onevisit.exchange.actions import BREAKERS
from onevisit.exchange.models import Fetch
from onevisit.people.actions import register_walk_in
from onevisit.people.actor import Actor
from onevisit.people.errors import OnlyClerks
from onevisit.people.models import Look
from onevisit.people.queries import find_person
from tests.cases.intake.conftest import EVENT
from tests.fixtures.content import REGION
from tests.fixtures.register import Running

pytestmark = pytest.mark.django_db
NOBODY_KNOWS = "330521199403051221"  # the register has no such number
CHEN = "330521199002149981"  # on the register 陈小满, here 王小满


@pytest.fixture(autouse=True)
def closed_breakers() -> None:
    BREAKERS.clear()


def named(number: str) -> str:
    found = find_person(number)
    assert found is not None
    return found.name


@pytest.fixture
def wrong(clerk: Actor, now: datetime) -> UUID:
    """Somebody without an account, once written wrong."""
    return register_walk_in("周阿满", NOBODY_KNOWS, "", by=clerk, now=now)


def test_where_nothing_rests_on_it_the_card_is_enough_and_no_register_is_asked(
    wrong: UUID, clerk: Actor, register: Running, now: datetime
) -> None:
    register.switch(False)
    correct_name(NOBODY_KNOWS, " 周小满 ", EVENT, REGION, by=clerk, now=now)
    assert named(NOBODY_KNOWS) == "周小满"
    assert not Fetch.objects.exists()
    look = Look.objects.get(what="更正姓名：周阿满 → 周小满")
    assert (look.subject, look.refused, "身份证" in look.purpose) == (wrong, False, True)


def test_the_right_name_and_an_unknown_number_change_nothing(wrong: UUID, clerk: Actor, now: datetime) -> None:
    correct_name(NOBODY_KNOWS, "周阿满", EVENT, REGION, by=clerk, now=now)
    correct_name("330521199311059963", "林一勺", EVENT, REGION, by=clerk, now=now)
    assert find_person("330521199311059963") is None
    assert not Look.objects.filter(what__startswith="更正").exists()


def test_only_a_clerk(xiaoman: Actor, now: datetime) -> None:
    with pytest.raises(OnlyClerks):
        correct_name(CHEN, "陈小满", EVENT, REGION, by=xiaoman, now=now)
    assert not Fetch.objects.exists()


def test_with_an_account_the_register_has_to_agree(
    xiaoman: Actor, clerk: Actor, register: Running, now: datetime
) -> None:
    with pytest.raises(NameNotOnRegister):
        correct_name(CHEN, "张三", EVENT, REGION, by=clerk, now=now)
    register.switch(False)
    with pytest.raises(RegisterSilent):
        correct_name(CHEN, "陈小满", EVENT, REGION, by=clerk, now=now)
    register.switch(True)
    BREAKERS.clear()
    assert named(CHEN) == "王小满"
    assert Look.objects.filter(subject=xiaoman.person, what="更正姓名", refused=True).count() == 2
    correct_name(CHEN, "陈小满", EVENT, REGION, by=clerk, now=now)
    assert named(CHEN) == "陈小满"
    assert "人口库" in Look.objects.get(what="更正姓名：王小满 → 陈小满").purpose
    assert set(Fetch.objects.values_list("subject", "purpose")) == {(xiaoman.person, "核对来人姓名")}


def test_with_something_submitted_too(wrong: UUID, clerk: Actor, now: datetime) -> None:
    Case.objects.create(
        number="N1",
        region=REGION,
        event=EVENT,
        snapshot="small",
        title="小店",
        person_id=wrong,
        submitted_by=clerk.account,
        walk_in=True,
        hall=clerk.hall,
        facts={},
        planned_visits=1,
        submitted_at=now,
        head_seq=0,
        head_hash=b"",
    )
    with pytest.raises(NameNotOnRegister):
        correct_name(NOBODY_KNOWS, "周小满", EVENT, REGION, by=clerk, now=now)
    assert named(NOBODY_KNOWS) == "周阿满"


def test_a_draft_takes_the_new_name_at_its_next_answer(wrong: UUID, clerk: Actor, now: datetime) -> None:
    theirs = start_draft(EVENT, REGION, by=clerk, now=now, walk_in=True, person=wrong)
    assert draft(theirs, by=clerk, now=now).applicant_name == "周阿满"
    correct_name(NOBODY_KNOWS, "周小满", EVENT, REGION, by=clerk, now=now)
    answer(theirs, {"matter.shop_name": "阿满小吃"}, by=clerk, now=now)
    assert draft(theirs, by=clerk, now=now).applicant_name == "周小满"
