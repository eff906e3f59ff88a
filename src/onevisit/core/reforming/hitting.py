"""The cheapest changes that have one of each row, or those that buy most within a budget: a whole-number programme.

A column for each change (made or not) and for each event and number of visits (reached or not); HiGHS solves it. All
amounts are whole numbers in the largest unit that they share, and what comes back is checked in whole numbers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
from highspy import HighsModelStatus, HighsVarType, SolutionStatus
from highspy._core import _Highs  # highspy.Highs prints a line on standard output when it is made

from onevisit.core.reforming.pulled import Keys, Undecided

Aims = Mapping[str, int]  # of each event, the most visits of anybody that are aimed at
Line = tuple[float, float, dict[int, int]]  # at least, at most, weight of each column
_BARELY = 1e-6


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is best by the rows so far."""

    keys: Keys | None  # None: no time to find any
    aims: Aims
    bound: Decimal  # nothing is less: yuan, or visits a year
    exact: bool  # the bound is reached


@dataclass(slots=True)
class Chooser:
    """Changes with their costs, events with the visits that they may come down from, and the rows known so far."""

    costs: Mapping[str, Decimal]
    most: Aims
    rows: dict[tuple[str, int], set[Keys]] = field(default_factory=dict)  # event and aim → one change of each is needed
    _columns: dict[object, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        levels = [(event, aim) for event, most in self.most.items() for aim in range(most)]
        self._columns = {name: n for n, name in enumerate((*sorted(self.costs), *levels))}

    def add(self, event: str, aim: int, row: Keys) -> None:
        """To come down to `aim` visits, the event needs one of these changes; none: it never does."""
        if aim < self.most[event]:
            self.rows.setdefault((event, aim), set()).add(row)

    def cheapest(self, seconds: float, aims: Aims) -> Chosen:
        """The cheapest changes, of these the fewest, that reach the aims."""
        found = self._cheapest(seconds, [(1, 1, {self._columns[event, aim]: 1}) for event, aim in aims.items()])
        return replace(found, aims=aims)

    def cheapest_for(self, seconds: float, demand: Mapping[str, Decimal], visits: Decimal) -> Chosen:
        """The cheapest changes, of these the fewest, with which all visits, by demand, are no more than that."""
        gains, unit = self._gains(demand)
        return self._cheapest(seconds, [(math.ceil((self._visits(demand) - visits) / unit), math.inf, gains)])

    def _cheapest(self, seconds: float, lines: list[Line]) -> Chosen:
        unit = _unit(self.costs.values())
        more = len(self.costs) + 1
        prices = {self._columns[key]: int(cost / unit) * more + 1 for key, cost in self.costs.items()}
        values, bound, exact = self._solved(prices, lines, seconds)
        below = Decimal(max(bound, 0) // more) * unit
        if values is None:
            return Chosen(None, self.most, below, False)
        found = self._keys(values)
        cost = sum((self.costs[key] for key in found), Decimal(0))
        return Chosen(found, self._aims(values), cost if exact else below, exact)

    def fewest(self, seconds: float, budget: Decimal, demand: Mapping[str, Decimal]) -> Chosen:
        """The changes with which the events have the fewest visits in all, weighted by demand, within the budget."""
        unit = _unit(self.costs.values())
        spent = {self._columns[key]: int(cost / unit) for key, cost in self.costs.items()}
        most = int(min(budget, sum(self.costs.values(), Decimal(0))) // unit)
        gains, saved = self._gains(demand)
        losses = {column: -gain for column, gain in gains.items()}
        values, bound, exact = self._solved(losses, [(-math.inf, most, spent)], seconds)
        lowest = max(self._visits(demand) + bound * saved, Decimal(0))
        if values is None:
            return Chosen(None, self.most, lowest, False)
        aims = self._aims(values)
        return Chosen(self._keys(values), aims, weighted(aims, demand) if exact else lowest, exact)

    def _visits(self, demand: Mapping[str, Decimal]) -> Decimal:
        return weighted(self.most, demand)

    def _gains(self, demand: Mapping[str, Decimal]) -> tuple[dict[int, int], Decimal]:
        """What each visit that an event comes down saves, in a unit."""
        unit = _unit(demand.values())
        return {
            self._columns[event, aim]: int(demand[event] / unit)
            for event, most in self.most.items() for aim in range(most)
        }, unit  # fmt: skip

    def _keys(self, values: Sequence[int]) -> Keys:
        return frozenset(key for key in self.costs if values[self._columns[key]])

    def _aims(self, values: Sequence[int]) -> Aims:
        """Of each event, the lowest number that the solver has reached."""
        return {
            event: min((aim for aim in range(most) if values[self._columns[event, aim]]), default=most)
            for event, most in self.most.items()
        }

    def _lines(self) -> Iterable[Line]:
        for event, most in self.most.items():  # who comes once at most comes twice at most
            for aim in range(most - 1):
                yield -math.inf, 0, {self._columns[event, aim]: 1, self._columns[event, aim + 1]: -1}
        for (event, aim), rows in self.rows.items():
            for row in rows:
                yield 0, math.inf, {**{self._columns[key]: 1 for key in row}, self._columns[event, aim]: -1}

    def _solved(
        self, prices: Mapping[int, int], lines: Iterable[Line], seconds: float
    ) -> tuple[list[int] | None, int, bool]:
        """The columns' values of the least sum, a number that no sum is below, and whether the sum is that number."""
        if not self._columns:
            return [], 0, True
        every = [*self._lines(), *lines]
        highs = _programme(len(self._columns), prices, every, seconds)
        info = highs.getInfo()
        bound = math.ceil(max(info.mip_dual_bound, -sum(map(abs, prices.values()))) - _BARELY)
        if highs.getModelStatus() not in (HighsModelStatus.kOptimal, HighsModelStatus.kTimeLimit):
            raise Undecided
        if info.primal_solution_status != SolutionStatus.kSolutionStatusFeasible:
            return None, bound, False
        values = [round(value) for value in highs.getSolution().col_value]
        if any(not low <= sum(values[n] * weight for n, weight in line.items()) <= high for low, high, line in every):
            raise Undecided  # true in the solver's arithmetic only
        total = sum(values[n] * price for n, price in prices.items())
        return values, min(bound, total), total <= bound


def weighted(aims: Aims, demand: Mapping[str, Decimal]) -> Decimal:
    """Visits a year: of each event its demand times the visits of its worst-off person."""
    return sum((demand[event] * aim for event, aim in aims.items()), Decimal(0))


def _unit(amounts: Iterable[Decimal]) -> Decimal:
    """The largest amount that all are multiples of."""
    parts = [Fraction(amount) for amount in amounts if amount]
    below = math.lcm(*(part.denominator for part in parts))
    above = math.gcd(*(int(part * below) for part in parts))
    return Decimal(above or 1) / below


def _programme(columns: int, prices: Mapping[int, int], lines: Iterable[Line], seconds: float) -> _Highs:
    """Whole numbers from 0 to 1 under these lines, solved as far as the time allows."""
    highs = _Highs()
    highs.setOptionValue("output_flag", False)
    for name, value in {"threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.5, "time_limit": max(seconds, 0.0)}.items():
        highs.setOptionValue(name, value)
    for n in range(columns):
        highs.addVar(0, 1)
        highs.changeColCost(n, prices.get(n, 0))
        highs.changeColIntegrality(n, HighsVarType.kInteger)
    for low, high, line in lines:
        numbers = np.array(list(line), dtype=np.int32)
        highs.addRow(low, high, len(line), numbers, np.array(list(line.values()), dtype=np.float64))
    highs.run()
    return highs
