"""Replays: asked for once at a time, computed by the worker in slices, logged, and said when they fail."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from onevisit.catalogue.levers import read_levers
from onevisit.catalogue.load import read_content
from onevisit.insight import actions, queries
from onevisit.insight.actions import advancing
from onevisit.insight.errors import (
    CountWrong,
    FirstDayWrong,
    LastDayWrong,
    LeversMissing,
    NoCases,
    NotInForce,
    OnlyReformOffice,
    OnlySynthetic,
    ReplayOver,
    SourceMissing,
    StillRunning,
    TooManyCases,
)
from onevisit.insight.models import Replay
from onevisit.insight.replaying.changes import Change
from onevisit.insight.rules import asking
from onevisit.insight.tasks import replay
from onevisit.insight.values import ReplayView
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id
from onevisit.people.models import Look
from tests.fixtures.content import REGION
from tests.fixtures.people import actor
from tests.insight.conftest import SEAL
from tests.office.filing import file_case

pytestmark = pytest.mark.django_db
BEFORE = Change("newborn", unreformed=True, levers=("courier-results", "hall-insurance"))
SYNTHETIC = {"source": "synthetic", "count": "60"}


@pytest.fixture(autouse=True)
def nothing_at_hand() -> Iterator[None]:
    advancing._runs.clear()
    yield
    advancing._runs.clear()


def worked(now: datetime, most: int = 500) -> None:
    for _ in range(most):
        if not replay(now):
            return
    raise AssertionError("it never ends")


def seen(run: UUID, now: datetime, by: Actor) -> ReplayView:
    return queries.replay(run, REGION, now, by=by, lang="zh")


def test_synthetic_applicants_from_asking_to_the_result(content: None, officer: Actor, now: datetime):
    run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    assert seen(run, now, officer).state == "waiting"
    worked(now)
    view = seen(run, now, officer)
    assert (view.state, view.done, view.total) == ("done", 60, 60)
    result = view.result
    assert result is not None
    assert result["applicants"] == 60
    assert sum(result["verdicts"].values()) == 60  # type: ignore[attr-defined]
    assert result["verdicts"]["better"] > 0  # type: ignore[index]
    keys = [line["key"] for line in result["proofs"]]  # type: ignore[attr-defined]
    assert "online" in keys
    assert (view.before, view.after) == (result["snapshots"]["before"], result["snapshots"]["after"])  # type: ignore[index]
    assert not Look.objects.exists()
    english = queries.replay(run, REGION, now, by=officer, lang="en").result
    assert english is not None
    assert english["name"] != result["name"]


def test_the_same_seed_draws_the_same(content: None, officer: Actor, now: datetime):
    found = []
    for _ in range(2):
        run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
        worked(now)
        found.append(seen(run, now, officer).result)
    assert found[0] == found[1]


def test_it_goes_on_in_slices(content: None, officer: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(advancing, "SLICE", 0.0)
    run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    progress = []
    for _ in range(4):
        replay(now)
        progress.append(seen(run, now, officer).done)
    assert progress == [0, 25, 50, 60]  # the proofs first


def past(now: datetime) -> dict[str, str]:
    return {"source": "past", "first_day": str(now.date()), "last_day": str(now.date())}


@pytest.fixture
def levers(content: None) -> Change:
    """A lever of the restaurant as it is in force."""
    folder = Path(settings.CONTENT)
    for lever in read_levers(folder, read_content(folder))["open-restaurant"].levers:
        change = Change("open-restaurant", unreformed=False, levers=(lever.key,))
        sides = queries.change_of(change).sides
        if sides.before != sides.after:
            return change
    raise AssertionError("no lever changes anything")


def test_past_cases_are_looked_at_and_that_is_recorded(
    accounts, register, levers: Change, officer: Actor, now: datetime
):
    who = actor(accounts["xiaoman"])
    file_case(who, now)
    run = actions.start_replay(levers, past(now), by=officer, now=now)
    assert seen(run, now, officer).total == 1
    worked(now)
    view = seen(run, now, officer)
    assert (view.state, view.done, view.past) == ("done", 1, True)
    looks = list(Look.objects.filter(account=officer.account).order_by("pk"))
    assert [one.subject for one in looks] == [None, who.person]
    assert "open-restaurant 1" in looks[0].what
    assert looks[0].name == "赵改革"
    assert any(view.result["examples"].values())  # type: ignore[index]
    other = Actor(new_id(), None, None, "钱改革", Role.REFORM)
    assert seen(run, now, other).result["examples"] == {}  # type: ignore[index]
    assert "王小满" not in str(Replay.objects.get(pk=run).result)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({}, SourceMissing),
        ({"source": "synthetic", "count": "0"}, CountWrong),
        ({"source": "synthetic", "count": "10,001"}, CountWrong),
        ({"source": "synthetic", "count": "many"}, CountWrong),
        ({"source": "past", "first_day": "？", "last_day": "2026-11-24"}, FirstDayWrong),
        ({"source": "past", "first_day": "2026-11-24", "last_day": "2026-11-23"}, LastDayWrong),
        ({"source": "past", "first_day": "2020-01-01", "last_day": "2020-12-31"}, NoCases),
    ],
)
def test_what_is_refused(levers: Change, officer: Actor, now: datetime, typed, refused: type[Exception]):
    with pytest.raises(refused):
        actions.start_replay(levers, typed, by=officer, now=now)
    assert not Replay.objects.exists()


def test_changes_that_cannot_be_replayed(content: None, mend, officer: Actor, now: datetime):
    def start(change: Change, typed=SYNTHETIC, by: Actor = officer) -> None:
        actions.start_replay(change, typed, by=by, now=now)

    with pytest.raises(OnlySynthetic):
        start(BEFORE, past(now))
    with pytest.raises(LeversMissing):
        start(Change("newborn", unreformed=True, levers=("nothing-such",)))
    with pytest.raises(OnlyReformOffice):
        start(BEFORE, by=Actor(new_id(), None, None, "周窗口", Role.CLERK))
    mend(SEAL, ("promise: {amount: 1,", "promise: {amount: 2,"), now=now + timedelta(hours=1))
    with pytest.raises(NotInForce):
        start(Change("open-restaurant", unreformed=False, levers=("x",)))


def test_too_many_cases(accounts, register, levers, officer: Actor, now: datetime, monkeypatch):
    file_case(actor(accounts["xiaoman"]), now)
    monkeypatch.setattr("onevisit.insight.actions.replays.MOST", 0)
    with pytest.raises(TooManyCases):
        actions.start_replay(levers, past(now), by=officer, now=now)


def test_one_at_a_time_for_each_and_it_can_be_stopped(content: None, officer: Actor, now: datetime):
    run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    with pytest.raises(StillRunning):
        actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    other = Actor(new_id(), None, None, "钱改革", Role.REFORM)
    actions.start_replay(BEFORE, SYNTHETIC, by=other, now=now)
    with pytest.raises(ReplayOver):
        actions.stop_replay(run, by=other, now=now)
    actions.stop_replay(run, by=officer, now=now)
    with pytest.raises(ReplayOver):
        actions.stop_replay(run, by=officer, now=now)
    actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    worked(now)
    assert sorted(one.state for one in queries.replays(REGION, now, by=officer)) == ["done", "done", "stopped"]


def test_stopped_while_it_is_computed(content: None, officer: Actor, now: datetime, monkeypatch):
    monkeypatch.setattr(advancing, "SLICE", 0.0)
    run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    replay(now)
    actions.stop_replay(run, by=officer, now=now)
    worked(now)
    assert seen(run, now, officer).state == "stopped"


def test_a_worker_that_died_is_said_and_keeps_nobody_waiting(content: None, officer: Actor, now: datetime, monkeypatch):
    monkeypatch.setattr(advancing, "SLICE", 0.0)
    run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    replay(now)
    advancing._runs.clear()  # as its process ends
    assert seen(run, now + asking.LOST, officer).state == "running"
    later = now + asking.LOST + timedelta(seconds=1)
    assert seen(run, later, officer).state == "failed"  # also when no worker is left to say so
    again = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=later)
    worked(later)
    assert (seen(run, later, officer).state, seen(again, later, officer).state) == ("failed", "done")


def test_nobody_takes_it_up(content: None, officer: Actor, now: datetime):
    run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    assert not seen(run, now, officer).late
    assert seen(run, now + timedelta(minutes=3), officer).late


def test_the_catalogue_moves_meanwhile(content: None, officer: Actor, now: datetime):
    run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    Replay.objects.update(after="other")
    worked(now)
    view = seen(run, now, officer)
    assert view.state == "failed"
    assert view.failure is not None
    assert (view.failure.zh[:4], "catalogue" in view.failure.of("en")) == ("从您发起", True)


def test_what_breaks_off_is_failed(content: None, officer: Actor, now: datetime, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(advancing, "_slice", broken)
    run = actions.start_replay(BEFORE, SYNTHETIC, by=officer, now=now)
    worked(now)
    view = seen(run, now, officer)
    assert (view.state, view.failure) == ("failed", None)
    assert "broke off" in caplog.text
