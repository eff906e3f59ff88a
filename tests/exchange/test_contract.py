"""The documented contract, against the real demonstration register in a process of its own."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import jsonschema_rs
import pytest
import yaml

from onevisit.core.codes import check_ric, check_uscc
from onevisit.exchange.actions import BREAKERS, fetch
from onevisit.exchange.breaker import FAILURES, PAUSE
from onevisit.exchange.models import Fetch
from onevisit.exchange.queries import fetches_of
from onevisit.exchange.rules import MOST_A_DAY
from onevisit.exchange.values import Outcome
from onevisit.people.actor import Actor, Role
from tests.fixtures.register import ROOT, Running, start

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
BY = Actor(uuid4(), uuid4(), None, "陈小满", Role.APPLICANT)
CHEN = "330521199002149981"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def closed_breakers() -> None:
    BREAKERS.clear()


def ask(resource: str, lookup: str, now: datetime = NOW) -> Outcome:
    return fetch(resource, lookup, purpose="开餐饮店", subject=BY.person, by=BY, now=now).status


def test_a_person_is_found_with_facts_and_evidence(register: Running) -> None:
    found = fetch("population", CHEN, purpose="开餐饮店", subject=BY.person, by=BY, now=NOW)
    assert found.status is Outcome.FOUND
    assert found.facts["party.name"] == "陈小满"
    assert all(record.number and record.summary for record in found.evidence.values())


def test_every_look_up_is_logged_for_its_subject(register: Running) -> None:
    ask("population", CHEN)
    ask("population", "330521199105059954")
    assert BY.person is not None
    views = fetches_of(BY.person)
    assert sorted(v.outcome for v in views) == [Outcome.ABSENT, Outcome.FOUND]
    assert {(v.purpose, v.by_name) for v in views} == {("开餐饮店", "陈小满")}


def test_those_whom_a_look_up_is_about_find_it_by_their_number(register: Running) -> None:
    staff = "330521199704219948"
    ask("health-certificates", f"{CHEN},{staff}")
    (view,) = fetches_of(uuid4(), [staff])
    assert (view.resource, view.by_name, view.own) == ("health-certificates", "陈**", False)
    assert len(fetches_of(BY.person, [CHEN])) == 2  # one row for each, both for a case of his
    assert fetches_of(uuid4(), ["330521199105059954", ""]) == []
    assert not Fetch.objects.filter(about__contains=staff).exists()


def test_numbers_cannot_be_tried_without_end(register: Running) -> None:
    Fetch.objects.bulk_create(
        Fetch(at=NOW, resource="population", purpose="", account=BY.account, by_name="", outcome="absent")
        for _ in range(MOST_A_DAY)
    )
    assert ask("population", CHEN) is Outcome.DOWN
    assert ask("population", CHEN, NOW + timedelta(days=1, seconds=1)) is Outcome.FOUND
    clerk = replace(BY, role=Role.CLERK, hall="county-hall")
    assert fetch("population", CHEN, purpose="窗口", subject=None, by=clerk, now=NOW).status is Outcome.FOUND


def test_several_people_at_once_and_one_of_them_unknown(register: Running) -> None:
    assert ask("health-certificates", f"{CHEN},330521199704219948") is Outcome.FOUND
    assert ask("health-certificates", f"{CHEN},330521199105059954") is Outcome.ABSENT


def test_a_certificate_with_chinese_in_its_number(register: Running) -> None:
    assert ask("real-estate", "浙(2024)德清县不动产权第9900001号") is Outcome.FOUND
    assert ask("real-estate", "../population/" + CHEN) is Outcome.ABSENT


def test_an_unknown_resource_is_a_fault_not_an_absent_record(register: Running) -> None:
    assert ask("no-such-register", "1") is Outcome.DOWN


def test_switched_off_and_on_again(register: Running) -> None:
    register.switch(False)
    assert ask("population", CHEN) is Outcome.DOWN
    register.switch(True)
    assert ask("population", CHEN) is Outcome.FOUND


def test_no_register_configured_is_down(settings: object) -> None:
    settings.REGISTER_URL = ""  # type: ignore[attr-defined]
    assert ask("population", CHEN) is Outcome.DOWN


def test_a_stopped_register_is_left_alone_after_failures_then_tried_again(settings: object) -> None:
    running = start()
    settings.REGISTER_URL = running.url  # type: ignore[attr-defined]
    assert ask("population", CHEN) is Outcome.FOUND
    running.stop()
    for _ in range(FAILURES):
        assert ask("population", CHEN) is Outcome.DOWN
    breaker = BREAKERS["population"]
    assert not breaker.may_ask(NOW)
    assert breaker.may_ask(NOW + PAUSE)
    assert not breaker.may_ask(NOW + PAUSE + timedelta(seconds=1)), "one try only"
    breaker.answered()
    assert breaker.may_ask(NOW)


def test_a_slow_register_holds_nobody_longer_than_the_time_out(settings: object) -> None:
    running = start("--latency", "5")
    settings.REGISTER_URL = running.url  # type: ignore[attr-defined]
    began = time.monotonic()
    assert ask("population", CHEN) is Outcome.DOWN
    assert time.monotonic() - began < 3
    running.stop()


def test_the_register_wants_purpose_and_requester(register: Running) -> None:
    answer = httpx.get(f"{register.url}/v1/records/population/{CHEN}", trust_env=False)
    assert (answer.status_code, answer.json()["type"]) == (400, "purpose-and-requester-needed")
    for body in (b"", b"[]", b'{"on": 1}'):
        assert httpx.post(f"{register.url}/v1/switch", content=body, trust_env=False).status_code == 400


def test_answers_fit_the_published_schema(register: Running) -> None:
    contract = yaml.safe_load((ROOT / "docs/register-contract.yaml").read_text(encoding="utf-8"))
    schemas = contract["components"]["schemas"]
    record = jsonschema_rs.validator_for({**schemas["Record"], "components": {"schemas": schemas}})
    headers = {"X-Purpose": "test", "X-Requester": "test"}
    for file in sorted(Path(ROOT / "demo/register/data").glob("*.yaml")):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for lookup in data["records"]:
            answer = httpx.get(
                f"{register.url}/v1/records/{data['resource']}/{lookup}", headers=headers, trust_env=False
            )
            record.validate(answer.json())


def test_numbers_in_the_data_have_real_check_digits_and_say_that_they_are_a_demonstration() -> None:
    for file in sorted(Path(ROOT / "demo/register/data").glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        assert "示范" in text
        for lookup in yaml.safe_load(text)["records"]:
            if file.stem in ("population", "health-certificates"):
                check_ric(lookup)
            if file.stem == "legal-persons":
                check_uscc(lookup)
