"""The number of visits that plans promise, checked from outside: real cases, real actions, trips chosen day by day."""

import random
from collections.abc import Callable, Iterator

import pytest

from onevisit.catalogue import queries
from tests.walker.chance import walk_by_chance
from tests.walker.events import WALKS
from tests.walker.faults import FAULTS, needless_split
from tests.walker.walking import FewerVisits, MoreVisits, keeps_its_promise, promises_the_least, stroll
from tests.walker.world import World, world

pytestmark = pytest.mark.django_db
SEEDS = 4
PACES: dict[str, Callable[[int, int], int]] = {
    "as quick as may be": lambda least, most: least,
    "by chance": random.Random(7).randint,
}


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    queries.forget()


def promised(of: World) -> tuple[int, int]:
    count = of.plan.count
    assert count.worst.exact
    assert count.total.exact
    return count.worst.high, count.total.high


@pytest.mark.parametrize("name", WALKS)
def test_the_promised_number_is_reached_and_never_beaten(name: str) -> None:
    walk = WALKS[name]()
    made = world(walk, f"walker-{name}")
    number = promised(made)
    assert number == (walk.worst, walk.total)
    keeps_its_promise(made, number)
    promises_the_least(made, number)
    walked = [stroll(made, random.Random(seed)) for seed in range(SEEDS)]
    assert all(one is None or one >= number for one in walked), walked
    assert any(walked), "not all got lost"


@pytest.mark.parametrize("name", WALKS)
@pytest.mark.parametrize("pace", PACES)
def test_whatever_the_pace_of_officers_within_their_promise(name: str, pace: str) -> None:
    walk = WALKS[name]()
    made = world(walk, f"walker-{name}")
    made.hurry(PACES[pace])
    keeps_its_promise(made, promised(made))
    if not walk.windows and pace == "by chance":
        promises_the_least(made, promised(made))


@pytest.mark.parametrize("seed", range(6))
def test_events_by_chance(seed: int) -> None:
    walk = walk_by_chance(seed)
    made = world(walk, f"walker-chance-{seed}")
    assert promised(made) == (walk.worst, walk.total)
    keeps_its_promise(made, promised(made))
    promises_the_least(made, promised(made))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_the_planner_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, name = FAULTS[fault]
    walk = WALKS[name]()
    plant(monkeypatch)
    made = world(walk, f"walker-{fault}")
    monkeypatch.undo()
    assert promised(made) < (walk.worst, walk.total), "the fault is in"
    with pytest.raises(MoreVisits):
        keeps_its_promise(made, promised(made))


def test_a_visit_too_many_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    needless_split(monkeypatch)
    made = world(WALKS["collect_while_you_wait"](), "walker-too-many")
    monkeypatch.undo()
    assert promised(made) == (2, 2)
    with pytest.raises(FewerVisits):
        promises_the_least(made, promised(made))
