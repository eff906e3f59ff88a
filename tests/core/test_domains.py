"""Values of one class are told apart by no condition; every class that exists has a value that stands for it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.core.conditions import evaluate, parse
from onevisit.core.domains import count_domain, domain_of
from onevisit.core.facts import FactType
from tests.core.planning.catalogues import fact

OPS = st.sampled_from(["<", "<=", "=", "!=", ">", ">="])
PLAIN = st.tuples(OPS, st.integers(-5, 5), st.booleans()).map(
    lambda t: f"{t[1]} {t[0]} matter.n" if t[2] else f"matter.n {t[0]} {t[1]}"
)
SUMS = st.tuples(st.sampled_from([1, -3, 3, 4, -2]), st.integers(-5, 5), OPS, st.integers(-9, 9)).map(
    lambda t: f"{t[0]} * matter.n + {t[1]} {t[2]} {t[3]} - matter.n"
)
ATOM = st.one_of(PLAIN, SUMS)


@given(st.lists(ATOM, max_size=4), st.sampled_from([FactType.INTEGER, FactType.DECIMAL]), st.data())
def test_classes(sources: list[str], kind: FactType, data: st.DataObject) -> None:
    conditions = [parse(source) for source in sources]
    low, high = sorted(data.draw(st.tuples(st.integers(-9, 9), st.integers(-9, 9))))
    spec = fact("matter.n", kind, minimum=Decimal(low), maximum=Decimal(high))
    domain = domain_of(spec, conditions)
    values = [Decimal(v) / 2 for v in range(2 * low, 2 * high + 1)]
    if kind is FactType.INTEGER:
        values = [v for v in values if v == int(v)]
    truths: dict[int, set[Any]] = {}
    for value in values:
        truths.setdefault(domain.index(value), set()).add(tuple(evaluate(c, {"matter.n": value}) for c in conditions))
    assert set(truths) <= set(domain.possible)
    for number, seen in truths.items():
        assert len(seen) == 1
        stands = domain.values[number]
        assert domain.index(stands) == number
        assert seen == {tuple(evaluate(c, {"matter.n": stands}) for c in conditions)}
        assert low <= Decimal(str(stands)) <= high


def test_dates_texts_and_counts() -> None:
    opened = domain_of(fact("matter.d", FactType.DATE), [parse("matter.d >= '2026-07-01'")])
    assert opened.index(date(2026, 6, 30)) == 0
    assert opened.index(date(2026, 7, 1)) == 1
    assert opened.values == (date(2026, 6, 30), date(2026, 7, 1))
    name = domain_of(fact("matter.t", FactType.TEXT), [parse("matter.t in ['a', 'b']")])
    assert name.values == ("a", "b", "")
    assert name.index("zzz") == 2
    count = count_domain("seller.count", 1, 3)
    assert [count.index(n) for n in (1, 2, 3)] == [0, 1, 2]


@pytest.mark.parametrize(("kind", "last"), [(FactType.BOOL, 1), (FactType.CHOICE, 2)])
def test_finite_facts(kind: FactType, last: int) -> None:
    domain = domain_of(fact("matter.x", kind, "a b c" if kind is FactType.CHOICE else ""), [])
    assert domain.possible[-1] == last
    assert domain.index(domain.values[last]) == last
