"""Services handled as one: one application, one hand-over, and what one issues is not carried to the other."""

from dataclasses import replace

from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import AcceptKind, EvidenceRequirement, LifeEvent, Mode, ModeKind, Sequence, Service, Step
from onevisit.core.levers.model import Change
from onevisit.core.levers.parts import (
    Meant,
    also_at,
    both,
    is_application,
    is_pickup,
    opposite,
    with_mode,
)

_WITHOUT_COMING = (ModeKind.ONLINE, ModeKind.COURIER)


def merge(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """The services are applied for and handed out as the first of them is, at its places and in its ways.

    What the first issues and does not pass inside government is not asked for by the others: their agencies begin
    on its written notice (浙江规定 5(3)). It looks at ways that other changes may add, so it is done after them.
    """
    leader = next((one for one in event.services if one.key == change.services[0]), None)
    if leader is None:
        return event
    carried = {output.licence_type for output in leader.outputs if not output.internal_transfer}
    services = tuple(
        _joined(one, leader, carried, basis) if one.key in change.services[1:] else one for one in event.services
    )
    return event if services == event.services else replace(event, services=services)


def _joined(service: Service, leader: Service, carried: set[str], basis: Basis) -> Service:
    """The service as part of one application with its leader."""
    steps = tuple(_like(_like(step, service, leader, is_application), service, leader, is_pickup)
                  for step in service.steps)  # fmt: skip
    needs = tuple(_spared(need, leader, carried) for need in service.evidence)
    sequences = service.sequences
    if any(_takes(need, carried) for need in needs) and leader.key not in [one.after for one in sequences]:
        sequences = (*sequences, Sequence(leader.key, replace(basis, mark=Mark.DERIVED)))  # no article orders it
    return replace(service, steps=steps, evidence=needs, sequences=sequences)


def _like(step: Step, service: Service, leader: Service, meant: Meant) -> Step:
    """The step that can also be done as the leader's is. A counter is not added where there is none."""
    if not meant(step, service):
        return step
    for other in (one for one in leader.steps if meant(one, leader)):
        for mode in other.modes:
            step = _also(step, mode)
    return step


def _also(step: Step, mode: Mode) -> Step:
    if mode.kind is ModeKind.COUNTER:
        return also_at(step, mode.at)
    return with_mode(step, mode) if mode.kind in _WITHOUT_COMING else step


def _spared(need: EvidenceRequirement, leader: Service, carried: set[str]) -> EvidenceRequirement:
    """The requirement, which does not hold where the leader gives what it asks for."""
    return replace(need, when=both(need.when, opposite(leader.applies_when))) if _takes(need, carried) else need


def _takes(need: EvidenceRequirement, licences: set[str]) -> bool:
    return any(accept.kind is AcceptKind.OUTPUT and accept.ref in licences for accept in need.accepts)
