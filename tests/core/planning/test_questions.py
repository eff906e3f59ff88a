"""Each question could have changed the plan when it was asked, or a form needs it; none comes twice; then all is clear.

A fact *could have changed the plan* where two people whom all that is known fits have different plans, differ in this
fact, and in as little else as two such people can: in this fact alone, unless constraints tie it to others.
"""

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, product
from math import prod
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import evaluate, parse
from onevisit.core.facts import Facts, Value
from onevisit.core.planning.choosing import NoPlan
from onevisit.core.planning.core import core_of
from onevisit.core.planning.graph import Classes, Graph, compile_event
from onevisit.core.planning.model import Plan
from onevisit.core.planning.options import Context
from onevisit.core.planning.plan import make_plan
from tests.core.planning import random_catalogues
from tests.core.planning.catalogues import event, fact, service
from tests.core.proving import random_parties

CONTENT = read_content(Path(ROOT) / "content")
MOST = 150  # people of a random event: each pair of them is looked at
CONSTRAINTS = ["matter.a or matter.b", "matter.a = matter.b", "not (matter.a and matter.kind = 'one')", "matter.n >= 5"]

People = dict[tuple[int, ...], object]  # everybody whom what is known fits, and what tells his plan from others


def people(graph: Graph, facts: Facts) -> People:
    """Everybody, one by one; raises `NoPlan` where somebody has none."""
    known = graph.classify(facts)
    options = []
    for p, domain in enumerate(graph.domains):
        own = known[p]
        if own is None and domain.key in graph.commitments:
            own = graph.default(p)
        options.append(domain.possible if own is None else (own,))
    assume(prod(map(len, options)) <= MOST)
    every = (classes for classes in product(*options) if lawful(graph, classes))
    return {classes: core_of(graph, classes, Context()).identity for classes in every}


def lawful(graph: Graph, classes: Classes) -> bool:
    facts = graph.facts_at(classes)
    return all(evaluate(condition, facts) is not False for _, condition in graph.constraints)


def decisive(found: People) -> tuple[set[int], set[int]]:
    """Positions that alone change a plan, and all in which people with different plans differ at the least."""
    apart = set()
    for (one, plan), (other, its) in combinations(found.items(), 2):
        if plan != its:
            apart.add(frozenset(p for p, k in enumerate(one) if k != other[p]))
    least = [own for own in apart if not any(other < own for other in apart)]
    return {next(iter(own)) for own in least if len(own) == 1}, set().union(*least)


def check_page(graph: Graph, facts: dict[str, Value], plan: Plan) -> None:
    found = people(graph, facts)
    position = {domain.key: p for p, domain in enumerate(graph.domains)}
    asked = {position[question.fact] for question in plan.questions if question.deciding}
    alone, some = decisive(found)
    assert alone <= asked <= some
    if not asked:
        assert len(set(found.values())) == 1, "nothing is asked any more, so nothing is open"
    services = [{state.key for state in graph.states(classes)} for classes in found]
    for question in plan.questions:
        assert facts.get(question.fact) is None
        assert question.deciding or set(question.forms) & set.intersection(*services)


def walk(graph: Graph, chance: random.Random, *, check: bool) -> dict[str, Value]:
    """Answer one question after the other, as some real applicant would."""
    facts: dict[str, Value] = {}
    asked: list[str] = []
    values = {domain.key: [domain.values[k] for k in domain.possible] for domain in graph.domains}
    while (plan := make_plan(graph, facts)).questions:
        if check:
            check_page(graph, facts, plan)
        question = plan.questions[0]
        assert question.fact not in asked, "none is asked twice"
        asked.append(question.fact)
        some = [facts | {question.fact: value} for value in values.get(question.fact, ["文"])]
        facts = chance.choice([own for own in some if anybody(graph, own, check)])
    if check:
        check_page(graph, facts, plan)
    return facts


def anybody(graph: Graph, facts: Facts, check: bool) -> bool:
    """Whether there is somebody like that; not `check`: whether what is known breaks no constraint by itself."""
    return bool(people(graph, facts)) if check else lawful(graph, graph.classify(facts))


def with_forms(made: LifeEvent, chance: random.Random) -> LifeEvent:
    """Each service's form asks some of the event's facts."""
    keys = [spec.key for spec in made.facts]
    services = [replace(one, facts=tuple(chance.sample(keys, min(2, len(keys))))) for one in made.services]
    return replace(made, services=tuple(services))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.booleans(), st.lists(st.sampled_from(CONSTRAINTS), max_size=2, unique=True))
def test_each_question_of_a_random_event_could_have_changed_the_plan(
    seed: int, parties: bool, constraints: Iterable[str]
) -> None:
    chance = random.Random(seed)
    if parties:
        made = random_parties.random_event(seed)
    else:
        made = random_catalogues.random_event(chance, conditional=True)
        made = replace(made, constraints=(*made.constraints, *map(parse, constraints)))
    graph = compile_event(with_forms(made, chance), "s")
    assume(any(lawful(graph, own) for own in product(*(domain.possible for domain in graph.domains))))
    try:
        walk(graph, chance, check=True)
    except NoPlan:
        assume(False)


@pytest.mark.parametrize("condition", [
    "(matter.a and matter.b) or (matter.a and not matter.b)",
    "matter.a and (matter.b or not matter.b)",
    "matter.a or (matter.b and not matter.b)",
])  # fmt: skip
def test_what_cannot_change_anything_is_never_asked(condition: str) -> None:
    graph = compile_event(event((service("x", condition),), (fact("matter.a"), fact("matter.b"))), "s")
    assert [question.fact for question in make_plan(graph, {}).questions] == ["matter.a"]
    for answer in (True, False):
        assert not make_plan(graph, {"matter.a": answer}).questions


def test_of_more_people_than_can_be_counted_only_what_decides_is_asked() -> None:
    keys = [f"matter.f{n}" for n in range(60)]
    odd = " or ".join(f"({key} and {keys[0]} and not {keys[0]})" for key in keys[1:30])
    both = tuple(service(f"s{n}", f"{keys[n]} and {keys[n + 1]}") for n in range(30, 58, 2))
    graph = compile_event(event((service("x", f"{keys[0]} or {odd}"), *both), tuple(map(fact, keys))), "s")
    asked = {question.fact for question in make_plan(graph, {}).questions}
    assert asked == {keys[0], *keys[30:58]}


def test_facts_that_a_constraint_ties_together_are_asked_once() -> None:
    """Either of the two decides, and the other follows from it."""
    made = event(
        (service("x", "matter.a"), service("y", "not matter.b")),
        (fact("matter.a"), fact("matter.b")),
        constraints=(parse("matter.a = matter.b"),),
    )
    graph = compile_event(made, "s")
    assert [question.fact for question in make_plan(graph, {}).questions] == ["matter.a"]
    assert not make_plan(graph, {"matter.a": True}).questions


@pytest.mark.parametrize("known", [{"matter.a": True}, {"matter.a": True, "matter.b": True}])
def test_what_the_applicant_says_counts_where_it_breaks_the_rules(known: dict[str, Value]) -> None:
    """Each rule alone could still hold, the two together cannot: then neither of them says anything of him."""
    rules = (parse("not matter.a or matter.b"), parse("not matter.a or not matter.b"))
    made = event((service("x", "matter.b"),), (fact("matter.a"), fact("matter.b")), constraints=rules)
    plan = make_plan(compile_event(made, "s"), known)
    assert [question.fact for question in plan.questions] == ([] if "matter.b" in known else ["matter.b"])


@pytest.mark.parametrize("slug", CONTENT.events)
def test_random_applicants_of_the_real_events_are_asked_nothing_in_vain(slug: str) -> None:
    graph = compile_event(CONTENT.events[slug], CONTENT.snapshots[slug])
    chance = random.Random(slug)
    for _ in range(6):
        facts = walk(graph, chance, check=False)
        decided = {key: value for key, value in facts.items() if key in {domain.key for domain in graph.domains}}
        check_nothing_is_left(graph, decided, chance)
        for fact_key in decided:  # without any one answer, either it is asked again, or the others made it needless
            left = {key: value for key, value in decided.items() if key != fact_key}
            if all(question.fact != fact_key for question in make_plan(graph, left).questions):
                check_nothing_is_left(graph, left, chance)


def check_nothing_is_left(graph: Graph, facts: Facts, chance: random.Random) -> None:
    """Whatever else somebody is, his plan is the same."""
    if any(question.deciding for question in make_plan(graph, facts).questions):
        return
    known, plans = graph.classify(facts), set()
    for _ in range(60):
        classes = tuple(
            own
            if own is not None
            else graph.default(p)
            if domain.key in graph.commitments
            else chance.choice(domain.possible)
            for p, (own, domain) in enumerate(zip(known, graph.domains, strict=True))
        )
        if lawful(graph, classes):
            plans.add(core_of(graph, classes, Context()).identity)
    assert len(plans) <= 1
