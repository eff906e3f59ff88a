"""How much work a plan is, counted in calls of Python functions: the same on a slow machine as on a fast one.

How long it takes is measured by `make bench`.
"""

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.plan import make_plan
from tests.core.planning.catalogues import KNOWN, restaurant


def calls(act: Callable[[], object]) -> int:
    """How many Python functions it calls."""
    count = 0

    def counted(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def test_what_was_planned_once_is_not_planned_again() -> None:
    graph = compile_event(restaurant(), "s")
    make_plan(graph, KNOWN)
    assert calls(lambda: make_plan(graph, KNOWN)) < 100
    alike = KNOWN | {"matter.area": Decimal(401)}  # another number on the same side of every limit
    assert calls(lambda: make_plan(graph, alike)) < 100


def test_a_plan_takes_no_more_work_than_twice_what_it_took() -> None:
    event = restaurant()
    graph = compile_event(event, "s")
    make_plan(graph, {})
    graph.bodies.clear()
    assert calls(lambda: make_plan(graph, {})) < 50_000
    graph.cores.clear()
    graph.bodies.clear()
    assert calls(lambda: make_plan(graph, KNOWN)) < 10_000
    assert calls(lambda: compile_event(event, "s")) < 5_000
