"""Fees in percent of a price and by the piece: rounded to the fen, a range while open, left out of the enumeration."""

from dataclasses import replace
from decimal import Decimal

import pytest

from onevisit.catalogue.references import check_event
from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import Fee, Parameter
from onevisit.core.conditions import parse
from onevisit.core.errors import Refusal
from onevisit.core.facts import FactType
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.guide import enumerate_guide
from onevisit.core.planning.plan import make_plan
from onevisit.core.text import Text
from tests.core.planning.catalogues import READ, event, fact, service

PRICE = fact("matter.price", FactType.DECIMAL, minimum=Decimal(100), maximum=Decimal(1000000))
COPIES = fact("matter.copies", FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(3))
FACTS = (PRICE, COPIES, fact("matter.home"), fact("matter.only"))
MEMORY = Basis(Mark.MEMORY, note=Text("凭记忆", "from memory"))


def fee(amount: str, label: str, when: str = "", basis: Basis = READ, **more: str) -> Fee:
    return Fee(Text("treasury"), Decimal(amount), Text(label, label), basis, parse(when) if when else None, **more)


FEES = (
    fee("1.5", "reduced", "matter.home and matter.only", MEMORY, percent_of="matter.price"),
    fee("3", "full", "not (matter.home and matter.only)", percent_of="matter.price"),
    fee("80", "home", "matter.home"),
    fee("550", "other", "not matter.home"),
    fee("10", "copies", times="matter.copies"),
)
ASKED = ("matter.price", "matter.copies", "matter.home", "matter.only")


@pytest.fixture
def graph() -> Graph:
    return compile_event(event((service("tax", fees=FEES, facts=ASKED),), FACTS), "s")


def priced(graph: Graph, **facts: object) -> dict[str, tuple[Decimal, Decimal]]:
    plan = make_plan(graph, {f"matter.{key}": value for key, value in facts.items()})  # type: ignore[misc]
    return {line.label.zh: (line.low, line.high) for line in plan.fees}


def test_what_is_known_is_priced_to_the_fen(graph: Graph) -> None:
    assert priced(graph, price=Decimal("333.33"), copies=2, home=True, only=True) == {
        "reduced": (Decimal("5.00"), Decimal("5.00")),  # 4.99995
        "home": (80, 80),
        "copies": (20, 20),
    }
    assert priced(graph, price=Decimal("100.50"), copies=0, home=False, only=True) == {
        "full": (Decimal("3.02"), Decimal("3.02")),  # 3.015: halves up
        "other": (550, 550),
        "copies": (0, 0),
    }


def test_what_is_open_is_a_range(graph: Graph) -> None:
    assert priced(graph, home=True, only=True) == {
        "reduced": (Decimal("1.50"), Decimal("15000.00")),
        "home": (80, 80),
        "copies": (0, 30),
    }
    assert priced(graph, price=1000, copies=1) == {
        "reduced": (0, 15),
        "full": (0, 30),
        "home": (0, 80),
        "other": (0, 550),
        "copies": (10, 10),
    }


def test_a_fee_of_a_service_that_is_only_perhaps_needed_begins_at_nothing() -> None:
    own = service("tax", "matter.sold", fees=FEES[4:], facts=("matter.copies",))
    graph = compile_event(event((own,), (*FACTS, fact("matter.sold"))), "s")
    assert priced(graph, copies=2) == {"copies": (0, 20)}
    assert priced(graph, copies=2, sold=False) == {}


def test_it_is_said_what_is_still_awaited_and_what_is_recalled(graph: Graph) -> None:
    plan = make_plan(graph, {"matter.home": True, "matter.only": True, "matter.copies": 1})
    assert {line.label.zh: line.awaits for line in plan.fees} == {"reduced": "matter.price", "home": "", "copies": ""}
    assert [one.text.zh for one in plan.assumptions if "reduced" in one.text.zh] == ["tax事项：reduced（凭记忆）"]
    other = make_plan(graph, {"matter.home": False})
    assert not [one for one in other.assumptions if "reduced" in one.text.zh]


def test_a_recalled_ground_of_a_refund_is_said_too() -> None:
    back = replace(fee("1", "deed", True, percent_of="matter.price"), returned_without="tax", returned_basis=MEMORY)
    graph = compile_event(event((service("tax", fees=(back,), facts=("matter.price",)),), FACTS), "s")
    assert "tax事项：退deed（凭记忆）" in [one.text.zh for one in make_plan(graph, {}).assumptions]
    assert "tax事项：退deed（凭记忆）" in [one.text.zh for one in enumerate_guide(graph).assumptions]


def test_facts_that_only_price_are_asked_by_the_form_and_not_enumerated(graph: Graph) -> None:
    assert [question.fact for question in make_plan(graph, {}).questions] == list(dict.fromkeys(f.key for f in FACTS))
    guide = enumerate_guide(graph)
    assert guide.combinations == 1
    assert guide.fees == (80, 580)
    assert [rate.zh for rate in guide.rates] == ["reduced", "full"]


def test_a_parameter_in_the_condition_of_a_priced_fee_is_named_with_its_source() -> None:
    large = fee("1", "large", "matter.price >= parameter.much", percent_of="matter.price")
    own = service("tax", fees=(large,), facts=("matter.price",))
    much = Parameter("much", Decimal(5000), Text("大额", "much"), MEMORY)
    graph = compile_event(event((own,), FACTS, parameters=(much,)), "s")
    assert priced(graph, price=4999) == {}
    assert priced(graph, price=5000) == {"large": (50, 50)}
    assert any("大额" in one.text.zh for one in make_plan(graph, {}).assumptions)


@pytest.mark.parametrize(
    ("wrong", "facts", "what"),
    [
        (fee("1", "x", percent_of="matter.price"), (), "does not ask"),
        (fee("1", "x", "matter.home", percent_of="matter.price"), ("matter.price",), "matter.home"),
        (fee("1", "x", percent_of="matter.copies"), ("matter.copies",), "is no decimal"),
        (fee("1", "x", percent_of="matter.price", times="matter.copies"), ASKED, "not both"),
        (fee("1", "x", times="matter.nothing"), ASKED, "there is no fact"),
    ],
)
def test_a_fee_that_could_not_be_priced_is_told(wrong: Fee, facts: tuple[str, ...], what: str) -> None:
    made = event((service("tax", fees=(wrong,), facts=facts),), FACTS)
    assert any(what in problem for _, problem in check_event(made, ["law"]))


def test_a_measure_without_bounds_is_told() -> None:
    made = event((service("tax", fees=FEES[:1], facts=ASKED),), (replace(PRICE, maximum=None), *FACTS[1:]))
    assert any("`maximum`" in problem for _, problem in check_event(made, ["law"]))


def test_a_condition_that_does_not_fit_cannot_be_compiled() -> None:
    broken = fee("1", "x", "matter.home = 3", percent_of="matter.price")
    with pytest.raises(Refusal):
        compile_event(event((service("tax", fees=(broken,), facts=ASKED),), FACTS), "s")
