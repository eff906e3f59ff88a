"""A birth walked through with the real content: who applies online stays at home, who walks in comes once."""

import random
from collections.abc import Iterator
from uuid import uuid4

import pytest

from onevisit.cases.actions import answer, confirm, mark_seen, start_draft, submit, upload
from onevisit.cases.models import Case, EvidenceItem
from onevisit.cases.queries import draft
from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.core.catalogue import AcceptKind
from onevisit.core.parties import inquiries
from onevisit.exchange.actions import BREAKERS
from onevisit.exchange.models import Fetch
from onevisit.halls.actions import check_in
from onevisit.licences.queries import of_case
from onevisit.people.actions import register_walk_in
from onevisit.people.actor import SYSTEM, Actor, Role
from tests.fixtures.content import REGION
from tests.fixtures.files import pdf
from tests.fixtures.register import ROOT, Running
from tests.walker.walking import find, keeps_its_promise
from tests.walker.world import World, at, clerk, submitted

pytestmark = pytest.mark.django_db
HALL = "county-hall"
MOTHER, FATHER = ("许示范", "330521199503179986"), ("顾示范", "330521199308269978")
TWINS = {
    "matter.father": "married",
    "matter.certificate": "hospital",
    "matter.vaccination": "true",
    "matter.household": "father",
    "matter.insure": "true",
    "matter.costs": "settled",
    "mother.work": "insured",
    "mother.id_number": MOTHER[1],
    "father.id_number": FATHER[1],
    "child.name": "许一示",
    "child[2].name": "许二示",
    "matter.bank_account": "示范银行德清支行 0000 0000",
}
FOREIGN = {
    "matter.father": "none",
    "matter.certificate": "hospital",
    "matter.vaccination": "true",
    "matter.household": "elsewhere",
    "mother.nationality": "foreign",
    "mother.work": "other",
    "matter.costs": "settled",
    "mother.passport": "DEMO00001",
    "mother.address": "德清县示范路9号（示范）",
    "child.count": "1",
    "child.name": "DEMO",
    "child.sex": "female",
    "child.born": "2026-11-20",
    "child.time": "08:00",
}


@pytest.fixture(autouse=True)
def published(register: Running) -> Iterator[None]:
    BREAKERS.clear()
    publish_content(ROOT / "content", by=SYSTEM, now=at(0))
    queries.forget()
    yield
    queries.forget()


def opened(who: tuple[str, str], you: str, answers: dict[str, str], *, walk_in: bool) -> World:
    """A birth applied for: online by a parent, or at the window, where he is checked in."""
    today, window = at(0), clerk(HALL)
    person = register_walk_in(*who, "13900000004", by=window, now=today)
    by = window if walk_in else Actor(uuid4(), person, None, who[0], Role.APPLICANT)
    mine = start_draft("newborn", REGION, by=by, now=today, walk_in=walk_in, person=person)
    answer(mine, {"matter.you": you}, by=by, now=today)
    own = {key: value for key, value in answers.items() if key != f"{you}.id_number"}
    answer(mine, own, by=by, now=today)
    view = draft(mine, by=by, now=today)
    confirm(mine, tuple(known.spec.key for known in view.known), by=by, now=today)
    for need in draft(mine, by=by, now=today).needed:
        if need.kind is AcceptKind.UPLOAD:
            upload(mine, need.slot, "材料.pdf", pdf(), by=by, now=today)
        else:
            mark_seen(mine, need.slot, by=by, now=today)
    view = draft(mine, by=by, now=today)
    assert not [one.spec.key for one in view.fields if one.value is None]
    if walk_in:
        check_in(person, HALL, by=window, now=today)
    made = submitted(submit(mine, "key", by=by, now=today).case, view.plan, {you: person})
    if walk_in:
        made.now.visits[you] = 1  # he was there to hand it in
    return made


def test_a_father_of_twins_stays_at_home() -> None:
    made = opened(FATHER, "father", TWINS, walk_in=False)
    assert Case.objects.get().title == "新生儿出生", "not the key of a choice"
    assert (made.plan.count.worst.high, made.plan.trips, made.required) == (0, 1, frozenset())
    made.hurry(random.Random(1).randint)
    keeps_its_promise(made, (0, 0))


def test_a_mother_at_the_window_comes_once() -> None:
    made = opened(MOTHER, "mother", TWINS, walk_in=True)
    assert made.plan.count.worst.high == 1
    keeps_its_promise(made, (1, 1))
    assert not find(made, 0, 0)


def test_a_foreign_child_is_registered_in_person() -> None:
    """出境入境管理法 40: the parents go there, whoever applies online too."""
    made = opened(("示范女士", "330521199311059963"), "mother", FOREIGN, walk_in=False)  # no register knows her
    assert (made.plan.count.worst.high, len(made.required)) == (1, 1)
    keeps_its_promise(made, (1, 1))
    assert not find(made, 0, 0)


def test_each_twin_has_its_own_certificate() -> None:
    made = opened(FATHER, "father", TWINS, walk_in=False)
    made.finish()
    issued = [one for one in of_case(made.case, now=at(20)) if one.type == "birth-certificate"]
    assert {one.holder_name for one in issued} == {"许一示", "许二示"}
    for one in issued:
        said = dict(one.fields)
        assert (said["姓名"], said["母亲姓名"]) == (one.holder_name, "许示范")
        assert "孩子 2：姓名" not in said
    assert {dict(one.fields)["出生日期"] for one in issued} == {"2026年11月20日", "2026年11月21日"}
    taken = EvidenceItem.objects.filter(case=made.case, evidence="birth-certificate")
    numbers = {(one.party, one.record["number"]) for one in taken}
    assert {party for party, _ in numbers} == {"child[1]", "child[2]"}
    assert {number for _, number in numbers} == {one.number for one in issued}
    household = next(one for one in of_case(made.case, now=at(20)) if one.type == "household-page")
    assert {value for label, value in household.fields if "姓名" in label} == {"许一示", "许二示"}


@pytest.mark.parametrize(("father", "people"), [("none", 1), ("married", 2)])
def test_registers_are_asked_about_a_father_only_if_he_is_named(father: str, people: int) -> None:
    opened(MOTHER, "mother", TWINS | {"matter.father": father, "matter.household": "mother"}, walk_in=False)
    about = Fetch.objects.filter(resource="population").values_list("about", flat=True)
    assert len(set(about)) == people


def test_registers_that_the_event_takes_nothing_from_are_not_asked() -> None:
    event = queries.current("open-restaurant", REGION).event
    asked = {register.key for register, _ in inquiries(event, {"applicant.id_number": MOTHER[1]})}
    assert asked == {"population", "legal-persons", "health-certificates", "real-estate"}
