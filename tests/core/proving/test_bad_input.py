"""What cannot be proved: circles, contradictions, and questions that are not decided within the limit."""

from dataclasses import replace
from itertools import combinations

import pytest

from onevisit.core.catalogue import Accept, AcceptKind, Role, Sequence
from onevisit.core.conditions import parse
from onevisit.core.facts import FactType
from onevisit.core.planning.graph import BadEvent, compile_event
from onevisit.core.proving.proof import ProofFails, check, prove
from onevisit.core.text import Text
from tests.core.planning.catalogues import READ, event, fact, need, service, steps

FACTS = (fact("matter.a"), fact("matter.b"))


def test_services_that_may_wait_for_each_other_are_named() -> None:
    one = service("one", "matter.a", sequences=(Sequence("other", READ),))
    other = service("other", "matter.b", evidence=(need("paper", Accept(AcceptKind.OUTPUT, "one-licence")),))
    with pytest.raises(BadEvent) as found:
        prove(compile_event(event((one, other), FACTS), "s"))
    assert "互相等待" in str(found.value)
    assert "one事项" in str(found.value)


def test_constraints_that_leave_nobody() -> None:
    made = event((service("one", "matter.a"),), FACTS, constraints=(parse("matter.a"), parse("not matter.a")))
    with pytest.raises(BadEvent) as found:
        prove(compile_event(made, "s"))
    assert "没有一种情形是可能的" in str(found.value)


def test_a_choice_without_values_is_no_event() -> None:
    made = event((service("one", "matter.kind = 'x'"),), (fact("matter.kind", FactType.CHOICE),))
    with pytest.raises(BadEvent, match="没有选项"):
        prove(compile_event(made, "s"))


@pytest.mark.parametrize("most", [None, 0])
def test_a_role_without_an_upper_number_is_no_event(most: int | None) -> None:
    role = Role("x", Text("甲", "x"), 1, most)  # type: ignore[arg-type]
    made = event((service("one", "any(x, x.a)"),), (fact("x.a"),), roles=(role,))
    with pytest.raises(BadEvent, match="最多几方没有定"):
        prove(compile_event(made, "s"))


def test_numbers_without_bounds_count_with_every_value() -> None:
    """A condition that only an absurd number meets counts: what is proved holds of every number and every day."""
    comes = steps(0, online=False, courier=False)
    facts = (fact("matter.n", FactType.INTEGER), fact("matter.day", FactType.DATE))
    for condition in ("matter.n < -1000000", "matter.n > 1000000000", "matter.day < '0002-01-01'"):
        proof = prove(compile_event(event((service("one", condition, steps=comes),), facts), "s"))
        assert (proof.proved, proof.worst) == (True, 2)


HOLES = [f"h{n}" for n in range(7)]


def undecided_event():
    """Only who puts eight pigeons into seven holes, each alone, would come: that nobody can is hard to see."""
    pigeons = [f"matter.p{n}" for n in range(8)]
    facts = (fact("matter.a"), *(fact(key, FactType.CHOICE, " ".join(HOLES)) for key in pigeons))
    pairs = combinations(pigeons, 2)
    together = " or ".join(f"({one} = '{h}' and {other} = '{h}')" for one, other in pairs for h in HOLES)
    made = event(
        (service("one", f"not ({together})", steps=steps(0, online=False, courier=False)),), facts, constraints=()
    )
    graph = compile_event(made, "s")
    return graph, prove(graph, conflicts=1)


def test_what_is_not_decided_within_the_limit_is_never_called_proved() -> None:
    graph, proof = undecided_event()
    whole = prove(graph)
    assert whole.proved
    assert whole.worst == 0
    assert not proof.proved
    assert proof.worst <= whole.worst
    assert not proof.reaches(99)
    for short, full in zip(proof.channels, whole.channels, strict=True):
        assert short.worst <= full.worst
        assert not short.proved or short.worst == full.worst


def test_a_proof_that_says_too_much_does_not_check() -> None:
    graph, proof = undecided_event()
    claimed = replace(proof, channels=tuple(replace(one, proved=True) for one in proof.channels))
    with pytest.raises(ProofFails):
        check(graph, claimed, conflicts=1)
