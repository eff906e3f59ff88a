"""Plans as JSON match the published schema."""

from collections.abc import Mapping
from decimal import Decimal

import jsonschema_rs
import pytest

from onevisit.core.facts import Value
from onevisit.core.planning.export import PLAN_SCHEMA, plan_to_json
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.model import Unavailable
from onevisit.core.planning.plan import make_plan
from tests.core.planning.catalogues import restaurant, sale

CASES: list[Mapping[str, Value]] = [
    {},
    {"matter.kind": "sole", "matter.small": False},
    {"matter.kind": "new", "matter.area": Decimal(400), "matter.tobacco": True, "matter.paper": True},
]


@pytest.mark.parametrize("facts", CASES)
@pytest.mark.parametrize("walk_in", [False, True])
def test_real_plans_validate(facts: Mapping[str, Value], walk_in: bool) -> None:
    graph = compile_event(restaurant(), "snapshot")
    plan = make_plan(graph, facts, walk_in=walk_in, unavailable={"estate": Unavailable.DOWN})
    data = plan_to_json(plan, "zh")
    jsonschema_rs.validate(PLAN_SCHEMA, data)
    assert data["visit_problem"]["order"] is not None
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(PLAN_SCHEMA, data | {"trips": "none"})


def test_texts_are_in_the_language_asked_for() -> None:
    plan = make_plan(compile_event(sale(), "s"), {"seller.count": 1, "buyer.count": 1})
    assert plan_to_json(plan, "en")["count"]["explanation"].startswith("2 visits")
    assert plan_to_json(plan, "zh")["count"]["explanation"].startswith("2 次")
    jsonschema_rs.validate(PLAN_SCHEMA, plan_to_json(plan, "en"))
