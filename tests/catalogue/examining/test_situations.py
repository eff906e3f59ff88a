"""Whether anybody can be in a situation, against looking at every single one."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from onevisit.catalogue.examining.situations import Situations, negated
from onevisit.core.conditions import evaluate, parse
from onevisit.core.facts import FactType
from tests.core.planning.catalogues import event, fact, service

FACTS = (
    fact("matter.a"),
    fact("matter.b"),
    fact("matter.kind", FactType.CHOICE, "x y z"),
    fact("matter.n", FactType.INTEGER, minimum=0, maximum=4),
    fact("matter.d", FactType.DECIMAL, minimum=0, maximum=2),
)
VALUES = {
    "matter.a": (False, True),
    "matter.b": (False, True),
    "matter.kind": ("x", "y", "z"),
    "matter.n": (0, 1, 2, 3, 4),
    "matter.d": tuple(parse(f"matter.d = {n / 4:.2f}").root.right.value for n in range(9)),
}
EVERYBODY = [dict(zip(VALUES, one, strict=True)) for one in product(*VALUES.values())]

signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
single = st.one_of(
    st.sampled_from(["matter.a", "matter.b", "matter.kind in ['x', 'y']", "matter.kind = 'z'", "matter.kind != 'x'"]),
    st.builds(lambda sign, n: f"matter.n {sign} {n}", signs, st.integers(-1, 5)),
    st.builds(lambda sign, n: f"matter.d {sign} {n / 2}", signs, st.integers(-1, 5)),
)
conditions = st.recursive(
    single,
    lambda inner: st.one_of(
        st.builds(lambda one: f"not ({one})", inner),
        st.builds(lambda one, other: f"({one} and {other})", inner, inner),
        st.builds(lambda one, other: f"({one} or {other})", inner, inner),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(conditions, max_size=3), conditions)
def test_somebody_is_found_just_where_there_is_somebody(constraints, condition):
    one = event((service("x"),), FACTS, constraints=tuple(parse(source) for source in constraints))
    real = [facts for facts in EVERYBODY if all(evaluate(parse(c), facts) for c in constraints)]
    situations = Situations(one)
    assert situations.contradictory == (not real)
    for asked in (parse(condition), negated(parse(condition))):
        found = situations.anybody(asked)
        if real:
            assert (found is not None) == any(evaluate(asked, facts) for facts in real)
        if found is not None:
            assert evaluate(asked, found) is True


@settings(deadline=None)
@given(conditions)
def test_nobody_is_neither(condition):
    """Of a condition and its opposite one holds for somebody at least."""
    situations = Situations(event((service("x"),), FACTS))
    one = parse(condition)
    assert situations.anybody(one) is not None or situations.anybody(negated(one)) is not None
