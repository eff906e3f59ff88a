"""Finite domains of facts: two values that no condition tells apart are one class, so everything can be enumerated."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor

from onevisit.core.conditions import Condition
from onevisit.core.facts import FactSpec, FactType, Value
from onevisit.core.syntax import Compare, Const, FactRef, Literal, Member, walk

Cut = tuple[Decimal, int]  # (c, 0): between "less than c" and c; (c, 1): between c and "more than c"


@dataclass(frozen=True, slots=True)
class Domain:
    """The classes of one fact: `values[k]` stands for class k; `possible` are the classes real applicants can have."""

    key: str
    values: tuple[Value, ...]
    possible: tuple[int, ...]
    cuts: tuple[Cut, ...] | None = None  # for numbers and dates; else classes are looked up by value

    def index(self, value: Value) -> int:
        """The class of a value; a value outside the domain counts as the last class ("other")."""
        if self.cuts is not None:
            return bisect_right(self.cuts, (_number(value), 0))
        return self.values.index(value) if value in self.values else len(self.values) - 1


def _number(value: Value) -> Decimal:
    if isinstance(value, date):
        return Decimal(value.toordinal())
    return Decimal(value) if not isinstance(value, str) else Decimal(date.fromisoformat(value).toordinal())


def domain_of(spec: FactSpec, conditions: Iterable[Condition]) -> Domain:
    """The domain of a fact as the conditions cut it."""
    if spec.type is FactType.BOOL:
        return Domain(spec.key, (False, True), (0, 1))
    if spec.type is FactType.CHOICE:
        return Domain(spec.key, tuple(o.value for o in spec.options), tuple(range(len(spec.options))))
    constants = [pair for condition in conditions for pair in _constants(condition, spec.key)]
    if spec.type is FactType.TEXT:
        texts = tuple(dict.fromkeys(str(value) for _, value in constants))
        return Domain(spec.key, (*texts, ""), tuple(range(len(texts) + 1)))
    cuts = tuple(sorted({cut for op, value in constants for cut in _cuts(op, _number(value))}))
    return _cut(spec, cuts)


def count_domain(key: str, least: int, most: int) -> Domain:
    """The number of persons of a role: every number within its bounds."""
    cuts = tuple((Decimal(n), 0) for n in range(least + 1, most + 1))
    return Domain(key, tuple(range(least, most + 1)), tuple(range(most - least + 1)), cuts)


def joined(spec: FactSpec, one: Domain, other: Domain, *, counted: bool = False) -> Domain:
    """The classes of a fact that either of two catalogues tells apart; of choices, the values that both know.

    `counted`: the number of a role's parties, of which each is its own class.
    """
    if spec.type is FactType.TEXT:
        texts = tuple(dict.fromkeys((*one.values[:-1], *other.values[:-1])))
        return Domain(spec.key, (*texts, ""), tuple(range(len(texts) + 1)))
    if counted or one.cuts is None or other.cuts is None:
        values = tuple(value for value in one.values if value in other.values)
        return Domain(spec.key, values, tuple(range(len(values))))
    return _cut(spec, tuple(sorted({*one.cuts, *other.cuts})))


def _cut(spec: FactSpec, cuts: tuple[Cut, ...]) -> Domain:
    """The domain of a number or date with these cuts."""
    values = tuple(_representative(spec, cuts, k) for k in range(len(cuts) + 1))
    possible = tuple(k for k, value in enumerate(values) if value is not None)
    filled = tuple(Decimal(0) if value is None else value for value in values)
    return Domain(spec.key, filled, possible, cuts)


def _constants(condition: Condition, key: str) -> list[tuple[str, Literal]]:
    """(operator, constant) of every comparison of the fact in the condition."""
    found: list[tuple[str, Literal]] = []
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    for node in walk(condition.root):
        if isinstance(node, Compare):
            if node.left == FactRef(key) and isinstance(node.right, Const):
                found.append((node.op, node.right.value))
            elif node.right == FactRef(key) and isinstance(node.left, Const):
                found.append((turned.get(node.op, node.op), node.left.value))
        elif isinstance(node, Member) and node.item == FactRef(key):
            found += [("=", option) for option in node.options]
    return found


def _cuts(op: str, constant: Decimal) -> tuple[Cut, ...]:
    if op in ("<", ">="):
        return ((constant, 0),)
    return ((constant, 1),) if op in ("<=", ">") else ((constant, 0), (constant, 1))


def _representative(spec: FactSpec, cuts: tuple[Cut, ...], k: int) -> Value | None:
    """A value of class k within the fact's bounds; None if there is none."""
    whole = spec.type is not FactType.DECIMAL
    below = cuts[k - 1] if k else None
    above = cuts[k] if k < len(cuts) else None
    candidates: list[Decimal] = []
    if below:
        after = Decimal(floor(below[0]) + 1) if whole else below[0] + 1
        candidates.append(Decimal(ceil(below[0])) if whole and not below[1] else after if below[1] else below[0])
        if above and not whole:
            candidates.append((below[0] + above[0]) / 2)
    if above:
        before = Decimal(ceil(above[0]) - 1) if whole else above[0] - 1
        candidates.append(above[0] if above[1] else before)
    candidates += [bound for bound in (spec.minimum, spec.maximum) if bound is not None] or [Decimal(0)]
    low = Decimal("-Infinity") if spec.minimum is None else spec.minimum
    high = Decimal("Infinity") if spec.maximum is None else spec.maximum
    for number in candidates:
        fits = low <= number <= high and (not whole or number == int(number))
        if fits and bisect_right(cuts, (number, 0)) == k:
            if spec.type is FactType.DATE:
                return date.fromordinal(int(number))
            return int(number) if whole else number
    return None
