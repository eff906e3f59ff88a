"""The cheapest set of levers with which nobody comes more often than the target: proved to be the cheapest.

Levers never make anybody come more often (core/levers). So for an applicant who still comes too often, the levers can
be pulled one after the other as long as that does not help him; of those that are left, every sufficient set has one.
The cheapest set that has one of each such row is a lower bound; where it suffices for everybody, it is the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from onevisit.core.levers.model import Lever
from onevisit.core.reforming.pulled import Applicant, Keys, Pulled

BOTH = (False, True)


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The answer: what to pull, or who cannot be helped."""

    keys: Keys | None  # None: no set of levers reaches the target,
    helpless: Applicant | None  # for him it is out of reach
    cost: Decimal  # yuan in the first year, by estimate; of the best set known where `over` is set
    over: bool  # the cheapest set costs more than the budget: its exact cost is not known
    rows: tuple[Keys, ...]  # of each, one change at least is needed
    met: tuple[Applicant, ...]  # who came too often on the way
    rounds: int


def cost_of(lever: Lever) -> Decimal:
    """What a lever costs in its first year, in yuan, by the office's own estimate."""
    return lever.cost.amount + (lever.yearly_cost.amount if lever.yearly_cost else Decimal(0))


def cheapest(
    event: Pulled,
    costs: Mapping[str, Decimal],
    target: int,
    *,
    budget: Decimal | None = None,
    channels: tuple[bool, ...] = BOTH,
) -> Cheapest:
    """The cheapest changes with which nobody comes more than `target` times, online or walking in.

    `costs`: yuan of each change. `budget`: give up when it is proved that the cheapest costs more. Raises `Undecided`.
    """
    chooser = _Chooser(costs)
    met: list[Applicant] = []
    rounds = 0
    while True:
        rounds += 1
        keys = chooser.cheapest()
        cost = sum((costs[key] for key in keys), Decimal(0))
        if budget is not None and cost > budget:
            return Cheapest(None, None, cost, True, tuple(chooser.rows), tuple(met), rounds)
        worse = next((one for one in met if event.visits(keys, one) > target), None)
        worse = worse or event.worse_than(target, keys, channels)
        if worse is None:
            return Cheapest(keys, None, cost, False, tuple(chooser.rows), tuple(met), rounds)
        met = [worse, *(one for one in met if one is not worse)]
        row = needed_by(event, worse, target, keys, costs)
        if not row:
            return Cheapest(None, worse, Decimal(0), False, tuple(chooser.rows), tuple(met), rounds)
        chooser.add(row)


def needed_by(event: Pulled, applicant: Applicant, target: int, keys: Keys, costs: Mapping[str, Decimal]) -> Keys:
    """Changes of which he needs one at least; none if all together do not help him.

    As many others as possible are made without helping him: in halves, as most of them do nothing for him.
    """
    made = keys
    ahead = [sorted(event.keys - keys, key=lambda key: (costs[key], key))]
    while ahead:
        some = ahead.pop()
        more = made | set(some)
        if event.visits(more, applicant) > target:
            made = more
        elif len(some) > 1:
            half = len(some) // 2
            ahead += [some[half:], some[:half]]
    return event.keys - made


class _Chooser:
    """The cheapest changes that have one of each row (weighted hitting set, by MaxSAT)."""

    def __init__(self, costs: Mapping[str, Decimal]) -> None:
        self.rows: list[Keys] = []
        self._names = dict(enumerate(sorted(costs), start=1))
        self._numbers = {key: n for n, key in self._names.items()}
        wanted = WCNF()
        for n, key in self._names.items():
            fen = int(costs[key] * 100)
            wanted.append([-n], weight=fen + 1)  # of sets that cost the same, the smaller
        self._solver = RC2(wanted)

    def add(self, row: Keys) -> None:
        """One more row."""
        self.rows.append(row)
        self._solver.add_clause([self._numbers[key] for key in sorted(row)])

    def cheapest(self) -> Keys:
        """The cheapest levers."""
        model = self._solver.compute()
        return frozenset(self._names[n] for n in model if n in self._names)


@dataclass(frozen=True, slots=True)
class Within:
    """The best that a budget buys: the lowest number of visits, and the cheapest levers that reach it."""

    target: int
    answer: Cheapest


def best_within(
    event: Pulled,
    costs: Mapping[str, Decimal],
    budget: Decimal,
    *,
    least: int = 0,
    channels: tuple[bool, ...] = BOTH,
) -> Within:
    """The lowest number of visits of the worst-off person that the budget buys. Raises `Undecided`.

    From `least` upwards: the first that costs no more than the budget. Doing nothing costs nothing, so there is one.
    """
    target = least
    while True:
        answer = cheapest(event, costs, target, budget=budget, channels=channels)
        if answer.keys is not None:
            return Within(target, answer)
        target += 1
