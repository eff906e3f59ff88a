"""How long the planner takes on the real content."""

import statistics
import time
from pathlib import Path

from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.guide import enumerate_guide
from onevisit.core.planning.plan import make_plan

KINDS, AREAS, SIGNS = ("new_sole", "sole", "company"), (30, 120, 400), ("none", "large")


def plans() -> None:
    """Compile, first plan of each applicant, the same plan again, and the full enumeration."""
    content = read_content(Path(ROOT) / "content")
    event, snapshot = content.events["open-restaurant"], content.snapshots["open-restaurant"]
    print(f"  compile the event           {_median(lambda: compile_event(event, snapshot), 20):8.2f} ms")
    people = [
        {"matter.kind": kind, "matter.area": area, "matter.sign": sign, "matter.tobacco": tobacco}
        for kind in KINDS
        for area in AREAS
        for sign in SIGNS
        for tobacco in (True, False)
    ]
    graph = compile_event(event, snapshot)
    first = [_once(lambda person=person: make_plan(graph, person)) for person in people]
    again = [_once(lambda person=person: make_plan(graph, person)) for person in people]
    aim = "" if statistics.median(first) < 1 else "   MISSED (aim: under 1 ms)"
    print(f"  plan, facts never seen      {statistics.median(first):8.2f} ms{aim}")
    print(f"  plan, facts seen before     {statistics.median(again):8.2f} ms   (aim: under 1 ms)")
    print(f"  plan, nothing known yet     {_once(lambda: make_plan(compile_event(event, snapshot), {})):8.2f} ms")
    print(f"  full enumeration            {_once(lambda: enumerate_guide(compile_event(event, snapshot))):8.2f} ms")


def _once(do: object) -> float:
    began = time.process_time()
    do()  # type: ignore[operator]
    return (time.process_time() - began) * 1000


def _median(do: object, times: int) -> float:
    return statistics.median(_once(do) for _ in range(times))
