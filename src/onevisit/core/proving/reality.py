"""Whether anybody can be as the solver says: values within the classes of facts that make comparisons of several so.

To the solver each comparison of several facts is a fact of its own (planning/deriving.py). Here it is not: a
combination that no values have is named, as small as it is quickly made, and the search leaves it out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from onevisit.core.domains import Cut, Domain, Span, as_value
from onevisit.core.facts import Facts, FactType, Value, spec_of
from onevisit.core.measures import measure_of
from onevisit.core.planning.deriving import Derived
from onevisit.core.planning.graph import Graph
from onevisit.core.proving.room import Line, NotDecided, as_decimal, is_room, values_in

Classes = tuple[int, ...]
Chosen = dict[int, int]  # position → class
MOST_UNLIKE = 6  # comparisons that two sums differ, each by less or by more
_NOT = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True, slots=True)
class Nobody:
    """Classes that nobody has together; if not `sure`, it was not decided whether anybody has."""

    together: Chosen
    sure: bool


class Reality:
    """Finds values for classes."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._units = list(_linked(graph.derived))

    def of(self, classes: Classes) -> Facts | Nobody:
        """Facts of an applicant of these classes, or which of them nobody has together."""
        facts = self.graph.facts_at(classes)
        for own in self.graph.derived:
            del facts[own.key]
        for unit in self._units:
            places = {p for own in unit for p in own.facts} | {own.position for own in unit}
            chosen = {p: classes[p] for p in sorted(places)}
            try:
                found = self._values(unit, chosen)
            except NotDecided:
                return Nobody(chosen, sure=False)
            if found is None:
                return Nobody(self._smaller(unit, chosen), sure=True)
            facts |= found
        return facts if self.graph.classify(facts) == classes else Nobody(dict(enumerate(classes)), sure=False)

    def _values(self, unit: list[Derived], chosen: Chosen) -> dict[str, Value] | None:
        """Values for the facts that are compared with each other; None if there are none."""
        domains = {p: self.graph.domains[p] for own in unit for p in own.facts}
        if any(domain.cuts is None for domain in domains.values()):
            return _texts(unit, domains, chosen)
        whole = self._whole(domains)
        wanted = {p: _measure(domain.values[chosen[p]]) for p, domain in domains.items()}
        for lines in self._systems(unit, chosen, whole):
            found = values_in(lines, whole, wanted)
            if found is not None:
                number = wanted | found
                return {domain.key: self._as_value(domain.key, number[p]) for p, domain in domains.items()}
        return None

    def _as_value(self, key: str, number: Fraction) -> Value:
        spec = spec_of(key, self.graph.specs)
        assert spec is not None  # a fact that is compared has a type
        return as_value(spec, as_decimal(number))

    def _whole(self, domains: Iterable[int]) -> frozenset[int]:
        specs = {p: spec_of(self.graph.domains[p].key, self.graph.specs) for p in domains}
        return frozenset(p for p, spec in specs.items() if spec is not None and spec.type is not FactType.DECIMAL)

    def _systems(self, unit: list[Derived], chosen: Chosen, whole: frozenset[int]) -> Iterator[list[Line]]:
        """The inequalities that say the same; one system for each way in which what differs may differ."""
        spans = {p: own_spans for own in unit for p, own_spans in zip(own.facts, own.spans, strict=True)}
        lines: list[Line] = []
        for p, own_spans in spans.items():
            lines += _bounds(self.graph.domains[p], p, own_spans, chosen.get(p), p in whole)
        unlike: list[Line] = []
        for own in unit:
            if not own.times:  # a number out of all bounds is in it
                raise NotDecided
            if own.position in chosen:
                line = Line({p: n for p, n in zip(own.facts, own.times, strict=True) if n}, own.constant)
                op = own.op if chosen[own.position] else _NOT[own.op]
                if op == "!=":
                    unlike.append(line)
                lines += _compared(line, op)
        if len(unlike) > MOST_UNLIKE:
            raise NotDecided
        for more in product(*([line.turned(strict=True), _strict(line)] for line in unlike)):
            yield [*lines, *more]

    def _smaller(self, unit: list[Derived], chosen: Chosen) -> Chosen:
        """As few of the classes as are seen at once to be impossible together."""
        if any(self.graph.domains[p].cuts is None for own in unit for p in own.facts):
            return chosen
        whole = self._whole(p for own in unit for p in own.facts)
        kept = dict(chosen)
        for p in chosen:
            fewer = {one: k for one, k in kept.items() if one != p}
            try:
                if not any(is_room(lines, whole) for lines in self._systems(unit, fewer, whole)):
                    kept = fewer
            except NotDecided:
                return kept
        return kept


def _linked(derived: Iterable[Derived]) -> Iterator[list[Derived]]:
    """Comparisons that share facts, by way of others too."""
    units: list[list[Derived]] = []
    for own in derived:
        near = [unit for unit in units if any(set(own.facts) & set(other.facts) for other in unit)]
        units = [unit for unit in units if unit not in near]
        units.append([*(other for unit in near for other in unit), own])
    yield from units


def _compared(line: Line, op: str) -> list[Line]:
    """The inequalities of a comparison with 0."""
    return {
        "<": [_strict(line)],
        "<=": [line],
        ">": [line.turned(strict=True)],
        ">=": [line.turned(strict=False)],
        "=": [line, line.turned(strict=False)],
        "!=": [],
    }[op]


def _strict(line: Line) -> Line:
    return Line(line.terms, line.constant, strict=True)


def _bounds(domain: Domain, position: int, spans: tuple[Span, ...], k: int | None, whole: bool) -> Iterator[Line]:
    """What the values of the class lie between; of no class: all that real applicants have."""
    lowest, highest = (domain.possible[0], domain.possible[-1]) if k is None else (k, k)
    cuts: tuple[Cut, ...] = domain.cuts or ()
    one = {position: Fraction(1)}
    low, high = spans[lowest][0], spans[highest][1]
    if low is not None:
        out = not whole and lowest > 0 and cuts[lowest - 1] == (low, 1)
        yield Line(one, -Fraction(low)).turned(strict=out)
    if high is not None:
        out = not whole and highest < len(cuts) and cuts[highest] == (high, 0)
        yield Line(one, -Fraction(high), out)


def _measure(value: Value) -> Fraction:
    measure = measure_of(value)
    return Fraction(0) if measure is None else measure[0]


def _texts(unit: list[Derived], domains: dict[int, Domain], chosen: Chosen) -> dict[str, Value] | None:
    """Texts that are equal, or not, as the comparisons say; a text of the last class is any other."""
    same: dict[int, int] = {p: p for p in domains}
    for own in unit:
        if (own.op == "=") is bool(chosen[own.position]):
            one, other = same[own.facts[0]], same[own.facts[-1]]
            same = {p: one if group == other else group for p, group in same.items()}
    longest = max(len(str(text)) for domain in domains.values() for text in domain.values)
    found: dict[int, str] = {}
    for n, group in enumerate(dict.fromkeys(same.values())):
        members = [p for p in domains if same[p] == group]
        fixed = {str(domains[p].values[chosen[p]]) for p in members if chosen[p] < len(domains[p].values) - 1}
        text = fixed.pop() if fixed else "文" * (longest + n + 1)
        if fixed or any(domains[p].index(text) != chosen[p] for p in members):
            return None
        found |= dict.fromkeys(members, text)
    for own in unit:
        alike = found[own.facts[0]] == found[own.facts[-1]]
        if alike is not ((own.op == "=") is bool(chosen[own.position])):
            return None
    return {domains[p].key: text for p, text in found.items()}
