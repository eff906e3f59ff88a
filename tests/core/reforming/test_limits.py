"""Many changes of one price, and the limit of time: an answer in seconds, and never more claimed than is proved."""

import random
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from onevisit.catalogue.levers import Reform, read_levers
from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.reforming.cheapest import BOTH, cheapest, cost_of, within
from onevisit.core.reforming.hitting import Chooser
from onevisit.core.reforming.pulled import Pulled, Undecided, pulled
from onevisit.core.reforming.rules import rules_of
from onevisit.core.reforming.without import Without
from tests.core.proving.test_bad_input import undecided_event

ONE = Decimal(1)


@pytest.fixture(scope="module")
def home() -> Reform:
    folder = Path(ROOT) / "content"
    return read_levers(folder, read_content(folder))["sell-home"]


@pytest.fixture
def levers(home: Reform) -> tuple[Pulled, dict[str, Decimal]]:
    own = {lever.key: lever for lever in home.levers}
    assert home.illustration is not None
    return pulled(home.illustration.event, own), {key: cost_of(lever) for key, lever in own.items()}


def seconds(number: float) -> Callable[[], float]:
    end = time.monotonic() + number
    return lambda: end - time.monotonic()


def answers(number: int) -> Callable[[], float]:
    """Time that is up after it was asked for so often: the same on every machine."""
    asked = iter(range(number))
    return lambda: 1000.0 if next(asked, None) is not None else 0.0


def test_sixty_changes_of_one_price_are_settled_in_seconds(home: Reform) -> None:
    assert home.illustration is not None
    rules = {rule.key: rule for rule in rules_of(home.illustration.event)}
    event = Without(home.illustration.event, rules)
    assert len(event.keys) >= 60
    answer = cheapest({"it": event}, dict.fromkeys(event.keys, ONE), 1, seconds(60))
    assert answer.proved
    assert answer.cost == len(answer.keys)
    assert event.worse_than(1, answer.keys, BOTH) is None


def test_sixty_changes_of_one_price_where_nothing_can_be_proved_in_time_have_a_bound() -> None:
    chance = random.Random(1)
    chooser = Chooser(dict.fromkeys(map(str, range(60)), ONE), {"it": 1})
    rows = [frozenset(map(str, chance.sample(range(60), 8))) for _ in range(300)]
    for row in rows:
        chooser.add("it", 0, row)
    start = time.monotonic()
    found = chooser.cheapest(2, {"it": 0})
    assert time.monotonic() - start < 8
    assert found.keys is not None
    assert all(row & found.keys for row in rows)
    assert not found.exact
    assert 8 < found.bound < len(found.keys)


def test_when_the_time_is_up_the_best_found_and_the_bound_are_told(levers: tuple[Pulled, dict[str, Decimal]]) -> None:
    event, costs = levers
    best = cheapest({"it": event}, costs, 1)
    assert best.proved
    bounds = []
    for turns in (2, 6, 10):
        found = cheapest({"it": event}, costs, 1, answers(turns))
        assert not found.proved
        assert found.bound < best.cost <= found.cost
        assert event.most(found.keys, BOTH) <= 1
        bounds.append(found.bound)
    assert bounds == sorted(bounds)
    assert bounds[-1] > 0


def test_a_budget_too(levers: tuple[Pulled, dict[str, Decimal]]) -> None:
    event, costs = levers
    budget = Decimal(250_000)
    for turns in (2, 8, 14):
        found = within({"it": event}, costs, budget, {"it": Decimal(4000)}, answers(turns))
        assert found.answer.cost <= budget
        assert event.most(found.answer.keys, BOTH) * 4000 == found.visits
        assert found.bound <= 4 * 4000 <= found.visits  # four visits are what it buys
        assert found.proved == (found.bound == found.visits)
        assert not found.answer.proved or not found.answer.keys


def test_what_the_solver_does_not_decide_is_a_refusal() -> None:
    graph, _ = undecided_event()
    event = Pulled(frozenset(), lambda keys: graph.event, conflicts=1)
    for ask in (
        lambda: cheapest({"it": event}, {}, 0),
        lambda: within({"it": event}, {}, Decimal(0), {"it": ONE}),
    ):
        with pytest.raises(Undecided) as refused:
            ask()
        assert refused.value.code == "undecided"
        assert "不下结论" in str(refused.value)
    sure = Pulled(frozenset(), lambda keys: graph.event)
    assert cheapest({"it": sure}, {}, 0).proved
