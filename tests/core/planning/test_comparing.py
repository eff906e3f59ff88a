"""Events whose conditions count, add up, reckon with days and compare facts: plans and guides against brute force."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from onevisit.core.catalogue import Accept, Actor, Asked, Fee, LifeEvent, Mode, Role, Step
from onevisit.core.conditions import BadCondition, evaluate, parse
from onevisit.core.facts import FactType
from onevisit.core.planning import completing, guide
from onevisit.core.planning.completing import Crowd
from onevisit.core.planning.core import core_of
from onevisit.core.planning.deriving import is_derived
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.guide import enumerate_guide
from onevisit.core.planning.model import Plan, Range, Truth
from onevisit.core.planning.options import Context
from onevisit.core.planning.plan import make_plan
from onevisit.core.planning.witness import witness_of
from onevisit.core.text import Text
from tests.core.planning.catalogues import ASSUMED, READ, K, M, event, fact, need, service

HALL, BRANCH = (Mode(M.COUNTER, READ, ("H",)),), (Mode(M.COUNTER, READ, ("G",)),)
ONLINE = (Mode(M.ONLINE, ASSUMED),)
SELLER = Role("seller", Text("卖方", "seller"), 1, 3)
FACTS = (
    fact("matter.area", FactType.DECIMAL, minimum=Decimal(0), maximum=Decimal(1000)),
    fact("matter.terrace", FactType.DECIMAL, minimum=Decimal(0), maximum=Decimal(200)),
    fact("matter.rooms", FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(9)),
    fact("matter.begin", FactType.DATE),
    fact("matter.end", FactType.DATE),
    fact("matter.limit", FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(100)),
    fact("matter.kind", FactType.CHOICE, "sole company"),
    fact("matter.owner", FactType.CHOICE, "sole company"),
    fact("matter.code", FactType.TEXT),
    fact("matter.old_code", FactType.TEXT),
    fact("seller.count", FactType.INTEGER),
    fact("seller.minor"),
    fact("seller.age", FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(120)),
)
DAY = date(2026, 1, 31)
LARGE = "matter.area + matter.terrace > 300"


def at(place: tuple[Mode, ...], **more: Any) -> tuple[Step, ...]:
    own = Step("come", Text("来办"), Actor.APPLICANT, modes=place, **more)
    return (own, Step("decide", Text("办"), Actor.AGENCY, ("come",), most=1))


def graph_of(*conditions: str, facts: Any = FACTS, **more: Any) -> Graph:
    """One service for each condition, each done at a counter, by turns in two halls that no visit joins."""
    own = [service(f"p{n}", one, steps=at((HALL, BRANCH)[n % 2])) for n, one in enumerate(conditions)]
    return compile_event(event(tuple(own), facts, **more), "s")


def needed(plan: Plan) -> dict[str, Truth]:
    return {one.service: one.status for one in plan.procedures}


def asked(plan: Plan) -> set[str]:
    return {one.fact for one in plan.questions if one.deciding}


def test_a_sum_decides_once_both_are_known_and_both_are_asked() -> None:
    graph = graph_of(LARGE)
    assert asked(make_plan(graph, {})) == {"matter.area", "matter.terrace"}
    half = make_plan(graph, {"matter.area": Decimal(299)})
    assert half.procedures[0].because.zh == "matter.area + matter.terrace > 300"
    assert (asked(half), half.count.worst) == ({"matter.terrace"}, Range(0, 1))
    assert half.procedures[0].decided_by == ("matter.terrace",)
    assert needed(make_plan(graph, {"matter.area": 299, "matter.terrace": Decimal("1.5")})) == {"p0": Truth.YES}
    assert needed(make_plan(graph, {"matter.area": 299, "matter.terrace": 1})) == {"p0": Truth.NO}


@pytest.mark.parametrize(
    ("source", "yes", "no"),
    [
        ("matter.end - matter.begin > 30", (DAY, DAY + timedelta(31)), (DAY, DAY + timedelta(30))),
        ("matter.end >= matter.begin", (DAY, DAY), (DAY, DAY - timedelta(1))),
    ],
)
def test_days_between_two_dates(source: str, yes: Any, no: Any) -> None:
    graph = graph_of(source)
    names = ("matter.begin", "matter.end")
    assert asked(make_plan(graph, {})) == set(names)
    assert needed(make_plan(graph, dict(zip(names, yes, strict=True)))) == {"p0": Truth.YES}
    assert needed(make_plan(graph, dict(zip(names, no, strict=True)))) == {"p0": Truth.NO}


def test_texts_and_choices_are_compared() -> None:
    graph = graph_of("matter.kind = matter.owner", "matter.code != matter.old_code")
    assert len(graph.derived) == 1  # of the choices each class is one value
    plan = make_plan(graph, {"matter.kind": "sole", "matter.owner": "sole", "matter.code": "a", "matter.old_code": "a"})
    assert needed(plan) == {"p0": Truth.YES, "p1": Truth.NO}
    assert asked(make_plan(graph, {})) == {"matter.kind", "matter.owner", "matter.code", "matter.old_code"}
    assert enumerate_guide(graph).combinations == 2 * 2 * 2


def test_a_sum_of_one_fact_cuts_it() -> None:
    graph = graph_of("2 * matter.rooms + 1 <= 7", "matter.begin + 30 > '2026-01-31'", "3 * matter.area > 1")
    assert [own.key for own in graph.derived] == ["derived:3 * matter.area > 1"]  # a third is no decimal
    for rooms, truth in ((3, Truth.YES), (4, Truth.NO)):
        for day, other in ((date(2026, 1, 2), Truth.YES), (date(2026, 1, 1), Truth.NO)):
            plan = make_plan(graph, {"matter.rooms": rooms, "matter.begin": day, "matter.area": 1})
            assert needed(plan) == {"p0": truth, "p1": other, "p2": Truth.YES}


def test_parties_are_counted_in_the_plan() -> None:
    graph = graph_of("count(seller, seller.minor) >= 2", roles=(SELLER,))
    assert not graph.derived
    facts = {"seller.count": 3, "seller.minor": True, "seller[2].minor": False}
    assert needed(make_plan(graph, facts)) == {"p0": Truth.OPEN}
    assert asked(make_plan(graph, facts)) == {"seller[3].minor"}
    assert needed(make_plan(graph, facts | {"seller[3].minor": True})) == {"p0": Truth.YES}
    assert needed(make_plan(graph, {"seller.count": 1})) == {"p0": Truth.NO}
    # of one to three sellers, the first applies; the order of the others makes no difference
    assert enumerate_guide(graph).combinations == 2 * (1 + 2 + 3)


def test_the_guide_has_a_witness_whose_facts_make_it_so() -> None:
    graph = graph_of(LARGE, "matter.end - matter.begin > 30", "matter.terrace > 20", "matter.limit < matter.rooms")
    figures = enumerate_guide(graph)
    assert figures.combinations == 2 * 2 * 2 * 2
    assert "几个要素相比较" in figures.method.zh
    assert (figures.online.worst, figures.online.total) == (2, 2)
    witness = dict(figures.online.witness)
    assert not any(is_derived(key) for key in witness)
    plan = make_plan(graph, witness)
    assert plan.count.worst == Range(2, 2)
    assert not asked(plan)
    assert Truth.OPEN not in needed(plan).values()
    for classes in completing.completions(graph, (None,) * len(graph.domains)):
        assert graph.classify(witness_of(graph, classes)) == classes


def test_what_the_bounds_of_facts_decide_is_not_enumerated() -> None:
    """Under 50 square metres with a terrace of 200 at most: never 300."""
    graph = graph_of(LARGE, "matter.area < 50")
    rows = [graph.facts_at(row) for row in completing.completions(graph, (None,) * len(graph.domains))]
    assert len(rows) == 3
    small = [row for row in rows if row["matter.area"] < 50]  # type: ignore[operator]
    assert [row[f"derived:{LARGE}"] for row in small] == [False]


def test_what_somebody_says_against_a_constraint_counts() -> None:
    graph = graph_of("matter.area < 50", "matter.rooms = 1", constraints=(parse(LARGE),))
    plan = make_plan(graph, {"matter.area": 10})
    assert needed(plan) == {"p0": Truth.YES, "p1": Truth.OPEN}
    constrained = graph_of("matter.rooms > 2", constraints=(parse("matter.rooms > matter.limit"),))
    assert needed(make_plan(constrained, {"matter.rooms": 2})) == {"p0": Truth.NO}
    assert make_plan(constrained, {"matter.rooms": 2, "matter.limit": 5}).count.worst == Range(0, 0)


def of_parties(**more: Any) -> LifeEvent:
    """Who is older than the limit signs in the hall; a court sits where all are; a paper of each who is not."""
    steps = (
        Step("home", Text("在家签"), Actor.APPLICANT, roles=("seller",), modes=ONLINE,
             when=parse("not party.age > matter.limit")),
        Step("hall", Text("窗口签"), Actor.APPLICANT, roles=("seller",), modes=HALL,
             when=parse("party.age > matter.limit")),
        Step("decide", Text("登记"), Actor.AGENCY, ("home", "hall"), most=2),
    )  # fmt: skip
    paper = need("paper", Accept(K.UPLOAD), role="seller", when=parse("party.age <= matter.limit"))
    transfer = service("transfer", steps=steps, evidence=(paper,))
    court = service("court", "all(seller, seller.age > matter.limit)", steps=at(BRANCH, roles=("seller",)))
    return event((transfer, court), FACTS, **({"roles": (SELLER,)} | more))


def test_each_party_is_compared_by_himself() -> None:
    graph = compile_event(of_parties(), "s")
    assert {own.key for own in graph.derived} == {
        f"{who}.derived:party.age {op} matter.limit"
        for who in ("seller", "seller[2]", "seller[3]")
        for op in (">", "<=")
    }
    known = {"seller.count": 2, "matter.limit": 17, "seller.age": 30, "seller[2].age": 12}
    plan = make_plan(graph, known)
    steps = {(step.step, step.persons): step.mode for step in plan.steps if step.persons and step.service == "transfer"}
    assert steps == {("home", ("seller[2]",)): M.ONLINE, ("hall", ("seller[1]",)): M.COUNTER}
    assert [(item.evidence, item.party) for item in plan.evidence] == [("paper", "seller[2]")]
    assert needed(plan) == {"transfer": Truth.YES, "court": Truth.NO}
    assert not plan.questions
    assert needed(make_plan(graph, known | {"seller[2].age": 18})) == {"transfer": Truth.YES, "court": Truth.YES}
    assert asked(make_plan(graph, {"seller.count": 2, "matter.limit": 17, "seller.age": 30})) == {"seller[2].age"}


def test_all_ways_to_look_at_parties_find_the_same_most_visits() -> None:
    """Also where the bounds of facts decide the comparison for some kinds of parties, whom nobody is."""
    whole = of_parties()
    alone = replace(whole, services=(whole.services[0],), facts=(
        *(one for one in FACTS if one.key != "matter.limit"),
        fact("matter.limit", FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(10)),
    ))  # fmt: skip
    adult = Step("adult", Text("成年人来"), Actor.APPLICANT, ("decide",), ("seller",), modes=BRANCH,
                 when=parse("party.age >= 18"))  # fmt: skip
    own = replace(alone.services[0], steps=(*alone.services[0].steps, adult))
    graph = compile_event(replace(alone, services=(own,)), "s")
    assert [group.free for group in graph.groups] == [True]
    most = {
        max(core_of(graph, row, graph.context(Context(walk_in=False))).choice.cost[0] for row in rows)
        for rows in (completing.completions(graph, (None,) * len(graph.domains), crowd=crowd) for crowd in Crowd)
    }
    assert most == {2}


def test_where_parties_are_compared_with_each_other_all_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sellers whom nothing else tells apart, one older and one younger than the buyer, come to two halls."""
    buyer = Role("buyer", Text("买方", "buyer"))
    facts = (*FACTS, fact("buyer.age", FactType.INTEGER))
    sources = ("any(seller, seller.age > buyer.age)", "any(seller, seller.age < buyer.age)")
    graph = graph_of(*sources, facts=facts, roles=(buyer, SELLER))
    assert enumerate_guide(graph).online.worst == 2
    monkeypatch.setattr(guide, "MOST", 1)
    assert enumerate_guide(graph).online.worst == 2


def people() -> Iterator[dict[str, Any]]:
    """Sellers of three ages, one or two of them, under three limits."""
    for limit, number in product((0, 17, 50), (1, 2)):
        for ages in product((0, 17, 40), repeat=number):
            own = {f"seller{'' if n == 0 else f'[{n + 1}]'}.age": age for n, age in enumerate(ages)}
            yield {"matter.limit": limit, "seller.count": number, **own}


def test_no_applicant_makes_more_visits_than_the_guide_says() -> None:
    graph = compile_event(of_parties(roles=(replace(SELLER, most=2),)), "s")
    figures = enumerate_guide(graph)
    worst = [make_plan(graph, one).count.worst for one in people()]
    assert all(own.low == own.high for own in worst)
    assert figures.online.worst == max(own.high for own in worst) == 2
    assert make_plan(graph, dict(figures.online.witness)).count.worst == Range(2, 2)


def test_ranges_hold_whatever_the_open_facts_turn_out_to_be() -> None:
    """With some facts open, every applicant who has the others gets a plan within the range."""
    graph = compile_event(of_parties(roles=(replace(SELLER, most=2),)), "s")
    for full in people():
        for left_out in full:
            part = {key: value for key, value in full.items() if key != left_out}
            told, true = make_plan(graph, part).count.worst, make_plan(graph, full).count.worst
            assert told.low <= true.low <= true.high <= told.high


def test_every_completion_is_planned_as_its_facts_say() -> None:
    """By brute force over values: the plan by classes is the plan by the conditions themselves."""
    sources = (LARGE, "matter.area < 50", "matter.area - matter.terrace <= 0", "any(seller, seller.age > matter.rooms)")
    graph = graph_of(*sources, roles=(replace(SELLER, most=1),))
    bound = {one.key: one.applies_when for one in graph.event.services}
    areas, terraces = (0, Decimal("49.9"), 50, 100, 250, Decimal("300.1")), (0, 50, 51, 200)
    for area, terrace, age, rooms in product(areas, terraces, (1, 5), (1, 4)):
        facts = {"matter.area": area, "matter.terrace": terrace, "seller.age": age, "matter.rooms": rooms}
        facts["seller.count"] = 1
        states = {state.key for state in graph.states(graph.classify(facts))}
        assert states == {key for key, when in bound.items() if evaluate(when, facts)}
        assert graph.classify(facts) in set(completing.completions(graph, (None,) * len(graph.domains)))


def random_event(chance: random.Random) -> Graph:
    """Three services by random comparisons of three numbers within bounds, some with a cut of their own."""
    facts = [fact(f"matter.{name}", FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(4)) for name in "abc"]

    def comparison() -> str:
        one, other = chance.sample("abc", 2)
        times, more = chance.choice(["", "2 * ", "-"]), chance.randint(-2, 6)
        op = chance.choice(["<", "<=", "=", "!=", ">", ">="])
        return chance.choice([f"{times}matter.{one} + matter.{other} {op} {more}", f"matter.{one} {op} {more}"])

    sources = [f"{comparison()} {chance.choice(['and', 'or'])} {comparison()}" for _ in range(3)]
    constraint = (parse(comparison()),) if chance.random() < 0.3 else ()
    return graph_of(*sources, facts=tuple(facts), constraints=constraint)


def test_whoever_answers_what_is_asked_gets_his_plan() -> None:
    """Ranges hold at each answer, and when nothing more is asked the plan is that of all his facts."""
    chance = random.Random(3)
    for _ in range(40):
        graph = random_event(chance)
        for _ in range(6):
            full = {f"matter.{name}": chance.randint(0, 4) for name in "abc"}
            if any(evaluate(rule, full) is False for rule in graph.event.constraints):
                continue
            true, known = make_plan(graph, full), dict[str, Any]()
            while questions := make_plan(graph, known).questions:
                told = make_plan(graph, known).count.worst
                assert told.low <= true.count.worst.low <= true.count.worst.high <= told.high
                known[questions[0].fact] = full[questions[0].fact]
            last = make_plan(graph, known)
            assert needed(last) == needed(true)
            assert last.count == true.count


def test_too_many_comparisons_are_left_for_later_pages() -> None:
    graph = graph_of(*(f"matter.area - {n} * matter.terrace > {n}" for n in range(1, 14)))
    plan = make_plan(graph, {})
    assert asked(plan) == {"matter.area", "matter.terrace"}
    assert asked(make_plan(graph, {"matter.area": 5})) == {"matter.terrace"}


def test_what_only_some_are_asked_is_asked_by_a_sum() -> None:
    own = service("p", facts=("matter.code", "matter.area", "matter.terrace"))
    whole = event((own,), FACTS, asked=(Asked("matter.code", parse(LARGE)),))
    graph = compile_event(whole, "s")

    def questions(**known: int) -> set[str]:
        facts = {f"matter.{key}": value for key, value in known.items()}
        return {one.fact for one in make_plan(graph, facts).questions}

    assert questions() == {"matter.code", "matter.area", "matter.terrace"}
    assert questions(area=300, terrace=1) == {"matter.code"}
    assert questions(area=300, terrace=0) == set()


def test_what_stands_for_a_compared_fact_spares_nobody_a_question() -> None:
    """The area decides the sum only; by how large it is alone somebody is asked for a code."""
    large = service("large", LARGE, facts=("matter.area",))
    own = service("p", facts=("matter.code",))
    graph = compile_event(event((large, own), FACTS, asked=(Asked("matter.code", parse("matter.area > 500")),)), "s")
    questions = [one.fact for one in make_plan(graph, {"matter.area": 600, "matter.terrace": 0}).questions]
    assert questions == ["matter.code"]


def test_fees_by_sums() -> None:
    """One that the form's answers price, one by a fact that the plan asks."""
    large = Fee(Text("库"), Decimal(10), Text("面积费"), READ, parse(LARGE))
    long = Fee(Text("库"), Decimal(5), Text("长期费"), READ, parse("matter.end - matter.begin > 30"))
    own = service("p", facts=("matter.area", "matter.terrace"), fees=(large, long))
    graph = compile_event(event((own,), FACTS), "s")
    assert enumerate_guide(graph).fees == (0, 15)
    assert asked(make_plan(graph, {})) == {"matter.begin", "matter.end"}
    known = {"matter.area": 300, "matter.terrace": 1, "matter.begin": DAY, "matter.end": DAY + timedelta(31)}
    assert [(line.low, line.high) for line in make_plan(graph, known).fees] == [(10, 10), (5, 5)]
    assert [(line.low, line.high) for line in make_plan(graph, known | {"matter.terrace": 0}).fees] == [(5, 5)]


def test_a_role_that_is_there_by_a_sum() -> None:
    guest = Role("guest", Text("客人", "guest"), 1, 1, when=parse(LARGE))
    own = service("p", steps=at(HALL, roles=("guest",)))
    graph = compile_event(event((own,), FACTS, roles=(guest,)), "s")
    assert asked(make_plan(graph, {})) == {"matter.area", "matter.terrace"}
    assert make_plan(graph, {"matter.area": 300, "matter.terrace": 1}).count.worst == Range(1, 1)
    assert make_plan(graph, {"matter.area": 300, "matter.terrace": 0}).count.worst == Range(0, 0)
    assert enumerate_guide(graph).combinations == 2


def test_types_are_checked_when_an_event_is_compiled() -> None:
    with pytest.raises(BadCondition, match="数不能和日期比较"):
        graph_of("matter.area > matter.begin")


def test_walking_in_takes_the_same_facts() -> None:
    graph = graph_of(LARGE)
    for classes in completing.completions(graph, (None,) * len(graph.domains)):
        context = graph.context(Context(walk_in=True))
        assert core_of(graph, classes, context).choice.cost[0] == int(bool(classes[graph.derived[0].position]))
