"""Why somebody comes more often than the target: the smallest sets of rules that make him, visit by visit.

A set is a cause where the rules in it alone, with all others removed, still cost the visit, and without any one of them
they do not. All causes of one visit are found by turns: a set of removed rules that no earlier answer decides is grown
until it would help, or shrunk as long as it does (as MARCO does with unsatisfiable sets).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pysat.solvers import Glucose4

from onevisit.core.catalogue import LifeEvent
from onevisit.core.planning.core import Core
from onevisit.core.reforming.cheapest import BOTH, needed_by
from onevisit.core.reforming.pulled import Applicant, Keys
from onevisit.core.reforming.rules import Rule, rules_of
from onevisit.core.reforming.without import Without

MANY, FEW = 3, 1  # causes told of the first visit past the target, and of each further one
NOTHING: Keys = frozenset()
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit past the target: the smallest sets of rules that cost it."""

    number: int
    causes: tuple[tuple[Rule, ...], ...]
    all_found: bool  # false: there are more


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes too often, and why."""

    applicant: Applicant
    core: Core
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """People who come more often than the target, the worst first; whoever else does, does for one of their reasons."""

    target: int
    people: tuple[Person, ...]
    helpless: bool  # whether somebody would come too often even with all rules removed


def why(event: LifeEvent, target: int, channels: tuple[bool, ...] = BOTH) -> Why:
    """Who comes more often than the target, and the causes of each visit past it. Raises `Undecided`.

    The rules that make one of them come are removed, and it is asked who still comes too often, until nobody does.
    """
    rules = {rule.key: rule for rule in rules_of(event)}
    without = Without(event, rules)
    met = [one for one in without.worst(channels) if without.visits(NOTHING, one) > target]
    gone: Keys = frozenset()
    for one in met:
        gone |= _shrunk(without, one, target)
    while (worse := without.worse_than(target, gone, channels)) is not None and without.helps(worse, target):
        met.append(worse)
        gone |= _shrunk(without, worse, target)
    people = (_person(without, one, target, fully=place == 0) for place, one in enumerate(met))
    return Why(target, tuple(people), worse is not None)


def _person(without: Without, one: Applicant, target: int, *, fully: bool) -> Person:
    """His causes; of the first person those of every visit past the target, of others those of the first such visit."""
    last = without.visits(NOTHING, one) if fully else target + 1
    visits = [_visit(without, one, number, FEW if number > target else MANY) for number in range(target, last)]
    return Person(one, without.core(NOTHING, one), tuple(visit for visit in visits if visit.causes))


def _visit(without: Without, one: Applicant, number: int, most: int) -> Visit:
    """The causes of his visit after the first `number`, at most so many."""
    found: list[tuple[Rule, ...]] = []
    for cause in _causes(without, one, number):
        if len(found) == most:
            return Visit(number + 1, tuple(found), all_found=False)
        found.append(tuple(without.rules[key] for key in sorted(cause)))
    return Visit(number + 1, tuple(found), all_found=True)


def _causes(without: Without, one: Applicant, number: int) -> Iterator[Keys]:
    """Each smallest set of rules that makes him come more than `number` times."""
    names = dict(enumerate(sorted(without.keys), start=1))
    costs = dict.fromkeys(without.keys, ONE)
    numbers = {key: n for n, key in names.items()}
    solver = Glucose4(bootstrap_with=[[n, -n] for n in names])
    while solver.solve():
        gone = frozenset(names[n] for n in solver.get_model() if n in names)
        if without.visits(gone, one) > number:
            cause = needed_by(without, one, number, gone, costs)
            if not cause:  # nothing helps him
                return
            yield cause
            solver.add_clause([numbers[key] for key in sorted(cause)])
        else:
            helps = _shrunk(without, one, number, gone)
            solver.add_clause([-numbers[key] for key in sorted(helps)])


def _shrunk(without: Without, one: Applicant, number: int, gone: Keys | None = None) -> Keys:
    """A smallest part of the removed rules (all, if not given) that brings him to `number` visits."""
    kept = without.keys if gone is None else gone
    if without.visits(kept, one) > number:
        return kept
    ahead = [sorted(kept)]
    while ahead:
        some = ahead.pop()
        if without.visits(kept - set(some), one) <= number:
            kept -= set(some)
        elif len(some) > 1:
            half = len(some) // 2
            ahead += [some[half:], some[:half]]
    return kept
