"""Past cases for a replay: those of the period, with no more of each than plans are made of, in few round trips."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onevisit.cases.actions import submit
from onevisit.cases.models import Case, EvidenceItem
from onevisit.cases.queries import past_cases, replaying, submitted_cases
from onevisit.exchange.actions import BREAKERS
from onevisit.people.actor import Actor
from tests.cases.intake.conftest import EVENT
from tests.fixtures.content import REGION

Ready = Callable[[Actor], UUID]
DAY = date(2026, 11, 24)
DECIDING = {"matter.kind", "matter.tobacco", "matter.never_asked"}


@pytest.fixture(autouse=True)
def closed_breakers() -> None:
    BREAKERS.clear()


@pytest.fixture
def cases(xiaoman: Actor, ready: Ready, now: datetime) -> list[UUID]:
    """Three cases of one morning, the last submitted a day later."""
    days = (0, 0, 1)
    return [submit(ready(xiaoman), f"key-{n}", by=xiaoman, now=now + timedelta(d)).case for n, d in enumerate(days)]


@pytest.mark.django_db
def test_only_what_decides_leaves_the_database(cases: list[UUID], xiaoman: Actor) -> None:
    EvidenceItem.objects.filter(case=cases[0], evidence="business-licence").update(
        kind="licence", ref="business-licence"
    )
    Case.objects.filter(pk=cases[1]).update(unavailable={"real-estate": "absent"}, walk_in=True)
    [page] = past_cases(EVENT, REGION, DAY, DAY, facts=DECIDING)
    assert [one.id for one in page] == cases[:2]
    assert {one.person for one in page} == {xiaoman.person}
    first, second = page
    assert first.facts == {"matter.kind": "sole", "matter.tobacco": True}
    assert (first.walk_in, first.unavailable, first.held) == (False, (), frozenset({"business-licence"}))
    assert (second.walk_in, second.unavailable, second.held) == (True, (("real-estate", "absent"),), frozenset())


@pytest.mark.django_db
def test_the_period_is_days_in_china(cases: list[UUID]) -> None:
    assert submitted_cases(EVENT, REGION, DAY, DAY) == 2
    assert submitted_cases(EVENT, REGION, DAY, DAY + timedelta(1)) == 3
    assert submitted_cases(EVENT, REGION, DAY - timedelta(9), DAY - timedelta(1)) == 0
    assert submitted_cases("another", REGION, DAY, DAY) == submitted_cases(EVENT, "330000", DAY, DAY) == 0
    Case.objects.filter(pk=cases[0]).update(submitted_at="2026-11-23T16:00:00Z")  # midnight there
    assert submitted_cases(EVENT, REGION, DAY, DAY) == 2
    Case.objects.filter(pk=cases[0]).update(submitted_at="2026-11-23T15:59:59Z")
    assert submitted_cases(EVENT, REGION, DAY, DAY) == 1


@pytest.mark.django_db
def test_one_round_trip_for_each_page(cases: list[UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for size in (1, 2, 3):
        monkeypatch.setattr(replaying, "PAGE", size)
        with CaptureQueriesContext(connection) as queries:
            pages = list(past_cases(EVENT, REGION, DAY, DAY + timedelta(1), facts=DECIDING))
        assert [one.id for page in pages for one in page] == cases
        found[size] = (len(pages), len(queries))
    assert found == {1: (3, 4), 2: (2, 3), 3: (1, 2)}, "and one that finds nothing any more"


@pytest.mark.django_db
def test_a_case_without_any_deciding_answer(cases: list[UUID]) -> None:
    [page] = past_cases(EVENT, REGION, DAY, DAY + timedelta(1), facts=())
    assert [one.facts for one in page] == [{}, {}, {}]
