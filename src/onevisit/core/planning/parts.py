"""Evidence, steps and visits of a plan as the applicant reads them."""

from collections.abc import Iterable

from onevisit.core.catalogue import AcceptKind, ModeKind
from onevisit.core.facts import name_in
from onevisit.core.planning.core import Core
from onevisit.core.planning.explain import alternatives, fallback_in_words
from onevisit.core.planning.graph import Graph
from onevisit.core.planning.model import PlannedEvidence, PlannedStep, PlannedVisit
from onevisit.core.planning.network import latest_begins
from onevisit.core.planning.options import Context, Item, Source, usable
from onevisit.core.text import Text

_GROUP = tuple[str, str, AcceptKind, str]


def evidence_of(graph: Graph, core: Core, context: Context) -> tuple[PlannedEvidence, ...]:
    """Each document once per party and source, with the services that use it."""
    groups: dict[_GROUP, list[tuple[Item, Source]]] = {}
    for item, source in zip(core.choice.items, core.choice.sources, strict=True):
        key = (item.need.evidence, item.need.party, source.kind, source.ref)
        groups.setdefault(key, []).append((item, source))
    return tuple(_evidence(graph, core, context, key, group) for key, group in groups.items())


def _evidence(
    graph: Graph, core: Core, context: Context, key: _GROUP, group: list[tuple[Item, Source]]
) -> PlannedEvidence:
    evidence, party, kind, ref = key
    requirements = [
        (item, core.states[item.service].service.evidence[item.need.requirement]) for item, _ in group
    ]  # fmt: skip
    others = [requirement.accepts[k] for item, requirement in requirements for k in item.need.accepts]
    offered = [requirement.accepts[k] for item, requirement in requirements for k in item.need.offered]
    rank = list(AcceptKind)
    unusable = {name_in(key): why for key, why in context.unavailable}
    better = [
        accept.ref
        for accept in others
        if accept.kind is AcceptKind.RESOURCE
        and not usable(accept.kind, accept.ref, context, party)
        and rank.index(kind) > rank.index(accept.kind)
    ]
    reason: Text | None = None
    if better:
        resource = next(r for r in graph.event.resources if r.key == better[0])
        reason = fallback_in_words(resource, unusable[better[0]])
    spec = graph.evidence_types.get(evidence)
    return PlannedEvidence(
        evidence=evidence,
        name=spec.name if spec else Text(evidence),
        role=requirements[0][1].role,
        party=party,
        kind=kind,
        ref=ref,
        services=tuple(dict.fromkeys(core.states[item.service].key for item, _ in group)),
        alternatives=alternatives(kind, [accept.kind for accept in others]),
        fallback=bool(better),
        reason=reason,
        commitment_offered=bool(offered),
    )


def steps_of(core: Core) -> tuple[PlannedStep, ...]:
    """Every act with its mode, persons and visit, services in the catalogue's order."""
    visit_of = {key: number for number, moment in enumerate(core.visits.moments) for key in moment.steps}
    return tuple(_steps(core, visit_of))


def _steps(core: Core, visit_of: dict[str, int]) -> Iterable[PlannedStep]:
    for n, act in enumerate(core.net.acts):
        mode = core.choice.modes.get(n)
        yield PlannedStep(
            service=core.states[core.net.service_of[n]].key,
            step=act.step.key,
            name=act.step.name,
            mode=mode.kind if mode else None,
            persons=act.persons,
            places=mode.at if mode else (),
            visit=visit_of.get(act.key),
            trip=mode is not None and mode.kind is ModeKind.THIRD_PARTY,
            note=_note(mode.kind) if mode else None,
        )


def _note(kind: ModeKind) -> Text | None:
    if kind is ModeKind.GOVERNMENT_COMES:
        return Text("政府的人上门，请留人在场，不算跑一次", "An officer comes: please have someone there; no visit")
    return None


def visits_of(core: Core) -> tuple[PlannedVisit, ...]:
    """Visits in order: who goes where for what, from which working day on and until when."""
    number = {act.key: n for n, act in enumerate(core.net.acts)}
    groups = [[number[key] for key in moment.steps] for moment in core.visits.moments]
    latest = latest_begins(core.net, core.promised, core.choice.edges, groups)
    found = []
    for moment, acts in zip(core.visits.moments, groups, strict=True):
        steps = tuple((core.states[core.net.service_of[n]].key, core.net.acts[n].step.key) for n in acts)
        days = max(core.promised.begins[n] for n in acts), min(latest[n] for n in acts)
        found.append(PlannedVisit(moment.place, moment.persons, steps, *days))
    return tuple(found)
