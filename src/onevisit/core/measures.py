"""What sums in conditions come to: exact numbers, and days, which count from a day long ago.

A date counts as one date, a difference of two as none: `end - begin` is a number, `begin + 30` a date again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from onevisit.core.facts import Facts, Value, as_date
from onevisit.core.syntax import Const, FactRef, Node, Sum, Times

Measure = tuple[Fraction, int]  # the number (of days), and how many dates are in it
FURTHEST = 40  # digits before or behind the point; what is beyond is no measure of anything


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum with its terms collected: each fact so many times, and a constant."""

    terms: Mapping[str, Fraction]  # none of them 0
    constant: Fraction


def measure_of(value: Value) -> Measure | None:
    """The measure of a value; None where it has none (a truth, a text, a number out of all bounds)."""
    if isinstance(value, str):
        value = as_date(value) or ""
    if isinstance(value, date):
        return Fraction(value.toordinal()), 1
    if isinstance(value, bool | str):
        return None
    if isinstance(value, Decimal):
        within = value.is_finite() and (value == 0 or -FURTHEST <= value.adjusted() <= FURTHEST)
        return (Fraction(value), 0) if within else None
    return Fraction(value), 0


def measured(node: Node, facts: Facts) -> Measure | None:
    """The measure of an operand under known facts; None while some are unknown, or have no measure."""
    if isinstance(node, Const):
        return measure_of(node.value)
    if isinstance(node, FactRef):
        value = facts.get(node.key)
        return None if value is None else measure_of(value)
    if isinstance(node, Times):
        factor, item = measured(node.factor, facts), measured(node.item, facts)
        return None if factor is None or item is None else _multiplied(factor, item)
    if isinstance(node, Sum):
        items = [measured(item, facts) for item in node.items]
        known = [item for item in items if item is not None]
        return _added(known) if len(known) == len(items) else None
    return None


def linear(node: Node) -> Linear | None:
    """The operand with its terms collected; None where it is no sum of measures (a text, a truth, a parameter)."""
    if isinstance(node, FactRef):
        return Linear({node.key: Fraction(1)}, Fraction(0))
    if isinstance(node, Const):
        constant = measure_of(node.value)
        return None if constant is None else Linear({}, constant[0])
    if isinstance(node, Times):
        factor, item = linear(node.factor), linear(node.item)
        return None if factor is None or factor.terms or item is None else _scaled(item, factor.constant)
    if isinstance(node, Sum):
        items = [linear(item) for item in node.items]
        known = [item for item in items if item is not None]
        return _together(known) if len(known) == len(items) else None
    return None


def difference(left: Node, right: Node) -> Linear | None:
    """The left operand less the right one: what a comparison compares with 0."""
    one, other = linear(left), linear(right)
    return None if one is None or other is None else _together([one, _scaled(other, Fraction(-1))])


def _added(items: Iterable[Measure]) -> Measure:
    number, dates = Fraction(0), 0
    for own, own_dates in items:
        number, dates = number + own, dates + own_dates
    return number, dates


def _multiplied(factor: Measure, item: Measure) -> Measure | None:
    """A date is added or subtracted, never multiplied."""
    times, dates = factor
    if dates or (item[1] and abs(times) != 1):
        return None
    return times * item[0], int(times) * item[1]


def _scaled(item: Linear, factor: Fraction) -> Linear:
    terms = {key: factor * own for key, own in item.terms.items() if factor}
    return Linear(terms, factor * item.constant)


def _together(items: Iterable[Linear]) -> Linear:
    terms: dict[str, Fraction] = {}
    constant = Fraction(0)
    for item in items:
        constant += item.constant
        for key, own in item.terms.items():
            terms[key] = terms.get(key, Fraction(0)) + own
    return Linear({key: own for key, own in terms.items() if own}, constant)
