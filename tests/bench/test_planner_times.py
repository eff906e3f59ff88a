"""CPU times of the planner on a compiled event of the restaurant's size; limits are generous, figures are printed."""

from collections.abc import Callable
from statistics import median
from time import process_time

from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.plan import make_plan
from tests.core.planning.catalogues import restaurant
from tests.core.planning.test_plan import KNOWN


def milliseconds(act: Callable[[], object], times: int) -> float:
    """Median CPU time of one call."""
    found = []
    for _ in range(times):
        start = process_time()
        act()
        found.append((process_time() - start) * 1000)
    return median(found)


def test_times() -> None:
    event = restaurant()
    graph = compile_event(event, "s")
    make_plan(graph, KNOWN)

    def anew() -> None:
        graph.cores.clear()
        graph.bodies.clear()
        make_plan(graph, KNOWN)

    def open_facts() -> None:
        graph.bodies.clear()
        make_plan(graph, {})

    compiled = milliseconds(lambda: compile_event(event, "s"), 9)
    again = milliseconds(lambda: make_plan(graph, KNOWN), 99)
    new = milliseconds(anew, 19)
    first = milliseconds(lambda: make_plan(compile_event(event, "s"), {}), 3)
    opened = milliseconds(open_facts, 5)
    print(
        f"\ncompile {compiled:.2f} ms · plan, facts seen before {again:.3f} ms · plan, facts never seen {new:.2f} ms"
        f" · plan, nothing known, new process {first:.0f} ms, later {opened:.0f} ms"
    )
    assert again < 1
    assert compiled < 50
    assert new < 50
    assert opened < 250
