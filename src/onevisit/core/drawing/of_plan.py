"""The picture of one applicant's best plan: what is taken from where, and where he goes."""

from collections.abc import Iterator

from onevisit.core.catalogue import AcceptKind
from onevisit.core.drawing.model import Box, Line, Origin, Paper, Picture, Stop, Trip
from onevisit.core.parties import party_name
from onevisit.core.planning.choosing import Choice
from onevisit.core.planning.core import Core
from onevisit.core.planning.graph import Graph
from onevisit.core.planning.options import Source
from onevisit.core.planning.visits import Moment
from onevisit.core.text import Text

ORIGINS = {
    AcceptKind.UPLOAD: Origin.SENT,
    AcceptKind.COPY: Origin.BROUGHT,
    AcceptKind.ORIGINAL: Origin.BROUGHT,
    AcceptKind.COMMITMENT: Origin.PROMISED,
}


def picture_of_plan(graph: Graph, core: Core) -> Picture:
    """What the plan is made of, with the visits of the person who comes most often."""
    trips = tuple(_trips(graph, core))
    worst = worst_off(core)
    boxes = tuple(_box(graph, core, number, worst) for number in range(len(core.states)))
    names = {one.key: one.short for one in graph.event.agencies}
    agencies = dict.fromkeys(box.agency for box in boxes)
    alone = tuple(_alone(graph, core, worst))
    who = party_name(graph.event, worst) if trips else None
    return Picture(tuple((key, names[key]) for key in agencies), boxes, tuple(_lines(graph, core)), trips, who, alone)


def worst_off(core: Core) -> str:
    """The person who comes most often; "" where nobody comes."""
    people = dict.fromkeys(person for moment in core.visits.moments for person in moment.persons)
    counted = {one: sum(one in moment.persons for moment in core.visits.moments) for one in people}
    return max(counted, key=lambda one: counted[one], default="")


def _own(core: Core, worst: str) -> list[Moment]:
    """The moments at which he is there."""
    return [moment for moment in core.visits.moments if worst in moment.persons]


def _box(graph: Graph, core: Core, number: int, worst: str) -> Box:
    state = core.states[number]
    own = {
        core.net.acts[n].key: core.net.acts[n] for n in range(len(core.net.acts)) if core.net.service_of[n] == number
    }
    stops = [
        Stop(visit, own[key].step.name)
        for visit, moment in enumerate(_own(core, worst), start=1)
        for key in moment.steps
        if key in own and worst in own[key].persons
    ]
    days = sum(act.days for act in state.acts if act.agency)
    papers = tuple(_papers(graph, core.choice, number))
    return Box(state.key, state.service.agency, state.service.name, days, papers, tuple(dict.fromkeys(stops)))


def _papers(graph: Graph, choice: Choice, number: int) -> Iterator[Paper]:
    """Each kind of evidence once for each source, in the catalogue's order."""
    found: dict[tuple[str, Origin], int] = {}
    for item, source in zip(choice.items, choice.sources, strict=True):
        if item.service == number:
            key = (item.need.evidence, origin_of(source))
            found[key] = found.get(key, 0) + 1
    for (evidence, origin), count in found.items():
        yield Paper(evidence, graph.evidence_types[evidence].name, origin, count)


def origin_of(source: Source) -> Origin:
    """Where a source of the plan comes from."""
    if source.producer >= 0:
        return Origin.PASSED if source.internal else Origin.CARRIED
    return ORIGINS.get(source.kind, Origin.HELD)


def _lines(graph: Graph, core: Core) -> Iterator[Line]:
    """What passes from service to service, then orders that pass nothing."""
    ordered = {
        (state.service.sequences[k].after, state.key): state.service.sequences[k].basis
        for state in core.states for k in state.ordered_after
    }  # fmt: skip
    flows: dict[tuple[str, str, str], Line] = {}
    for item, source in zip(core.choice.items, core.choice.sources, strict=True):
        if source.producer >= 0:
            pair = (core.states[source.producer].key, core.states[item.service].key)
            name = graph.evidence_types[item.need.evidence].name
            line = Line(*pair, item.need.evidence, name, pair in ordered, not source.internal, ordered.get(pair))
            flows.setdefault((*pair, item.need.evidence), line)
    yield from flows.values()
    keys = {state.key for state in core.states}
    for pair, basis in ordered.items():
        if pair[0] in keys and not any(line.source == pair[0] and line.target == pair[1] for line in flows.values()):
            yield Line(*pair, serial=True, basis=basis)


def _trips(graph: Graph, core: Core) -> Iterator[Trip]:
    worst = worst_off(core)
    for number, moment in enumerate(_own(core, worst), start=1):
        yield _trip(graph, core, number, moment, worst)


def _alone(graph: Graph, core: Core, worst: str) -> Iterator[Trip]:
    """Visits at which somebody else comes without him."""
    for moment in core.visits.moments:
        if worst not in moment.persons:
            yield _trip(graph, core, 0, moment, "")


def _trip(graph: Graph, core: Core, number: int, moment: Moment, worst: str) -> Trip:
    acts = {act.key: (core.states[core.net.service_of[n]].service.name, act) for n, act in enumerate(core.net.acts)}
    steps = [
        _step(acts[key][0], acts[key][1].step.name) for key in moment.steps if worst in ("", *acts[key][1].persons)
    ]
    place = next((one.name for one in graph.event.places if one.key == moment.place), Text(moment.place))
    others = tuple(party_name(graph.event, person) for person in moment.persons if person != worst)
    return Trip(number, moment.day, place, tuple(dict.fromkeys(steps)), others)


def _step(service: Text, step: Text) -> Text:
    return Text(f"{service.zh} · {step.zh}", f"{service.of('en')} · {step.of('en')}")
