"""The prover on conditions that compare several facts, against brute force over small whole numbers."""

import random
from decimal import Decimal
from itertools import product

import pytest

from onevisit.core.catalogue import Accept, AcceptKind, Actor, Mode, ModeKind, Step
from onevisit.core.conditions import parse
from onevisit.core.facts import Facts, FactType
from onevisit.core.planning.core import core_of
from onevisit.core.planning.graph import BadEvent, Graph, compile_event
from onevisit.core.planning.options import Context
from onevisit.core.proving import reality
from onevisit.core.proving.proof import Proof, check, prove
from onevisit.core.proving.witness import is_possible
from onevisit.core.text import Text
from tests.core.planning.catalogues import READ, event, fact, need, service

HALLS = tuple((Mode(ModeKind.COUNTER, READ, (place,)),) for place in "HGK")
OPS = ["<", "<=", "=", "!=", ">", ">="]


def graph_of(*conditions: str, constraints: tuple[str, ...] = (), high: int = 3, decimal: bool = False) -> Graph:
    """A service for each condition, each in a hall of its own, so that each that applies costs a visit."""
    kind = FactType.DECIMAL if decimal else FactType.INTEGER
    facts = [fact(f"matter.{one}", kind, minimum=Decimal(0), maximum=Decimal(high)) for one in "abc"]
    facts += [fact("matter.code", FactType.TEXT), fact("matter.old", FactType.TEXT), fact("matter.new", FactType.TEXT)]
    facts += [fact("matter.begin", FactType.DATE), fact("matter.end", FactType.DATE)]
    own = []
    for n, one in enumerate(conditions):
        come = Step("come", Text("来办"), Actor.APPLICANT, modes=HALLS[n % 3])
        decide = Step("decide", Text("办"), Actor.AGENCY, ("come",), most=1)
        own.append(service(f"p{n}", one, steps=(come, decide), evidence=(need("paper", Accept(AcceptKind.UPLOAD)),)))
    return compile_event(event(tuple(own), tuple(facts), constraints=tuple(map(parse, constraints))), "s")


def visits(graph: Graph, facts: Facts) -> int:
    return core_of(graph, graph.classify(facts), graph.context(Context(walk_in=False))).choice.cost[0]


def proved(graph: Graph) -> Proof:
    """The proof, checked again, with witnesses who are real."""
    proof = prove(graph)
    check(graph, proof)
    for channel in proof.channels:
        facts = dict(channel.witness)
        assert is_possible(graph, facts)
        assert not any("derived" in key for key in facts)
    return proof


def brute(graph: Graph, high: int) -> int | None:
    every = ({f"matter.{k}": n for k, n in zip("abc", row, strict=True)} for row in product(range(high + 1), repeat=3))
    return max((visits(graph, facts) for facts in every if is_possible(graph, facts)), default=None)


def test_what_several_facts_cannot_be_together_counts_for_nobody() -> None:
    """Both up to 3, together more than 10: that service is nobody's; with 5, only of those who come elsewhere."""
    graph = graph_of("matter.a + matter.b > 10", "matter.a <= 3 and matter.b <= 3", high=9)
    proof = proved(graph)
    assert (proof.proved, proof.worst) == (True, 1)
    assert proved(graph_of("matter.a + matter.b > 5", "matter.a <= 3 and matter.b <= 3", high=9)).worst == 2


def test_a_circle_of_comparisons_is_nobody() -> None:
    sources = ("matter.a < matter.b", "matter.b < matter.c", "matter.c < matter.a")
    proof = proved(graph_of(*sources))
    assert (proof.proved, proof.worst) == (True, 2)


def test_whole_numbers_leave_no_room_where_decimals_do() -> None:
    sources = ("matter.a < matter.b", "matter.b < matter.c and matter.c < matter.a + 2 and matter.c != matter.b + 1")
    assert proved(graph_of(*sources)).worst == 1
    assert proved(graph_of(*sources, decimal=True)).worst == 2


def test_dates_and_texts() -> None:
    dates = graph_of("matter.end - matter.begin > 30", "matter.begin > matter.end")
    assert (proved(dates).proved, proved(dates).worst) == (True, 1)
    texts = graph_of("matter.code = matter.old and matter.old = matter.new", "matter.code != matter.new")
    assert (proved(texts).proved, proved(texts).worst) == (True, 1)
    named = graph_of("matter.code = matter.old", "matter.code = 'x' and matter.old != 'x'")
    assert (proved(named).proved, proved(named).worst) == (True, 1)


def random_event(seed: int) -> Graph:
    """Three services by random comparisons of three numbers, sometimes with a constraint."""
    chance = random.Random(seed)

    def comparison() -> str:
        one, other = chance.sample("abc", 2)
        times, more = chance.choice(["", "2 * ", "-", "3 * "]), chance.randint(-2, 6)
        op = chance.choice(OPS)
        return chance.choice([f"{times}matter.{one} + matter.{other} {op} {more}", f"matter.{one} {op} {more % 4}"])

    sources = [f"{comparison()} {chance.choice(['and', 'or'])} {comparison()}" for _ in range(3)]
    return graph_of(*sources, constraints=(comparison(),) if chance.random() < 0.4 else ())


@pytest.mark.parametrize("seed", range(60))
def test_random_comparisons_as_by_brute_force(seed: int) -> None:
    graph = random_event(seed)
    most = brute(graph, 3)
    if most is not None:
        proof = proved(graph)
        assert proof.proved
        assert proof.worst == most


def test_what_is_not_decided_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reality, "MOST_UNLIKE", 0)
    proof = proved(graph_of("matter.a <= 2", "matter.a + matter.b != 4"))
    assert (proof.proved, proof.worst) == (False, 1)
    with pytest.raises(BadEvent, match="限度内"):
        prove(graph_of("matter.a <= 2", constraints=("matter.a + matter.b != 4",)))
