"""Questions, ranges and three-valued procedures against brute force over every completion."""

import random
from itertools import pairwise, product
from typing import Any

import pytest

from onevisit.core.conditions import evaluate
from onevisit.core.planning import completing
from onevisit.core.planning.graph import BadEvent, Graph, compile_event
from onevisit.core.planning.model import Plan, Truth
from onevisit.core.planning.plan import make_plan
from onevisit.core.planning.visits import solve
from tests.core.planning.problems import problem_from_json
from tests.core.planning.random_catalogues import random_event

VALUES: dict[str, list[Any]] = {
    "matter.a": [False, True],
    "matter.b": [False, True],
    "matter.kind": ["one", "two", "three"],
    "matter.n": [3, 5, 7, 10, 12],
}


def signature(plan: Plan) -> object:
    """What the applicant sees of a plan whose facts are all known, without other ways and texts."""
    evidence = [(e.evidence, e.party, e.kind, e.ref, e.services) for e in plan.evidence]
    procedures = [(p.service, p.status, p.on_promise, p.waits_for, p.ordered_after, p.begins, p.ends, p.statutory_ends)
                  for p in plan.procedures]  # fmt: skip
    steps = [(s.service, s.step, s.mode, s.persons, s.places) for s in plan.steps]
    return repr((procedures, evidence, steps, plan.count.worst, plan.count.total, plan.days, plan.fees))


def completions(graph: Graph, facts: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for values in product(*VALUES.values()):
        full = dict(zip(VALUES, values, strict=True))
        lawful = all(evaluate(c, full) is True for c in graph.event.constraints)
        if lawful and all(full[k] == v for k, v in facts.items()):
            found.append(full)
    return found


def events(count: int, seed: int) -> list[Graph]:
    chance = random.Random(seed)
    found: list[Graph] = []
    while len(found) < count:
        graph = compile_event(random_event(chance, conditional=True), "s")
        try:
            for full in completions(graph, {}):
                make_plan(graph, full)
        except Exception as error:
            if type(error).__name__ not in ("NoPlan",):
                raise
            continue
        if completions(graph, {}):
            found.append(graph)
    return found


@pytest.mark.parametrize("part", range(3))
def test_questions_ranges_and_truth(part: int) -> None:
    chance = random.Random(part)
    asked = 0
    for graph in events(20, seed=part):
        all_of = completions(graph, {})
        known = dict(chance.sample(sorted(chance.choice(all_of).items()), chance.randint(0, 3)))
        plan = make_plan(graph, known)
        plans = {tuple(full.values()): make_plan(graph, full) for full in completions(graph, known)}
        seen = {values: signature(p) for values, p in plans.items()}
        deciding = {question.fact for question in plan.questions if question.deciding}
        asked += len(deciding)
        check_questions(known, deciding, seen)
        check_ranges(plan, list(plans.values()))
    assert asked > 10


def check_questions(known: dict[str, Any], deciding: set[str], seen: dict[tuple[Any, ...], object]) -> None:
    """Asked: whatever alone makes a difference; answering all that is asked leaves one plan; nothing without effect."""
    keys = list(VALUES)
    alone = set()
    for position, key in enumerate(keys):
        rows: dict[Any, set[object]] = {}
        for values, plan in seen.items():
            rows.setdefault(values[:position] + values[position + 1 :], set()).add(plan)
        if any(len(plans) > 1 for plans in rows.values()):
            alone.add(key)
    assert alone <= deciding
    assert not deciding & set(known)
    answered: dict[Any, set[object]] = {}
    for values, plan in seen.items():
        answered.setdefault(tuple(v for k, v in zip(keys, values, strict=True) if k in deciding), set()).add(plan)
    assert all(len(plans) == 1 for plans in answered.values())
    if deciding - alone:  # facts tied by a constraint: one of them at least is needed
        without: dict[Any, set[object]] = {}
        for values, plan in seen.items():
            without.setdefault(tuple(v for k, v in zip(keys, values, strict=True) if k in alone), set()).add(plan)
        assert any(len(plans) > 1 for plans in without.values())


def check_ranges(plan: Plan, plans: list[Plan]) -> None:
    assert plan.days.low == min(p.days.low for p in plans)
    assert plan.days.high == max(p.days.high for p in plans)
    assert plan.count.worst.low == min(p.count.worst.low for p in plans)
    assert plan.count.worst.high == max(p.count.worst.high for p in plans)
    assert plan.count.total.high == max(p.count.total.high for p in plans)
    for number, procedure in enumerate(plan.procedures):
        truths = {p.procedures[number].status for p in plans}
        expected = truths.pop() if len(truths) == 1 else Truth.OPEN
        assert procedure.status is expected


def test_learning_a_fact_never_contradicts() -> None:
    chance = random.Random(7)
    for graph in events(20, seed=7):
        full = chance.choice(completions(graph, {}))
        order = chance.sample(list(full), len(full))
        plans = [make_plan(graph, {k: full[k] for k in order[:n]}) for n in range(len(order) + 1)]
        for before, after in pairwise(plans):
            for old, new in zip(before.procedures, after.procedures, strict=True):
                assert old.status in (Truth.OPEN, new.status)
            for old, new in ((before.days, after.days), (before.count.worst, after.count.worst)):
                assert old.low <= new.low <= new.high <= old.high
            assert {q.fact for q in after.questions} <= {q.fact for q in before.questions}
        assert not plans[-1].questions
        assert plans[-1].days.exact
        assert plans[-1].count.worst.exact


def test_the_published_visit_problem_has_the_plans_number() -> None:
    chance = random.Random(11)
    visits = set()
    for graph in events(25, seed=11):
        plan = make_plan(graph, chance.choice(completions(graph, {})), walk_in=True)
        assert plan.visit_problem is not None
        answer = solve(problem_from_json(plan.visit_problem))
        assert (answer.worst, answer.total) == (plan.count.worst.low, plan.count.total.low)
        assert len(plan.visits) == len(answer.moments)
        assert plan.count.chain == answer.chain
        visits.add(answer.worst)
    assert len(visits) > 2


def test_too_many_combinations_are_refused() -> None:
    graph = events(1, seed=1)[0]
    graph.domains = graph.domains * 30
    with pytest.raises(BadEvent, match="穷举"):
        completing.completions(graph, (None,) * len(graph.domains))
