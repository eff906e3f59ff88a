"""Several parties of one role: conditions of each, quantifiers, who acts, and that parties alike count once."""

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest

from onevisit.core.catalogue import Accept, Actor, LifeEvent, Mode, Role, Step
from onevisit.core.conditions import BadCondition, bind, evaluate, in_words, parse
from onevisit.core.facts import FactType
from onevisit.core.planning import completing
from onevisit.core.planning.completing import Crowd
from onevisit.core.planning.core import core_of
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.options import Context
from onevisit.core.planning.plan import make_plan
from onevisit.core.text import Text
from tests.core.planning.catalogues import ASSUMED, READ, K, M, event, fact, need, service

SELLER = Role("seller", Text("卖方", "seller"), 1, 3)
BUYER = Role("buyer", Text("买方", "buyer"), 1, 3)
FATHER = Role("father", Text("父亲", "father"), 1, 1, when=parse("matter.named"))
ROLES = {role.key: role for role in (SELLER, BUYER, FATHER)}
FACTS = (
    fact("matter.named"),
    fact("seller.count", FactType.INTEGER),
    fact("seller.comes"),
    fact("seller.minor"),
    fact("buyer.count", FactType.INTEGER),
    fact("buyer.comes"),
    fact("buyer.minor"),
    fact("father.minor"),
)
SPECS = {spec.key: spec for spec in FACTS}
HALL = (Mode(M.COUNTER, READ, ("H",)),)
ONLINE = (Mode(M.ONLINE, ASSUMED),)


def sale(**more: object) -> LifeEvent:
    """Whoever comes signs with the others who come; the rest sign at home; minors need a paper."""
    both = ("seller", "buyer")
    steps = (
        Step("home", Text("在家签"), Actor.APPLICANT, roles=both, modes=ONLINE, when=parse("not party.comes")),
        Step("hall", Text("窗口签"), Actor.APPLICANT, roles=both, together=True, modes=HALL, when=parse("party.comes")),
        Step("decide", Text("登记"), Actor.AGENCY, ("home", "hall"), most=2),
    )
    guardian = need("guardian", Accept(K.UPLOAD), role="seller", when=parse("party.minor"))
    own = service("transfer", steps=steps, evidence=(guardian,), facts=("seller.minor", "buyer.count"))
    court = service("court", "any(seller, seller.minor)", steps=(Step("decide", Text("同意"), Actor.AGENCY),))
    return event((own, court), FACTS, **({"roles": (SELLER, BUYER)} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "facts", "truth"),
    [
        ("any(seller, seller.minor)", {"seller.count": 2, "seller.minor": False, "seller[2].minor": True}, True),
        ("any(seller, seller.minor)", {"seller.count": 1, "seller.minor": False, "seller[2].minor": True}, False),
        ("any(seller, seller.minor)", {"seller.minor": False}, None),
        ("any(seller, seller.minor)", {"seller.minor": True}, True),
        ("all(seller, seller.minor)", {"seller.count": 2, "seller.minor": True, "seller[2].minor": True}, True),
        ("all(seller, seller.minor)", {"seller.minor": False}, False),
        ("all(seller, seller.minor)", {"seller.count": 1, "seller.minor": True}, True),
        ("not any(father, father.minor)", {"matter.named": False}, True),
        ("any(father, father.minor)", {"matter.named": True, "father.minor": True}, True),
        ("any(seller, seller.minor) and any(buyer, buyer.minor)", {"seller.minor": True, "buyer.minor": True}, True),
    ],
)
def test_any_and_all_of_a_role(source: str, facts: dict[str, object], truth: bool | None) -> None:
    assert evaluate(bind(parse(source), {}, ROLES), facts) is truth  # type: ignore[arg-type]


def test_a_quantifier_is_said_as_it_was_written() -> None:
    said = in_words(bind(parse("any(seller, seller.minor)"), {}, ROLES), SPECS)
    assert said == Text("有一方seller.minor：是", "somebody's seller.minor: yes")
    assert in_words(bind(parse("not any(seller, seller.minor)"), {}, ROLES), SPECS).en == "everybody's seller.minor: no"
    assert in_words(bind(parse("not any(father, father.minor)"), {}, ROLES), SPECS).en == "father.minor: no"


@pytest.mark.parametrize("source", ["any(seller)", "any(, true)", "any(seller.minor, true)", "all(seller, true"])
def test_a_broken_quantifier_is_told(source: str) -> None:
    with pytest.raises(BadCondition):
        parse(source)


def test_an_unknown_role_is_told() -> None:
    with pytest.raises(BadCondition, match="当事人"):
        bind(parse("any(nobody, true)"), {}, ROLES)


KNOWN = {"seller.count": 2, "buyer.count": 1, "seller.minor": False, "seller[2].minor": True, "buyer.minor": False}


def test_each_acts_as_his_own_facts_say() -> None:
    graph = compile_event(sale(), "s")
    plan = make_plan(graph, KNOWN | {"seller.comes": True, "seller[2].comes": False, "buyer.comes": True})
    steps = {(step.step, step.persons): step.mode for step in plan.steps if step.persons}
    assert steps == {("home", ("seller[2]",)): M.ONLINE, ("hall", ("seller[1]", "buyer[1]")): M.COUNTER}
    assert [(item.evidence, item.party) for item in plan.evidence] == [("guardian", "seller[2]")]
    assert (plan.count.worst.high, plan.count.total.high, len(plan.visits)) == (1, 2, 1)
    assert not plan.questions


def test_only_those_who_exist_are_asked() -> None:
    graph = compile_event(sale(roles=(SELLER, BUYER, FATHER)), "s")
    asked = {one.fact for one in make_plan(graph, {"seller.count": 1, "buyer.count": 1}).questions}
    assert {"seller.comes", "buyer.comes", "seller.minor"} <= asked
    assert not any("[2]" in key or key.startswith("father.") for key in asked)


def test_a_form_asks_only_of_those_who_exist() -> None:
    """Whether there is a father is not known yet: his part of the form comes with the answer."""
    form = service("form", facts=("father.minor", "seller.count"))
    graph = compile_event(event((form,), FACTS, roles=(SELLER, FATHER)), "s")

    def asked(**known: bool) -> set[str]:
        facts = {"seller.count": 1, "seller.minor": False, "seller.comes": True}
        return {
            one.fact for one in make_plan(graph, facts | {f"matter.{key}": v for key, v in known.items()}).questions
        }

    assert "father.minor" not in asked()
    assert "father.minor" not in asked(named=False)
    assert "father.minor" in asked(named=True)


def test_the_applicant_is_the_role_that_he_says() -> None:
    apply = Step("apply", Text("申请"), Actor.APPLICANT, modes=HALL)
    you = fact("matter.you", FactType.CHOICE, "seller father")
    own = service("p", steps=(apply, Step("decide", Text("办"), Actor.AGENCY, ("apply",))))
    roles = (replace(SELLER, most=1), FATHER)
    graph = compile_event(event((own,), (*FACTS, you), roles=roles, you="matter.you"), "s")

    def who(facts: dict[str, object]) -> tuple[str, ...]:
        return make_plan(graph, facts).steps[0].persons  # type: ignore[arg-type]

    assert who({"matter.you": "father", "matter.named": True}) == ("father",)
    assert who({"matter.you": "seller", "matter.named": True}) == ("seller",)
    assert who({"matter.you": "father", "matter.named": False}) == ("seller",)


def random_sale(chance: random.Random) -> LifeEvent:
    """Two services of random steps by sellers and buyers, joint or not, each with conditions on the party."""
    conditions = ["party.comes", "not party.comes", "party.minor", "party.comes or party.minor"]
    made = []
    for number in range(2):
        steps: list[Step] = []
        for k in range(chance.randint(1, 3)):
            modes = chance.choice([HALL, (Mode(M.COUNTER, READ, ("G",)),), (*ONLINE, *HALL), ONLINE])
            steps.append(
                Step(
                    f"s{k}", Text("签"), Actor.APPLICANT, (f"w{k - 1}",) if k else (),
                    roles=chance.choice([("seller",), ("buyer",), ("seller", "buyer")]),
                    together=chance.random() < 0.5, modes=modes,
                    when=parse(chance.choice(conditions)) if chance.random() < 0.6 else None,
                )
            )  # fmt: skip
            steps.append(Step(f"w{k}", Text("办"), Actor.AGENCY, (f"s{k}",), most=chance.choice([0, 2])))
        applies = chance.choice([True, "any(seller, seller.minor)", "all(buyer, buyer.comes)"])
        made.append(service(f"p{number}", applies, steps=tuple(steps), promise=0))
    return event(tuple(made), FACTS, roles=(replace(SELLER, most=2), replace(BUYER, most=2)))


def test_parties_that_are_alike_make_nobody_come_more_often() -> None:
    """The published number leaves twins out; here it is compared with all orders and numbers of parties."""
    chance = random.Random(7)
    found = set()
    for _ in range(40):
        graph = compile_event(random_sale(chance), "s")
        for walk_in in (False, True):
            context = graph.context(Context(walk_in))
            worst = [
                max(
                    core_of(graph, classes, context).choice.cost[0]
                    for classes in completing.completions(graph, (None,) * len(graph.domains), crowd=crowd)
                )
                for crowd in (Crowd.KINDS, Crowd.ALL)
            ]
            assert worst[0] == worst[1]
            found.add(worst[0])
    assert found >= {0, 1, 2}


def test_interchangeable_parties_are_taken_in_one_order_only() -> None:
    """Against all orders, by brute force: the same plans, and no two completions are the same people in other order."""
    graph = compile_event(sale(), "s")
    nothing = (None,) * len(graph.domains)
    seen = list(completing.completions(graph, nothing))
    assert len(seen) == len(set(seen)) == completing.number_of(graph, nothing)
    # two facts of each seller: 4 kinds of people, 1 to 3 of them; of a buyer the plan reads one fact
    assert len(seen) == (4 + 10 + 20) * (2 + 3 + 4)


def test_what_is_known_of_a_party_stays_his() -> None:
    graph = compile_event(sale(), "s")
    known = graph.classify({"seller.count": 2, "seller[2].minor": True, "buyer.count": 1, "buyer.comes": False})
    rows = [graph.facts_at(classes) for classes in completing.completions(graph, known)]
    assert all(row["seller[2].minor"] is True and row["seller.count"] == 2 for row in rows)
    assert {row["seller.minor"] for row in rows} == {True, False}
    assert len(rows) == 4 * 2


def led_sale(chance: random.Random) -> LifeEvent:
    """A random sale in which no condition reads a party's facts from outside; some steps are the applicant's own."""
    made = []
    for own in random_sale(chance).services:
        alone = Step("own", Text("申请"), Actor.APPLICANT, (own.steps[-1].key,), modes=chance.choice([HALL, ONLINE]))
        later = Step("later", Text("办"), Actor.AGENCY, ("own",), most=chance.choice([0, 2]))
        steps = (*own.steps, alone, later) if chance.random() < 0.7 else own.steps
        made.append(replace(own, applies_when=parse(True), steps=steps))
    you = fact("matter.you", FactType.CHOICE, "seller buyer")
    facts = (*FACTS, you)
    return event(tuple(made), facts, roles=(replace(SELLER, most=2), replace(BUYER, most=2)), you="matter.you")


def test_with_one_of_every_kind_the_most_visits_are_made() -> None:
    """The published number looks at the fewest parties and at one of every kind; here at all numbers and orders."""
    chance = random.Random(11)
    found = set()
    for _ in range(40):
        graph = compile_event(led_sale(chance), "s")
        assert all(group.free for group in graph.groups)
        nothing = (None,) * len(graph.domains)
        for walk_in in (False, True):
            context = graph.context(Context(walk_in))

            def most(rows: Iterable[tuple[int, ...]], graph: Graph = graph, context: Context = context) -> int:
                return max(core_of(graph, row, context).choice.cost[0] for row in rows)

            every = product(*(domain.possible for domain in graph.domains))  # whoever stands first
            told = most(completing.completions(graph, nothing, crowd=Crowd.EDGES))
            assert told == most(every) == most(completing.completions(graph, nothing))
            found.add(told)
    assert found >= {0, 1, 2}


def test_who_applies_is_not_interchangeable_with_the_others() -> None:
    """His own step is in another hall: whoever of the two comes to sign makes a difference."""
    alone = Step("own", Text("申请"), Actor.APPLICANT, modes=(Mode(M.COUNTER, READ, ("G",)),))
    hall = Step("hall", Text("签"), Actor.APPLICANT, roles=("seller",), modes=HALL, when=parse("party.comes"))
    decide = Step("decide", Text("办"), Actor.AGENCY, ("own", "hall"))
    graph = compile_event(event((service("p", steps=(alone, hall, decide)),), FACTS, roles=(SELLER,)), "s")
    known = graph.classify({"seller.count": 2})
    rows = [graph.facts_at(row) for row in completing.completions(graph, known)]
    comes = [(row["seller.comes"], row["seller[2].comes"]) for row in rows]
    assert sorted(comes) == [(False, False), (False, True), (True, False), (True, True)]
    assert make_plan(graph, {"seller.count": 2}).count.worst.high == 2


def test_a_role_that_conditions_read_from_outside_is_enumerated_in_every_kind() -> None:
    graph = compile_event(sale(), "s")
    assert [(group.role.key, group.free) for group in graph.groups] == [("seller", False), ("buyer", True)]
