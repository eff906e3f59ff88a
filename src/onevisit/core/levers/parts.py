"""Change parts of a life event: its services, their steps, modes, documents and what is accepted for them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from onevisit.core.basis import Basis
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    EvidenceRequirement,
    LifeEvent,
    Mode,
    ModeKind,
    Service,
    Step,
)
from onevisit.core.conditions import Condition, parse
from onevisit.core.levers.model import Change
from onevisit.core.syntax import And, Node

T = TypeVar("T")
Meant = Callable[[Step, Service], bool]
_ACCEPTS = {kind: number for number, kind in enumerate(AcceptKind)}
_MODES = {kind: number for number, kind in enumerate(ModeKind)}


def in_services(event: LifeEvent, change: Change, own: Callable[[Service], Service]) -> LifeEvent:
    """The event with `own` done to each service that the change means."""
    meant = set(change.services) or {service.key for service in event.services}
    services = tuple(own(one) if one.key in meant else one for one in event.services)
    return event if services == event.services else replace(event, services=services)


def in_steps(event: LifeEvent, change: Change, meant: Meant, own: Callable[[Step], Step]) -> LifeEvent:
    """The event with `own` done to each step that the change names; where it names none, to those that are `meant`."""

    def service(one: Service) -> Service:
        chosen = [step.key in change.steps if change.steps else meant(step, one) for step in one.steps]
        pairs = zip(one.steps, chosen, strict=True)
        return replace(one, steps=tuple(own(step) if hit else step for step, hit in pairs))

    return in_services(event, change, service)


def in_evidence(
    event: LifeEvent, change: Change, own: Callable[[EvidenceRequirement], EvidenceRequirement | None]
) -> LifeEvent:
    """The event with `own` done to each requirement that the change means; None takes it out."""

    def meant(need: EvidenceRequirement) -> bool:
        return need.evidence in (change.evidence or (need.evidence,)) and change.role in ("", need.role)

    def service(one: Service) -> Service:
        needs = (own(need) if meant(need) else need for need in one.evidence)
        return replace(one, evidence=tuple(need for need in needs if need is not None))

    return in_services(event, change, service)


def accepting(need: EvidenceRequirement, kind: AcceptKind, ref: str, when: Condition | None, basis: Basis | None
              ) -> EvidenceRequirement:  # fmt: skip
    """The requirement that also accepts this; in an order of their own, so that it is all the same who came first."""
    return replace(need, accepts=_with(need.accepts, Accept(kind, ref, when, basis), _accept_key))


def with_mode(step: Step, mode: Mode) -> Step:
    """The step that can also be done so."""
    return replace(step, modes=_with(step.modes, mode, _mode_key))


def _with(items: tuple[T, ...], one: T, key: Callable[[T], tuple[int, str, str]]) -> tuple[T, ...]:
    if key(one) in map(key, items):
        return items
    return tuple(sorted((*items, one), key=key))


def _accept_key(accept: Accept) -> tuple[int, str, str]:
    return _ACCEPTS[accept.kind], accept.ref, source(accept.when)


def _mode_key(mode: Mode) -> tuple[int, str, str]:
    return _MODES[mode.kind], source(mode.when), ""


def also_at(step: Step, places: Iterable[str]) -> Step:
    """The step whose counters are at these places too."""
    modes = tuple(
        replace(mode, at=tuple(sorted({*mode.at, *places}))) if mode.kind is ModeKind.COUNTER else mode
        for mode in step.modes
    )
    return replace(step, modes=modes)


def source(condition: Condition | None) -> str:
    """A condition as it is written; none is always true."""
    return "true" if condition is None else condition.source


def both(one: Condition | None, other: Condition) -> Condition:
    """That both hold; what one of them says already is not said again."""
    if one is None or one == other:
        return other
    return one if other.root in _conjuncts(one.root) else parse(f"({one.source}) and ({other.source})")


def _conjuncts(root: Node) -> tuple[Node, ...]:
    if not isinstance(root, And):
        return (root,)
    return tuple(part for item in root.items for part in _conjuncts(item))


def opposite(condition: Condition) -> Condition:
    """That it does not hold."""
    return parse(f"not ({condition.source})")


def of_applicant(step: Step, _: Service) -> bool:
    """Whether the applicant's side does it with government: not the agency, and not somewhere else."""
    elsewhere = bool(step.modes) and all(mode.kind is ModeKind.THIRD_PARTY for mode in step.modes)
    return step.actor is Actor.APPLICANT and not elsewhere


def of_agency(step: Step, _: Service) -> bool:
    """Whether the agency does it."""
    return step.actor is Actor.AGENCY


def is_pickup(step: Step, service: Service) -> bool:
    """Whether the applicant's side gets the result by it: after others, with none after it."""
    last = not any(step.key in other.after for other in service.steps)
    return of_applicant(step, service) and bool(step.after) and last and not step.pays


def is_application(step: Step, service: Service) -> bool:
    """Whether the applicant's side begins by it."""
    return of_applicant(step, service) and not step.after
