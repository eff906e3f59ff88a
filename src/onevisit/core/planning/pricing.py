"""What fees come to. A fee whose facts the service's own form asks changes no visit: it is priced as they are answered.

Such fees are left out of the enumerations, and a plan's lines are priced after it was remembered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from onevisit.core.catalogue import Fee, Service
from onevisit.core.conditions import evaluate, facts_of
from onevisit.core.domains import domain_of
from onevisit.core.facts import Facts, FactSpec, Value
from onevisit.core.planning.deriving import Deriving, is_derived

FEN = Decimal("0.01")
MOST_CASES = 4096  # combinations of the facts that the fees of one service read, in the guide
Amounts = tuple[Decimal, Decimal]


def facts_of_fee(fee: Fee) -> frozenset[str]:
    """Facts that decide whether the fee is due, and how much it is."""
    counted = frozenset(key for key in (fee.percent_of, fee.times) if key)
    return counted | (facts_of(fee.when) if fee.when else frozenset())


def priced(service: Service) -> frozenset[int]:
    """Positions of the service's fees that are priced by answers of its own form."""
    read = [(k, facts_of_fee(fee)) for k, fee in enumerate(service.fees) if fee.when or fee.percent_of or fee.times]
    return frozenset(k for k, own in read if own and own <= set(service.facts))


def amounts(fee: Fee, facts: Facts, specs: Mapping[str, FactSpec]) -> Amounts:
    """Least and most yuan of a fee that is due, to the fen; the fact's bounds while it is unknown."""
    key = fee.percent_of or fee.times
    if not key:
        return fee.amount, fee.amount
    each = fee.amount / 100 if fee.percent_of else fee.amount
    known, spec = facts.get(key), specs[key]
    if isinstance(known, int | Decimal):
        low = high = Decimal(known)
    else:
        low, high = spec.minimum or Decimal(0), spec.maximum or Decimal(0)
    return fen(each * low), fen(each * high)


def fen(amount: Decimal) -> Decimal:
    """The amount rounded to the fen, halves up."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def due(fee: Fee, facts: Facts, specs: Mapping[str, FactSpec]) -> Amounts | None:
    """Least and most yuan; from 0 while its condition is open, None where it does not hold."""
    truth = True if fee.when is None else evaluate(fee.when, facts)
    if truth is False:
        return None
    low, high = amounts(fee, facts, specs)
    return (low if truth else Decimal(0)), high


def awaits(fee: Fee, facts: Facts) -> str:
    """The fact by which the fee is measured, while it is unknown."""
    key = fee.percent_of or fee.times
    return key if key and facts.get(key) is None else ""


def bounds(service: Service, specs: Mapping[str, FactSpec]) -> Amounts:
    """Least and most that the service's priced fees come to for anybody, those in percent left out."""
    fees = [service.fees[k] for k in sorted(priced(service)) if not service.fees[k].percent_of]
    deriving = Deriving((), specs)  # how several facts compare is free: bounds may be wider, never narrower
    fees = [replace(fee, when=deriving.cut(fee.when) if fee.when else None) for fee in fees]
    sums = [sum((_at(fee, facts, specs) for fee in fees), Decimal(0)) for facts in _cases(fees, specs)]
    return min(sums), max(sums)


def _at(fee: Fee, facts: Facts, specs: Mapping[str, FactSpec]) -> Decimal:
    found = due(fee, facts, specs)
    return found[0] if found else Decimal(0)


def _cases(fees: Iterable[Fee], specs: Mapping[str, FactSpec]) -> Iterator[Facts]:
    """Every combination of the facts that the fees read: values that conditions tell apart, bounds of what counts."""
    conditions = [fee.when for fee in fees if fee.when is not None]
    counted = {fee.times for fee in fees if fee.times}
    rows: list[dict[str, object]] = [{}]
    for key in sorted(frozenset().union(*(facts_of_fee(fee) for fee in fees))):
        values: list[Value] = [False, True]
        if not is_derived(key):
            domain = domain_of(specs[key], conditions)
            values = [domain.values[k] for k in domain.possible]
        if key in counted:
            values += [bound for bound in (specs[key].minimum, specs[key].maximum) if bound is not None]
        rows = [row | {key: value} for row in rows for value in dict.fromkeys(values)]
        if len(rows) > MOST_CASES:
            raise ValueError(f"fees read too many facts: more than {MOST_CASES} cases")
    yield from rows  # type: ignore[misc]
