"""The number of visits that plans promise, checked from outside: real cases, real actions, trips chosen day by day."""

import random
from collections.abc import Iterator

import pytest

from onevisit.catalogue import queries
from tests.walker.events import WALKS
from tests.walker.walking import keeps_its_promise, promises_the_least, stroll
from tests.walker.world import World, world

pytestmark = pytest.mark.django_db
SEEDS = 6


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
    for seed in range(SEEDS):
        walked = stroll(made, random.Random(seed))
        assert walked is None or walked >= number, seed


@pytest.mark.parametrize("name", WALKS)
def test_whatever_the_pace_of_officers_within_their_promise(name: str) -> None:
    walk = WALKS[name]()
    made = world(walk, f"walker-{name}")
    made.hurry(random.Random(7))
    keeps_its_promise(made, promised(made))
    if not walk.windows:
        promises_the_least(made, promised(made))
