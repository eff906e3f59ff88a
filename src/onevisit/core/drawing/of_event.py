"""The picture of a whole event: every service, those of which only some need dashed, every way that papers may flow."""

from collections.abc import Iterator, Mapping

from onevisit.core.catalogue import AcceptKind, EvidenceRequirement, Service
from onevisit.core.conditions import evaluate, in_words
from onevisit.core.drawing.model import Box, Line, Origin, Paper, Picture
from onevisit.core.drawing.of_plan import ORIGINS
from onevisit.core.levers.parts import of_agency
from onevisit.core.planning.graph import Graph
from onevisit.core.planning.services import working_days

Makers = Mapping[str, list[tuple[str, bool]]]  # licence type → services that issue it, and whether it passes inside


def picture_of_event(graph: Graph) -> Picture:
    """Everything that the event may ask of anybody. Of a paper's sources the best is drawn, as they are ranked."""
    event = graph.event
    makers: dict[str, list[tuple[str, bool]]] = {}
    for service in event.services:
        for output in service.outputs:
            makers.setdefault(output.licence_type, []).append((service.key, output.internal_transfer))
    boxes = tuple(_box(graph, service, makers) for service in event.services)
    lines = tuple(line for service in event.services for line in _lines(graph, service, makers))
    names = {one.key: one.short for one in event.agencies}
    return Picture(tuple((key, names[key]) for key in dict.fromkeys(box.agency for box in boxes)), boxes, lines)


def _box(graph: Graph, service: Service, makers: Makers) -> Box:
    timed = [step.most for step in service.steps if of_agency(step, service)]
    papers: dict[tuple[str, Origin], None] = {}
    for need in service.evidence:
        papers[need.evidence, _origin(service, need, makers)] = None
    always = evaluate(service.applies_when, {}) is True
    return Box(
        service.key,
        service.agency,
        service.name,
        sum(timed) or working_days(service.promise),
        tuple(Paper(key, graph.evidence_types[key].name, origin) for key, origin in papers),
        when=None if always else in_words(service.applies_when, graph.specs),
    )


def _made(service: Service, need: EvidenceRequirement, makers: Makers) -> Iterator[tuple[str, bool]]:
    """Other services here that make it."""
    for accept in need.accepts:
        if accept.kind is AcceptKind.OUTPUT:
            yield from (one for one in makers.get(accept.ref, ()) if one[0] != service.key)


def _origin(service: Service, need: EvidenceRequirement, makers: Makers) -> Origin:
    made = [internal for _, internal in _made(service, need, makers)]
    if made:
        return Origin.PASSED if any(made) else Origin.CARRIED
    kinds = sorted({accept.kind for accept in need.accepts} - {AcceptKind.EARLIER}, key=list(AcceptKind).index)
    return ORIGINS.get(kinds[0], Origin.HELD) if kinds else Origin.SENT


def _lines(graph: Graph, service: Service, makers: Makers) -> Iterator[Line]:
    orders = {one.after: one.basis for one in service.sequences}
    passing: set[str] = set()
    done: set[tuple[str, str]] = set()
    for need in service.evidence:
        name = graph.evidence_types[need.evidence].name
        for maker, internal in _made(service, need, makers):
            if (maker, need.evidence) not in done:
                done.add((maker, need.evidence))
                passing.add(maker)
                serial, basis = maker in orders, orders.get(maker)
                yield Line(maker, service.key, need.evidence, name, serial, not internal, basis)
    for earlier, basis in orders.items():
        if earlier not in passing:
            yield Line(earlier, service.key, serial=True, basis=basis)
