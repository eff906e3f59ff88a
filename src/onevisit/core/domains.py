"""Finite domains of facts: two values that no condition tells apart are one class, so everything can be enumerated.

A fact is cut by what it alone is compared with, also in a sum (`2 * matter.rooms <= 7`); comparisons of several facts
are facts of their own (deriving.py).
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from onevisit.core.conditions import Condition
from onevisit.core.facts import FactSpec, FactType, Value
from onevisit.core.measures import difference
from onevisit.core.syntax import TURNED, Compare, Const, FactRef, Literal, Member, walk

Cut = tuple[Decimal, int]  # (c, 0): between "less than c" and c; (c, 1): between c and "more than c"
Span = tuple[Decimal | None, Decimal | None]  # the least and the most that a number, or the day of a date, may be
SOME_DAY = Decimal(date(2000, 1, 1).toordinal())
DAYS: Span = (Decimal(1), Decimal(date.max.toordinal()))


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
    constants = [p for condition in conditions if spec.key in condition.facts for p in _constants(condition, spec.key)]
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
    for node in walk(condition.root):
        if isinstance(node, Compare):
            if node.left == FactRef(key) and isinstance(node.right, Const):
                found.append((node.op, node.right.value))
            elif node.right == FactRef(key) and isinstance(node.left, Const):
                found.append((TURNED[node.op], node.left.value))
            elif (own := solved(node)) is not None and own[0] == key:
                found.append(own[1:])
        elif isinstance(node, Member) and node.item == FactRef(key):
            found += [("=", option) for option in node.options]
    return found


def solved(node: Compare) -> tuple[str, str, Decimal] | None:
    """The only fact of a comparison with a sum, and what it alone is compared with: `2 * a + 1 < 4` is `a < 1.5`.

    None where there are several facts, or the number has no end: then no cut is exact.
    """
    if isinstance(node.left, Const | FactRef) and isinstance(node.right, Const | FactRef):
        return None
    own = difference(node.left, node.right)
    keys = {part.key for part in walk(node) if isinstance(part, FactRef)}
    if own is None or len(keys) != 1 or keys != set(own.terms):
        return None
    ((key, times),) = own.terms.items()
    limit = -own.constant / times
    number = Decimal(limit.numerator) / Decimal(limit.denominator)
    return (key, node.op if times > 0 else TURNED[node.op], number) if Fraction(number) == limit else None


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
        last = Decimal(floor(above[0])) if whole else above[0]
        candidates.append(last if above[1] else before)
    is_date = spec.type is FactType.DATE
    least, most = within(spec)
    candidates += [bound for bound in (spec.minimum, spec.maximum) if bound is not None]
    candidates += [SOME_DAY] if is_date else [Decimal(0)] * (spec.minimum is None and spec.maximum is None)
    low = Decimal("-Infinity") if least is None else least
    high = Decimal("Infinity") if most is None else most
    for number in candidates:
        fits = low <= number <= high and (not whole or number == int(number))
        if fits and bisect_right(cuts, (number, 0)) == k:
            return as_value(spec, number)
    return None


def as_value(spec: FactSpec, number: Decimal) -> Value:
    """The value of a fact whose measure is this number."""
    if spec.type is FactType.DATE:
        return date.fromordinal(int(number))
    return int(number) if spec.type is FactType.INTEGER else number


def within(spec: FactSpec) -> Span:
    """The bounds of a fact."""
    least, most = DAYS if spec.type is FactType.DATE else (None, None)
    return least if spec.minimum is None else spec.minimum, most if spec.maximum is None else spec.maximum


def span(spec: FactSpec, domain: Domain, k: int) -> Span:
    """What the values of class k lie between; of decimals a bound may itself lie outside."""
    if domain.cuts is None:
        return None, None
    whole = spec.type is not FactType.DECIMAL
    low, high = within(spec)
    if k:
        cut, after = domain.cuts[k - 1]
        own = Decimal(floor(cut) + 1 if after else ceil(cut)) if whole else cut
        low = own if low is None else max(low, own)
    if k < len(domain.cuts):
        cut, after = domain.cuts[k]
        own = Decimal(floor(cut) if after else ceil(cut) - 1) if whole else cut
        high = own if high is None else min(high, own)
    return low, high
