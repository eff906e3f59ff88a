"""The cheapest levers against every set of levers, and what a budget buys, on the events as they were before."""

import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from onevisit.catalogue.levers import Reform, read_levers
from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.planning.options import Context
from onevisit.core.proving.search import Search
from onevisit.core.reforming.cheapest import best_within, cheapest, cost_of
from onevisit.core.reforming.pulled import Pulled, pulled

FEW = 5  # levers, so that each set of them can be proved


@pytest.fixture(scope="module")
def reforms() -> dict[str, Reform]:
    folder = Path(ROOT) / "content"
    return read_levers(folder, read_content(folder))


def some(reform: Reform, seed: int) -> tuple[Pulled, dict[str, Decimal]]:
    """The event before reforms with a few of its levers; all others are pulled, so that these matter."""
    chosen = random.Random(seed).sample([lever.key for lever in reform.levers], FEW)
    rest = [lever.key for lever in reform.levers if lever.key not in chosen]
    levers = {lever.key: lever for lever in reform.levers}
    assert reform.illustration is not None
    whole = pulled(reform.illustration.event, levers)
    costs = {key: cost_of(levers[key]) for key in chosen}
    return Pulled(frozenset(chosen), lambda keys: whole.changed(keys | frozenset(rest))), costs


def worst(event: Pulled, keys: frozenset[str]) -> int:
    found = [Search(event.graph(keys), Context(walk_in)).run() for walk_in in (False, True)]
    return max(one.worst for one in found if one is not None)


def every(event: Pulled) -> Iterator[frozenset[str]]:
    for n in range(len(event.keys) + 1):
        yield from map(frozenset, combinations(sorted(event.keys), n))


@pytest.mark.parametrize("slug", ["newborn", "open-restaurant", "sell-home"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_cheapest_of_every_set(slug: str, seed: int, reforms: dict[str, Reform]) -> None:
    event, costs = some(reforms[slug], seed)
    numbers = {keys: worst(event, keys) for keys in every(event)}
    for target in sorted(set(numbers.values())):
        answer = cheapest(event, costs, target)
        prices = [sum((costs[key] for key in keys), Decimal(0)) for keys, number in numbers.items() if number <= target]
        assert answer.cost == min(prices)
        assert numbers[answer.keys or frozenset()] <= target
    lowest = min(numbers.values())
    if lowest:
        assert cheapest(event, costs, lowest - 1).helpless is not None


def test_a_budget_buys_the_lowest_number_that_it_can(reforms: dict[str, Reform]) -> None:
    event, costs = some(reforms["newborn"], 1)
    numbers = {keys: worst(event, keys) for keys in every(event)}
    total = sum(costs.values(), Decimal(0))
    for budget in (Decimal(0), total / 3, total):
        bought = min(number for keys, number in numbers.items() if sum(costs[key] for key in keys) <= budget)
        found = best_within(event, costs, budget)
        assert found.target == bought
        assert found.answer.cost <= budget


@pytest.mark.parametrize("slug", ["newborn", "open-restaurant", "sell-home"])
def test_every_unreformed_event_is_taken_to_one_visit(slug: str, reforms: dict[str, Reform]) -> None:
    reform = reforms[slug]
    levers = {lever.key: lever for lever in reform.levers}
    assert reform.illustration is not None
    event = pulled(reform.illustration.event, levers)
    answer = cheapest(event, {key: cost_of(lever) for key, lever in levers.items()}, 1)
    assert answer.keys
    assert worst(event, answer.keys) == 1
    for key in answer.keys:
        assert worst(event, answer.keys - {key}) > 1, f"{key} is not needed"
