"""How long compiling, proving and reforming take, on the real content and on made events of stated sizes."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bench.made import made_event
from onevisit.catalogue.levers import read_levers
from onevisit.catalogue.load import read_content
from onevisit.config.environment import ROOT
from onevisit.core.levers.model import Lever
from onevisit.core.planning.graph import compile_event
from onevisit.core.proving.proof import prove
from onevisit.core.reforming.cheapest import cheapest, cost_of
from onevisit.core.reforming.pulled import pulled

SIZES = {10: 0.5, 30: None, 60: 5.0}  # services → milliseconds aimed at for compiling
LEVERS, MEGABYTES = 40, 500


def proofs() -> None:
    """Print all of it; a missed aim as missed."""
    for services, aim in SIZES.items():
        event = made_event(services, 20, 30)
        print(_line(f"compile {services} made services", _median(lambda event=event: compile_event(event, "")), aim))
    content = read_content(Path(ROOT) / "content")
    for slug, event in content.events.items():
        graph = compile_event(event, content.snapshots[slug])
        print(_line(f"prove {slug}, both channels", _once(lambda graph=graph: prove(graph)), 1000))
    for services, facts, papers in ((5, 12, 15), (10, 20, 30), (15, 25, 40)):
        graph = compile_event(made_event(services, facts, papers), "")
        what = f"prove a made event: {services} services, {facts} facts, {papers} evidence types"
        print(_line(what, _once(lambda graph=graph: prove(graph)), 5000))
    for slug, reform in read_levers(Path(ROOT) / "content", content).items():
        assert reform.illustration is not None
        levers = forty(reform.levers)
        costs = {lever.key: cost_of(lever) for lever in levers}
        event = pulled(reform.illustration.event, {lever.key: lever for lever in levers})
        took = _once(lambda event=event, costs=costs: cheapest({"": event}, costs, 1))
        print(_line(f"reform {slug} (unreformed) with {len(levers)} levers to one visit", took, 10_000))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  memory at most {used:.0f} MB (aim {MEGABYTES}{'' if used < MEGABYTES else ', MISSED'})")


def forty(levers: tuple[Lever, ...]) -> list[Lever]:
    """The levers and dearer copies of the first of them, up to forty."""
    more = [
        replace(one, key=f"{one.key}-again", cost=replace(one.cost, amount=one.cost.amount + Decimal(1000)))
        for one in levers[: LEVERS - len(levers)]
    ]
    return [*levers, *more]


def _once(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return (time.process_time() - start) * 1000


def _median(what: Callable[[], object]) -> float:
    return statistics.median(_once(what) for _ in range(15))


def _line(what: str, took: float, aim: float | None) -> str:
    said = "" if aim is None else f" (aim {aim:g}{'' if took < aim else ', MISSED'})"
    return f"  {what:82} {took:9.2f} ms{said}"
