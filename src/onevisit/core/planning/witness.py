"""Facts of an applicant who is as a completion says: values that also make its comparisons of several facts true."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, product
from math import ceil

from onevisit.core.conditions import evaluate
from onevisit.core.domains import as_value, span
from onevisit.core.facts import Facts, Value, spec_of
from onevisit.core.measures import measure_of
from onevisit.core.planning.deriving import Derived
from onevisit.core.planning.graph import Classes, Graph

MOST_TRIED = 20_000  # combinations of values


def witness_of(graph: Graph, classes: Classes) -> Facts:
    """Facts of such an applicant; what several facts compare to is met by values at the ends of their classes.

    Where no such values are found, the facts that are compared are left out: the rest is true of him.
    """
    found = graph.facts_at(classes)
    for own in graph.derived:
        del found[own.key]
    if not graph.derived or _fits(graph.derived, classes, found):
        return found
    places = sorted({p for own in graph.derived for p in own.facts})
    keys = [graph.domains[p].key for p in places]
    tried = product(*(dict.fromkeys(_values(graph, p, classes[p])) for p in places))
    for values in islice(tried, MOST_TRIED):
        facts = found | dict(zip(keys, values, strict=True))
        if _fits(graph.derived, classes, facts):
            return facts
    return {key: value for key, value in found.items() if key not in keys}


def _fits(derived: tuple[Derived, ...], classes: Classes, facts: Facts) -> bool:
    return all(evaluate(own.condition, facts) is bool(classes[own.position]) for own in derived)


def _values(graph: Graph, position: int, k: int | None) -> Iterator[Value]:
    """Values of a class: the one that stands for it, some further off as the comparisons say, those at its ends."""
    domain = graph.domains[position]
    spec = spec_of(domain.key, graph.specs)
    stands = domain.values[k or 0]
    yield stands
    measure = measure_of(stands)
    if spec is None or domain.cuts is None or measure is None:
        return
    middle = Decimal(int(measure[0]))
    low, high = span(spec, domain, k or 0)
    steps = [step for own in graph.derived for step in _steps(own, position)]
    ends = [end for end in (low, high) if end is not None]
    for number in [*(middle + sign * step for step in steps for sign in (1, -1)), *ends]:
        if (low is None or low <= number) and (high is None or number <= high):
            value = as_value(spec, number)
            if domain.index(value) == (k or 0):
                yield value


def _steps(own: Derived, position: int) -> Iterator[Decimal]:
    """How far to go for the comparison to turn over, and less and more than that."""
    times = [abs(n) for n, p in zip(own.times, own.facts, strict=False) if p == position and n]
    for n in times:
        step = ceil(abs(own.constant) / n)
        yield from (Decimal(step + more) for more in (1, 0, -1))
