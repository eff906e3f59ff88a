"""Visit problems in the JSON form of a plan, read for the solver."""

from collections.abc import Mapping
from typing import Any

from onevisit.core.planning.visits import Order, VisitProblem, VisitStep


def problem_from_json(data: Mapping[str, Any]) -> VisitProblem:
    """The problem that `problem_to_json` gives; a split without days takes one."""
    steps = (
        VisitStep(name, tuple(raw["who"]), tuple(raw["at"]), tuple(raw["window"]) if "window" in raw else None)
        for name, raw in data["steps"].items()
    )
    order = (
        Order(earlier, later, None if kind == "instant" else wait[0] if wait else 1)
        for earlier, later, kind, *wait in data["order"]
    )
    return VisitProblem(tuple(steps), tuple(order))
