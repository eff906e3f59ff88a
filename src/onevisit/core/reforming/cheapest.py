"""The cheapest changes with which nobody comes more often than the target; or the most that a budget buys. Both proved.

Of one event, or of several at once: a change that several share is paid once. Changes never make anybody come more
often (core/levers). So for an applicant who still comes too often, the changes can be made one after the other as long
as that does not help him; of those that are left, every sufficient set has one. The cheapest set that has one of each
such row is a lower bound; where it suffices for everybody, it is the answer.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from onevisit.core.levers.model import Lever
from onevisit.core.reforming.hitting import Aims, Chooser, Chosen, weighted
from onevisit.core.reforming.pulled import Applicant, Keys, Pulled

BOTH = (False, True)
NOTHING: Keys = frozenset()
SPARE = 4  # one part in so many of the time is kept to find something good where the best is not found
Left = Callable[[], float]  # seconds that are left


@dataclass(frozen=True, slots=True)
class Row:
    """To come down to so many visits, the event needs one of these changes."""

    event: str
    visits: int
    keys: Keys


@dataclass(frozen=True, slots=True)
class Cheapest:
    """What to change, and how much is proved of it."""

    keys: Keys  # with these nobody of an event comes more often
    reached: Aims  # than so: proved
    helpless: Mapping[str, Applicant]  # by event: who comes more often than the target with all changes made
    cost: Decimal  # yuan in the first year, by estimate
    bound: Decimal  # nothing that does as much costs less: proved
    known: tuple[Row, ...]

    @property
    def proved(self) -> bool:
        """Whether nothing is cheaper."""
        return self.cost == self.bound

    @property
    def needed(self) -> tuple[Row, ...]:
        """Of each of these, one change at least is needed."""
        return tuple(row for row in self.known if row.visits >= self.reached.get(row.event, row.visits + 1))


@dataclass(frozen=True, slots=True)
class Within:
    """The fewest visits a year that a budget buys, and the cheapest changes that do it."""

    answer: Cheapest
    visits: Decimal  # demand times the visits of the worst-off person, over all events
    bound: Decimal  # no changes within the budget make it fewer: proved

    @property
    def proved(self) -> bool:
        """Whether no changes within the budget make it fewer."""
        return self.visits == self.bound


def cost_of(lever: Lever) -> Decimal:
    """What a lever costs in its first year, in yuan, by the office's own estimate."""
    return lever.cost.amount + (lever.yearly_cost.amount if lever.yearly_cost else Decimal(0))


def forever() -> float:
    """No limit of time."""
    return math.inf


def cheapest(events: Mapping[str, Pulled], costs: Mapping[str, Decimal], target: int, left: Left = forever) -> Cheapest:
    """The cheapest changes with which nobody comes more than `target` times, online or walking in.

    `costs`: yuan of each change. An event that all changes together do not bring to the target is left out, and told.
    When the time is up: the best that was found, with what is proved of it. Raises `Undecided`.
    """
    turns = _Turns(events, costs, dict.fromkeys(events, target + 1), left)
    helpless = {name: one for name, event in events.items() if (one := event.worse_than(target, event.keys, BOTH))}
    aims = {name: target for name in events if name not in helpless}
    best = turns.settled(lambda seconds: turns.chooser.cheapest(seconds, aims))
    keys = best.keys if best.keys is not None and best.exact else turns.some(aims)
    return turns.answer(keys, aims, best.bound, helpless)


def within(
    events: Mapping[str, Pulled],
    costs: Mapping[str, Decimal],
    budget: Decimal,
    demand: Mapping[str, Decimal],
    left: Left = forever,
) -> Within:
    """The changes within the budget with which the worst-off people of all events come least often, weighted by demand.

    `demand`: of each event, how often it is asked for in a year. Of those that do as much, the cheapest. When the time
    is up: the best that was found, with what is proved of it. Raises `Undecided`.
    """
    most = {name: event.most(NOTHING, BOTH) for name, event in events.items()}
    turns = _Turns(events, costs, most, left)
    for name, event in events.items():
        if lowest := event.most(event.keys, BOTH):
            turns.chooser.add(name, lowest - 1, NOTHING)  # out of reach, whatever is changed
    best = turns.settled(lambda seconds: turns.chooser.fewest(seconds, budget, demand))
    keys = best.keys or NOTHING
    if not best.exact:
        reached = {name: event.most(keys & event.keys, BOTH) for name, event in events.items()}
        return Within(turns.answer(keys, reached, Decimal(0)), weighted(reached, demand), best.bound)
    visits = best.bound
    cheap = turns.settled(lambda seconds: turns.chooser.cheapest_for(seconds, demand, visits))
    done = cheap if cheap.exact else best
    return Within(turns.answer(done.keys or NOTHING, done.aims, cheap.bound), visits, visits)


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


class _Turns:
    """By turns: what is best by the rows so far, and somebody of any event for whom that is not enough."""

    def __init__(self, events: Mapping[str, Pulled], costs: Mapping[str, Decimal], most: Aims, left: Left) -> None:
        self.events, self.costs, self.left = events, costs, left
        self.chooser = Chooser(costs, most)
        self._spare = left() / SPARE if math.isfinite(left()) else 0.0
        self._met: dict[str, list[Applicant]] = {name: [] for name in events}
        self._proved: set[tuple[str, int, Keys]] = set()

    def settled(self, ask: Callable[[float], Chosen]) -> Chosen:
        """What is best, exact if it is enough for everybody; else, when the time is up, with the best bound known."""
        best = Chosen(None, {}, Decimal(0), False)
        while (seconds := self.left() - self._spare) > 0:
            asked = ask(seconds)
            best = replace(asked, bound=max(best.bound, asked.bound))
            if asked.keys is None or not asked.exact:
                break
            keys = asked.keys
            if not [name for name, aim in asked.aims.items() if self._taught(name, aim, keys)]:
                return best
        return replace(best, exact=False)

    def _taught(self, name: str, aim: int, keys: Keys) -> bool:
        """Whether somebody comes more often than that; then what he needs is in the rows."""
        worse = self._worse(name, aim, keys)
        if worse is None:
            return False
        event = self.events[name]
        self.chooser.add(name, aim, needed_by(event, worse, aim, keys & event.keys, self.costs))
        return True

    def _worse(self, name: str, aim: int, keys: Keys) -> Applicant | None:
        event, met = self.events[name], self._met[name]
        own = keys & event.keys
        if aim >= self.chooser.most[name] or (name, aim, own) in self._proved:
            return None
        known = next((one for one in met if event.visits(own, one) > aim), None)
        worse = known or event.worse_than(aim, own, BOTH)
        if worse is None:
            self._proved.add((name, aim, own))
        else:
            met[:] = [worse, *(one for one in met if one is not worse)]
        return worse

    def some(self, aims: Aims) -> Keys:
        """Changes that reach the aims, as all of them do: the dearest are left out as long as there is time."""
        keys = frozenset(self.costs)
        for key in sorted(self.costs, key=lambda key: (-self.costs[key], key)):
            if self.left() <= 0:
                break
            if all(self._worse(name, aim, keys - {key}) is None for name, aim in aims.items()):
                keys -= {key}
        return keys

    def answer(self, keys: Keys, reached: Aims, bound: Decimal, helpless: Mapping[str, Applicant] = {}) -> Cheapest:
        """All of it."""
        rows = tuple(Row(name, aim, row) for (name, aim), some in self.chooser.rows.items() for row in some)
        cost = sum((self.costs[key] for key in keys), Decimal(0))
        return Cheapest(keys, reached, helpless, cost, bound, rows)
