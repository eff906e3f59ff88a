"""A case as its applicant sees it: always with what he has to do now, in few queries, and his alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onevisit.cases.actions import accept, grant, report_missing, submit, withdraw
from onevisit.cases.errors import NotFound
from onevisit.cases.models import Case, EvidenceItem, Procedure
from onevisit.cases.queries import case, cases_of
from onevisit.cases.rules.overview import case_state, latest_day
from onevisit.cases.values import MissingInput
from onevisit.core.law.procedure import State
from onevisit.core.law.worktime import Calendar
from onevisit.exchange.actions import BREAKERS
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Account, Look
from tests.cases.intake.event import SERVICES
from tests.fixtures.people import actor

Ready = Callable[[Actor], UUID]


@pytest.fixture(autouse=True)
def closed_breakers() -> None:
    BREAKERS.clear()


@pytest.fixture
def number(xiaoman: Actor, ready: Ready, now: datetime) -> str:
    return submit(ready(xiaoman), "key-1", by=xiaoman, now=now).number


@pytest.fixture
def officer(accounts: dict[str, Account]) -> Callable[[str], Actor]:
    return lambda agency: replace(actor(accounts["officer"]), role=Role.OFFICER, agency=agency)


def of(number: str, service: str) -> UUID:
    return Procedure.objects.get(case__number=number, service=service).pk


@pytest.mark.django_db
def test_right_after_submission(number: str, xiaoman: Actor, now: datetime) -> None:
    view = case(number, by=xiaoman, now=now)
    assert (view.state, view.title, view.visits_made, view.visits_planned) == ("running", "小满面馆", 0, 0)
    assert view.now_words.zh.startswith("您现在不用做什么")
    assert [p.service for p in view.procedures] == ["business", "food", "sign", "tobacco"]
    assert view.latest is not None
    assert view.latest > date(2026, 12, 8), "tobacco waits for the check and the promise of business, then its own"
    assert view.can_withdraw
    assert not view.may_rate
    assert view.correction is None
    assert len(view.history) == 5
    facts = {fact.key: fact for fact in view.facts}
    assert facts["matter.area"].shown.zh == "320 平方米"
    assert facts["matter.area"].source.zh == "自然资源局"
    assert facts["matter.shop_name"].source.zh == "申请人填写"
    assert facts["applicant.id_number"].source.zh == "登录账号"
    evidence = {item.evidence: item for item in view.evidence}
    assert evidence["layout"].document is not None
    assert not evidence["business-licence"].ready
    assert evidence["premises-proof"].record is not None


@pytest.mark.django_db
def test_what_is_missing_is_the_one_thing_to_do(
    number: str, xiaoman: Actor, officer: Callable[[str], Actor], now: datetime
) -> None:
    report_missing(of(number, "food"), [MissingInput("layout", "", "看不清")], by=officer("market"), now=now)
    assert case(number, by=xiaoman, now=now).correction is None, "one notice, when all have checked"
    accept(of(number, "business"), by=officer("market"), now=now)
    accept(of(number, "tobacco"), by=officer("tobacco"), now=now)
    view = case(number, by=xiaoman, now=now)
    assert view.state == "correction"
    assert view.correction is not None
    assert [(item.evidence, item.what, item.supplied) for item in view.correction.items] == [
        ("layout", "看不清", False)
    ]
    assert "请在2026年12月8日前补齐" in view.now_words.zh


@pytest.mark.django_db
def test_after_a_decision_and_after_all(
    number: str, xiaoman: Actor, officer: Callable[[str], Actor], now: datetime
) -> None:
    accept(of(number, "business"), by=officer("market"), now=now)
    grant(of(number, "business"), "key", by=officer("market"), now=now)
    view = case(number, by=xiaoman, now=now)
    assert view.may_rate
    assert view.procedures[0].licence is not None
    assert {item.evidence: item.ready for item in view.evidence}["business-licence"]
    withdraw(number, by=xiaoman, now=now)
    view = case(number, by=xiaoman, now=now)
    assert (view.state, view.latest, view.can_withdraw) == ("done", None, False)


@pytest.mark.django_db
def test_only_who_runs_it_sees_it(
    number: str, xiaoman: Actor, qiushi: Actor, clerk: Actor, officer: Callable[[str], Actor], now: datetime
) -> None:
    for other in (qiushi, clerk, officer("market")):
        with pytest.raises(NotFound):
            case(number, by=other, now=now)
        assert cases_of(other).rows == ()
    assert not Look.objects.exists()
    Case.objects.filter(number=number).update(walk_in=True, hall=clerk.hall, account=None)
    case(number, by=clerk, now=now)
    assert Look.objects.get().subject == xiaoman.person
    assert cases_of(clerk).rows[0].applicant == "王**"
    assert cases_of(xiaoman).rows[0].applicant == "王小满", "his own, also without having submitted it himself"


@pytest.mark.django_db
def test_lists_go_on_where_they_ended(xiaoman: Actor, ready: Ready, now: datetime) -> None:
    for n in range(5):
        submit(ready(xiaoman), f"key-{n}", by=xiaoman, now=now + timedelta(minutes=n))
    page = cases_of(xiaoman, limit=3)
    behind = cases_of(xiaoman, before=page.older, limit=3)
    first, rest = page.rows, behind.rows
    assert [len(first), len(rest)] == [3, 2]
    assert len({row.number for row in first + rest}) == 5
    assert behind.older == ""
    assert (first[0].done, first[0].total, first[0].state) == (0, 4, "running")


@pytest.mark.django_db
def test_queries_do_not_grow(number: str, xiaoman: Actor, ready: Ready, now: datetime) -> None:
    def count(read: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            read()
        return len(queries)

    one, listed = count(lambda: case(number, by=xiaoman, now=now)), count(lambda: cases_of(xiaoman))
    assert one <= 10
    assert listed <= 3
    row = Case.objects.get(number=number)
    for n in range(10):
        EvidenceItem.objects.create(case=row, evidence=f"e{n}", party="matter", kind="upload", services=["food"])
    submit(ready(xiaoman), "key-2", by=xiaoman, now=now)
    assert count(lambda: case(number, by=xiaoman, now=now)) == one
    assert count(lambda: cases_of(xiaoman)) == listed


@pytest.mark.parametrize(
    ("states", "correction", "found"),
    [
        ([State.RECEIVED, State.GRANTED], False, "running"),
        ([State.RECEIVED, State.GRANTED], True, "correction"),
        ([State.DELIVERED, State.WITHDRAWN], True, "done"),
        ([State.WITHDRAWN], False, "withdrawn"),
        ([State.NOT_RECEIVED, State.REFUSED], False, "done"),
    ],
)
def test_a_case_is_what_its_procedures_are(states: list[State], correction: bool, found: str) -> None:
    assert case_state(states, correction_open=correction) == found


def test_the_last_day_counts_what_waits() -> None:
    services = {service.key: service for service in SERVICES}
    row = {"on_promise": False, "check_due": None, "ordered_after": [], "due": None}
    business = {**row, "service": "business", "state": "accepted", "due": date(2026, 12, 1)}
    tobacco = {**row, "service": "tobacco", "state": "waiting", "ordered_after": ["business"]}
    today, days = date(2026, 11, 24), Calendar()
    assert latest_day([business], services, {}, days, today) == date(2026, 12, 1)
    assert latest_day([business, tobacco], services, {}, days, today) == date(2026, 12, 8)
    assert latest_day([], services, {}, days, today) is None
