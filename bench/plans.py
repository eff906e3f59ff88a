"""How long the planner takes on the real content."""

import random
import statistics
import time
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import Path

from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Value, party_key
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.guide import enumerate_guide
from onevisit.core.planning.model import Bounds
from onevisit.core.planning.plan import make_plan

MORE = ("water-transfer", "power-transfer", "gas-transfer")  # the sale with twelve procedures has two of each
APPLICANTS = 60
KINDS, AREAS, SIGNS = ("new_sole", "sole", "company"), (30, 120, 400), ("none", "large")


def plans() -> None:
    """Compile, first plan of each applicant, the same plan again, and the full enumeration."""
    content = read_content(Path(ROOT) / "content")
    event, snapshot = content.events["open-restaurant"], content.snapshots["open-restaurant"]
    print(_line("compile the event", _median(lambda: compile_event(event, snapshot), 20), 50))
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
    print(_line("plan, facts never seen", statistics.median(first), 1))
    print(_line("plan, facts seen before", statistics.median(again), 1))
    print(_line("plan, nothing known yet", _once(lambda: make_plan(compile_event(event, snapshot), {})), 250))
    print(_line("full enumeration", _once(lambda: enumerate_guide(compile_event(event, snapshot)))))
    _sale(content.events["sell-home"], content.snapshots["sell-home"])
    for slug, own in content.events.items():
        _pages(own, content.snapshots[slug])


def _pages(event: LifeEvent, snapshot: str) -> None:
    """Every page on the way through the questions, of random applicants; the first page of a process, and again."""
    figures = enumerate_guide(compile_event(event, snapshot))
    bounds = Bounds(figures.online.worst, figures.walk_in.worst, figures.promised_days)
    graph = compile_event(event, snapshot, bounds)
    values = {domain.key: [domain.values[k] for k in domain.possible] for domain in graph.domains}
    print(_line(f"{event.key}: first page, cold", _once(lambda: make_plan(graph, {}))))
    graph.bodies.clear()
    print(_line("  the same, warm", _once(lambda: make_plan(graph, {})), 20))
    chance, took = random.Random(1), []
    for _ in range(APPLICANTS):
        facts: dict[str, Value] = {}
        while True:
            took.append(_once(lambda facts=facts: make_plan(graph, facts)))
            asked = [question.fact for question in make_plan(graph, facts).questions if question.deciding]
            if not asked:
                break
            facts = facts | {asked[0]: chance.choice(values[asked[0]])}
    took.sort()
    print(_line(f"  {len(took)} pages of questions", statistics.median(took)))
    print(_line("  95 of 100 of them", took[len(took) * 95 // 100], 20))
    print(_line("  the longest", took[-1]))


def _sale(event: LifeEvent, snapshot: str) -> None:
    """Eight parties, each signing in his own way, every service of the sale; then with twelve procedures."""
    matter = {
        "matter.you": "buyer",
        "matter.family": False,
        "matter.mortgage": "cleared",
        "matter.loan": True,
        "matter.utilities": "all",
        "seller.count": 4,
        "buyer.count": 4,
        "spouse.count": 0,
    }
    crowds = combinations_with_replacement(("online", "window", "mandate", "guardian"), 4)
    people = [
        matter
        | {party_key(f"{role}[{n + 1}]", "signs"): how for role in ("seller", "buyer") for n, how in enumerate(crowd)}
        for crowd in crowds
    ]
    graph = compile_event(event, snapshot)
    first = [_once(lambda person=person: make_plan(graph, person)) for person in people]
    print(_line("sale of 8 parties, unseen", statistics.median(first), 5))
    more = tuple(replace(own, key=f"{own.key}-more") for own in event.services if own.key in MORE)
    large = compile_event(replace(event, services=event.services + more), snapshot)
    assert len(large.tables) == 12
    of_twelve = [_once(lambda person=person: make_plan(large, person)) for person in people]
    print(_line("  the same, 12 procedures", statistics.median(of_twelve), 5))
    print(_line("sale, nothing known yet", _once(lambda: make_plan(compile_event(event, snapshot), {})), 1000))
    print(_line("sale, full enumeration", _once(lambda: enumerate_guide(compile_event(event, snapshot))), 4000))


def _line(name: str, took: float, most: float | None = None) -> str:
    verdict = "" if most is None else f"   (aim: under {most} ms, {'held' if took < most else 'MISSED'})"
    return f"  {name:27} {took:8.2f} ms{verdict}"


def _once(do: object) -> float:
    began = time.process_time()
    do()  # type: ignore[operator]
    return (time.process_time() - began) * 1000


def _median(do: object, times: int) -> float:
    return statistics.median(_once(do) for _ in range(times))
