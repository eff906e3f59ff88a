"""A condition means to the solver what it means to the planner, on conditions and facts by chance."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from onevisit.core.conditions import Condition, bind, evaluate
from onevisit.core.domains import domain_of
from onevisit.core.facts import FactType
from onevisit.core.solving.solver import solver_of
from onevisit.core.solving.translate import Translation
from onevisit.core.syntax import And, AtLeast, Compare, Const, FactRef, Member, Node, Not, Or
from tests.core.planning.catalogues import fact

SPECS = {
    spec.key: spec
    for spec in (
        fact("matter.a"),
        fact("matter.b"),
        fact("matter.kind", FactType.CHOICE, "one two three"),
        fact("matter.n", FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(20)),
        fact("matter.size", FactType.DECIMAL),
    )
}
OPERATORS = ["=", "!=", "<", "<=", ">", ">="]
atoms = st.one_of(
    st.sampled_from([FactRef("matter.a"), FactRef("matter.b"), Const(True), Const(False)]),
    st.builds(lambda op: Compare(op, FactRef("matter.a"), FactRef("matter.b")), st.sampled_from(["=", "!="])),
    st.builds(
        lambda op, n: Compare(op, FactRef("matter.n"), Const(n)), st.sampled_from(OPERATORS), st.integers(-1, 21)
    ),
    st.builds(
        lambda op, n: Compare(op, Const(n), FactRef("matter.size")),
        st.sampled_from(OPERATORS),
        st.decimals(0, 10, places=1),
    ),
    st.builds(
        lambda some: Member(FactRef("matter.kind"), tuple(sorted(some))),
        st.sets(st.sampled_from(["one", "two", "three"]), min_size=1),
    ),
)
nodes: st.SearchStrategy[Node] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda items: And(tuple(items)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda items: Or(tuple(items)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(
            lambda n, items: AtLeast(n, tuple(items)), st.integers(0, 4), st.lists(inner, min_size=1, max_size=3)
        ),
    ),
    max_leaves=8,
)
facts = st.fixed_dictionaries(
    {
        "matter.a": st.booleans(),
        "matter.b": st.booleans(),
        "matter.kind": st.sampled_from(["one", "two", "three"]),
        "matter.n": st.integers(0, 20),
        "matter.size": st.decimals(-5, 15, places=2),
    }
)


def translated(root: Node) -> tuple[Condition, Translation]:
    condition = bind(Condition(root), {})
    return condition, Translation(domain_of(spec, [condition]) for spec in SPECS.values())


@settings(max_examples=300, deadline=None)
@given(nodes, facts)
def test_the_same_for_every_applicant(root: Node, known: dict[str, object]) -> None:
    condition, translation = translated(root)
    formula = translation.formula(condition)
    assert translation.logic.holds(formula, translation.values(known), {}) is evaluate(condition, known)


@settings(max_examples=150, deadline=None)
@given(nodes)
def test_whom_the_solver_finds_it_holds_for(root: Node) -> None:
    condition, translation = translated(root)
    for wanted in (True, False):
        formula = translation.formula(condition) if wanted else -translation.formula(condition)
        solver = solver_of(translation, [formula])
        if solver.solve(1000):
            classes = zip(translation.domains.values(), translation.classes(solver.values()), strict=True)
            found = {domain.key: domain.values[k] for domain, k in classes}
            assert evaluate(condition, found) is wanted


def test_always_and_never() -> None:
    one = FactRef("matter.a")
    condition, translation = translated(Or((one, Not(one))))
    assert solver_of(translation, [-translation.formula(condition)]).solve(1000) is False
    condition, translation = translated(
        And((Compare("<", FactRef("matter.n"), Const(3)), Compare(">", FactRef("matter.n"), Const(2))))
    )
    assert solver_of(translation, [translation.formula(condition)]).solve(1000) is False


def test_a_class_that_no_applicant_can_have_is_never_found() -> None:
    condition, translation = translated(Compare(">", FactRef("matter.n"), Const(20)))
    assert solver_of(translation, [translation.formula(condition)]).solve(1000) is False
