"""Facts that are learnt on the way: nobody foresees them, and the number holds however they turn out."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, count, islice

import pytest

from onevisit.core.catalogue import Actor, LifeEvent, Mode, ModeKind, Step
from onevisit.core.conditions import parse
from onevisit.core.facts import FactSpec, FactType, Learnt
from onevisit.core.planning import core
from onevisit.core.planning import graph as graphs
from onevisit.core.planning.choosing import NoPlan
from onevisit.core.planning.completing import Crowd, completions
from onevisit.core.planning.graph import BadEvent, Classes, Graph, compile_event
from onevisit.core.planning.guide import enumerate_guide
from onevisit.core.planning.options import Context
from onevisit.core.planning.plan import make_plan
from onevisit.core.proving import search
from onevisit.core.proving.proof import check, prove
from onevisit.core.proving.search import Search
from onevisit.core.text import Text
from tests.core.planning.catalogues import READ, event, fact, service, steps
from tests.core.proving.late_events import TooMany, game, late_event


def applicants(graph: Graph) -> list[list[Classes]]:
    """Everybody, each with all ways in which things may turn out for him."""
    late = set(graph.learning.facts)
    found: dict[Classes, list[Classes]] = {}
    for classes in completions(graph, (None,) * len(graph.domains), crowd=Crowd.ALL):
        found.setdefault(tuple(k for p, k in enumerate(classes) if p not in late), []).append(classes)
    return list(found.values())


def played(graph: Graph, *, walk_in: bool) -> int:
    numbers = [game(graph, one, walk_in=walk_in) for one in applicants(graph)]
    if None in numbers:
        raise TooMany
    return max(number for number in numbers if number is not None)


def small() -> Iterator[tuple[int, Graph, tuple[int, int]]]:
    """Random events with late facts that can be played out, with the number that can be kept in each channel."""
    for seed in count():
        try:
            graph = compile_event(late_event(seed), "snapshot")
            if graph.learning.facts:
                yield seed, graph, (played(graph, walk_in=False), played(graph, walk_in=True))
        except (TooMany, BadEvent):
            continue


def compare(seed: int, graph: Graph, truth: tuple[int, int]) -> None:
    try:
        found = [Search(graph, Context(walk_in)).run() for walk_in in (False, True)]
    except NoPlan:
        pytest.fail(f"{seed}: no plan, though it can be played")
    assert all(one is not None and one.proved for one in found), seed
    assert tuple(one.worst for one in found if one) == truth, seed


def test_the_number_is_that_of_the_game() -> None:
    numbers = []
    for seed, graph, truth in islice(small(), 40):
        compare(seed, graph, truth)
        numbers.append(truth)
    assert {number for pair in numbers for number in pair} >= {1, 2, 3}, "the events differ"


def foreseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Late facts are taken for known up front: each way is planned by itself."""
    for module in (core, search):
        monkeypatch.setattr(module, "worlds_of", lambda graph, classes: (classes,))


def not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps that read a late fact do not wait until it has turned out."""
    whole = graphs.learning_of
    monkeypatch.setattr(graphs, "learning_of", lambda *said: replace(whole(*said), turns=()))


@pytest.mark.parametrize("plant", [foreseen, not_waited_for])
def test_a_fault_planted_in_planner_and_prover_is_found(plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        for seed, graph, truth in islice(small(), 80):
            compare(seed, graph, truth)


@pytest.mark.parametrize("seed", [9, 41, *range(200, 206)])
def test_a_proof_with_late_facts_checks_and_a_lower_number_does_not(seed: int) -> None:
    graph = compile_event(late_event(seed), "snapshot")
    proof = prove(graph)
    check(graph, proof)
    for channel in proof.channels:
        own = Search(graph, Context(channel.walk_in))
        assert own.all_covered(channel.worst, channel.schemes, [dict(one) for one in channel.singles])
        if channel.worst:
            assert not own.all_covered(channel.worst - 1, channel.schemes, ())


HERE, THERE = (Mode(ModeKind.COUNTER, READ, (place,)) for place in "HG")
TAX = replace(fact("matter.tax"), learnt=Learnt("sale", "assess"))


def sale(spec: FactSpec = TAX, **more: object) -> LifeEvent:
    """Whether tax is due turns out as it is assessed: he pays at H, or signs at G; and he files at either hall."""
    own = (
        Step("apply", Text("申报", "declare"), Actor.APPLICANT, modes=(Mode(ModeKind.COURIER, READ),)),
        Step("assess", Text("核定", "assess"), Actor.AGENCY, ("apply",), most=2),
        Step("pay", Text("缴税", "pay"), Actor.APPLICANT, ("assess",), modes=(HERE,), when=parse("matter.tax")),
        Step("sign", Text("签字", "sign"), Actor.APPLICANT, ("assess",), modes=(THERE,), when=parse("not matter.tax")),
        Step("decide", Text("办结", "decide"), Actor.AGENCY, ("pay", "sign"), most=1),
    )
    file = Step("file", Text("备案", "file"), Actor.APPLICANT, modes=(HERE, THERE))
    filing = service("filing", steps=(file, Step("note", Text("记下", "note"), Actor.AGENCY, ("file",), most=1)))
    return event((service("sale", steps=own, **more), filing), (fact("matter.a"), spec))


def test_what_nobody_foresees_costs_a_visit() -> None:
    """Whoever knew would file where he comes anyhow; nobody knows, so that somebody comes twice."""
    graph = compile_event(sale(), "s")
    known = compile_event(sale(replace(TAX, learnt=None)), "s")
    assert [channel.worst for channel in prove(known).channels] == [1, 1]
    proof = prove(graph)
    assert proof.proved
    assert [channel.worst for channel in proof.channels] == [2, 2]
    check(graph, proof)
    assert "办理中才知道" in proof.channels[0].explanation.zh


def test_a_plan_shows_a_range_and_asks_nobody() -> None:
    graph = compile_event(sale(), "s")
    plan = make_plan(graph, {})
    assert (plan.count.worst.low, plan.count.worst.high) == (1, 2)
    assert plan.questions == ()
    assert [(one.fact, one.service, one.step) for one in plan.later] == [("matter.tax", "sale", "assess")]
    turned = [make_plan(graph, {"matter.tax": tax}).count.worst for tax in (True, False)]
    assert sorted((one.low, one.high) for one in turned) == [(1, 1), (2, 2)], "the settled part serves both"
    assert enumerate_guide(graph).online.worst == 2


def test_where_its_step_is_not_done_nothing_turns_out() -> None:
    graph = compile_event(sale(applies_when=parse("matter.a")), "s")
    assert make_plan(graph, {"matter.a": False}).count.worst.high == 1
    assert prove(graph).worst == 2


def test_what_is_not_decided_is_not_proved() -> None:
    """Eight pigeons in seven holes: that nobody can is hard to see, whatever turns out."""
    holes = [f"h{n}" for n in range(7)]
    pigeons = [f"matter.p{n}" for n in range(8)]
    pairs = [f"({a} = '{h}' and {b} = '{h}')" for a, b in combinations(pigeons, 2) for h in holes]
    hard = service("hard", f"not ({' or '.join(pairs)})", steps=steps(0, online=False, courier=False))
    made = sale()
    facts = (*made.facts, *(fact(key, FactType.CHOICE, " ".join(holes)) for key in pigeons))
    graph = compile_event(event((*made.services, hard), facts), "s")
    short, whole = prove(graph, conflicts=1), prove(graph)
    assert (whole.proved, whole.worst) == (True, 2)
    assert not short.proved
    assert short.worst <= 2
    assert not short.reaches(99)


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        (replace(TAX, learnt=Learnt("sael", "assess")), "没有事项「sael」"),
        (replace(TAX, learnt=Learnt("sale", "asses")), "没有环节「asses」"),
        (replace(TAX, learnt=Learnt("sale", "apply")), "不是部门的环节"),
        (replace(TAX, learnt=Learnt("sale", "decide")), "却不在「sale.decide」之后"),
        (replace(TAX, resource="population"), "也没有数据可查"),
    ],
)
def test_what_cannot_be_learnt_so_is_no_event(spec: FactSpec, says: str) -> None:
    with pytest.raises(BadEvent, match=says):
        compile_event(sale(spec), "s")


def test_a_form_does_not_ask_what_nobody_knows() -> None:
    with pytest.raises(BadEvent, match="要先填它"):
        compile_event(sale(facts=("matter.tax",)), "s")
