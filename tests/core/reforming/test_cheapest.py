"""The cheapest levers against every set of levers, and what a budget buys: of one event, and of several at once."""

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from onevisit.catalogue.levers import Reform, read_levers
from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.reforming.cheapest import BOTH, Cheapest, cheapest, cost_of, within
from onevisit.core.reforming.pulled import Keys, Pulled, pulled

FEW = 5  # levers, so that each set of them can be proved
SLUGS = ["newborn", "open-restaurant", "sell-home"]
NOTHING: Keys = frozenset()


@pytest.fixture(scope="module")
def reforms() -> dict[str, Reform]:
    folder = Path(ROOT) / "content"
    return read_levers(folder, read_content(folder))


def some(reform: Reform, seed: int, few: int = FEW) -> tuple[Pulled, dict[str, Decimal]]:
    """The event before reforms with a few of its levers; all others are pulled, so that these matter."""
    chosen = random.Random(seed).sample([lever.key for lever in reform.levers], few)
    rest = [lever.key for lever in reform.levers if lever.key not in chosen]
    levers = {lever.key: lever for lever in reform.levers}
    assert reform.illustration is not None
    whole = pulled(reform.illustration.event, levers)
    costs = {key: cost_of(levers[key]) for key in chosen}
    return Pulled(frozenset(chosen), lambda keys: whole.changed(keys | frozenset(rest))), costs


def worst(event: Pulled, keys: Keys) -> int:
    return event.most(keys, BOTH)


def every(keys: Keys) -> Iterator[Keys]:
    for n in range(len(keys) + 1):
        yield from map(frozenset, combinations(sorted(keys), n))


def price(keys: Keys, costs: Mapping[str, Decimal]) -> Decimal:
    return sum((costs[key] for key in keys), Decimal(0))


def alone(event: Pulled, costs: Mapping[str, Decimal], target: int) -> Cheapest:
    return cheapest({"it": event}, costs, target)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_cheapest_of_every_set(slug: str, seed: int, reforms: dict[str, Reform]) -> None:
    event, costs = some(reforms[slug], seed)
    numbers = {keys: worst(event, keys) for keys in every(event.keys)}
    for target in sorted(set(numbers.values())):
        answer = alone(event, costs, target)
        assert answer.cost == min(price(keys, costs) for keys, number in numbers.items() if number <= target)
        assert answer.proved
        assert numbers[answer.keys] <= target
    lowest = min(numbers.values())
    if lowest:
        assert alone(event, costs, lowest - 1).helpless["it"] is not None


@pytest.mark.parametrize("slug", SLUGS)
def test_a_budget_buys_the_lowest_number_that_it_can(slug: str, reforms: dict[str, Reform]) -> None:
    event, costs = some(reforms[slug], 1)
    numbers = {keys: worst(event, keys) for keys in every(event.keys)}
    total = sum(costs.values(), Decimal(0))
    for budget in (Decimal(0), total / 3, total, Decimal("1e30")):
        bought = min(number for keys, number in numbers.items() if price(keys, costs) <= budget)
        least = min(price(keys, costs) for keys, number in numbers.items() if number == bought)
        found = within({"it": event}, costs, budget, {"it": Decimal(1)})
        assert (found.visits, found.bound, found.answer.cost, found.answer.proved) == (bought, bought, least, True)


class Several:
    """A few levers of each event, some of them shared, and how often anybody comes with each set of them."""

    def __init__(self, reforms: dict[str, Reform], seed: int) -> None:
        chance = random.Random(seed)
        self.events: dict[str, Pulled] = {}
        self.costs: dict[str, Decimal] = {}
        self.worst: dict[str, dict[Keys, int]] = {}
        for slug in SLUGS:
            event, costs = some(reforms[slug], seed, 3)
            shared, *own = sorted(costs, key=lambda key: chance.random())
            names = {"shared": shared, **{f"{slug}/{key}": key for key in own}}
            self.costs |= {name: costs[key] + chance.choice([0, 10_000]) for name, key in names.items()}
            self.events[slug] = one = Pulled(
                frozenset(names),
                lambda keys, event=event, names=names: event.changed(frozenset(names[key] for key in keys)),
            )
            self.worst[slug] = {keys: worst(one, keys) for keys in every(one.keys)}

    def visits(self, slug: str, keys: Keys) -> int:
        return self.worst[slug][keys & self.events[slug].keys]


@pytest.mark.parametrize("seed", range(6))
def test_several_events_reach_a_target_for_the_least_money_together(seed: int, reforms: dict[str, Reform]) -> None:
    all_of = Several(reforms, seed)
    target = random.Random(seed).randint(1, 3)
    answer = cheapest(all_of.events, all_of.costs, target)
    able = [slug for slug in SLUGS if all_of.visits(slug, frozenset(all_of.costs)) <= target]
    assert answer.helpless.keys() == set(SLUGS) - set(able)
    enough = [
        keys for keys in every(frozenset(all_of.costs)) if all(all_of.visits(slug, keys) <= target for slug in able)
    ]
    assert answer.keys in enough
    assert answer.cost == answer.bound == min(price(keys, all_of.costs) for keys in enough)
    assert all(row.keys & answer.keys for row in answer.needed)


@pytest.mark.parametrize("seed", range(6))
def test_one_budget_buys_the_fewest_visits_of_a_year_over_several_events(seed: int, reforms: dict[str, Reform]) -> None:
    all_of = Several(reforms, seed)
    chance = random.Random(seed)
    demand = {slug: Decimal(chance.choice([0, 300, 900, 4000])) for slug in SLUGS}

    def year(keys: Keys) -> Decimal:
        return sum((demand[slug] * all_of.visits(slug, keys) for slug in SLUGS), Decimal(0))

    sets = list(every(frozenset(all_of.costs)))
    for part in ("0", "0.25", "0.6"):
        budget = sum(all_of.costs.values(), Decimal(0)) * Decimal(part)
        bought = [keys for keys in sets if price(keys, all_of.costs) <= budget]
        fewest = min(map(year, bought))
        least = min(price(keys, all_of.costs) for keys in bought if year(keys) == fewest)
        found = within(all_of.events, all_of.costs, budget, demand)
        assert (found.visits, found.bound, year(found.answer.keys)) == (fewest, fewest, fewest)
        assert (found.answer.cost, found.answer.proved) == (least, True)
        assert all(all_of.visits(slug, found.answer.keys) <= aim for slug, aim in found.answer.reached.items())


@pytest.mark.parametrize("slug", SLUGS)
def test_every_unreformed_event_is_taken_to_one_visit(slug: str, reforms: dict[str, Reform]) -> None:
    reform = reforms[slug]
    levers = {lever.key: lever for lever in reform.levers}
    assert reform.illustration is not None
    event = pulled(reform.illustration.event, levers)
    answer = alone(event, {key: cost_of(lever) for key, lever in levers.items()}, 1)
    assert answer.keys
    assert worst(event, answer.keys) == 1
    for key in answer.keys:
        assert worst(event, answer.keys - {key}) > 1, f"{key} is not needed"
