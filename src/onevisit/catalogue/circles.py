"""Find what waits for itself: steps of a service, and services by their outputs and by the order of an article."""

from collections.abc import Iterator, Mapping

from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import AcceptKind, LifeEvent, Service

Waits = Mapping[str, frozenset[str]]  # name → names it waits for


def circles(event: LifeEvent) -> Iterator[tuple[Path_, str]]:
    """Every step and every pair of services in a circle, with its path in the event's document."""
    for n, service in enumerate(event.services):
        waits = {step.key: frozenset(step.after) for step in service.steps}
        for m, step in enumerate(service.steps):
            circle = _circle(step.key, waits)
            if circle:
                yield ("services", n, "steps", m, "after"), f"step `{step.key}` waits for itself: {' → '.join(circle)}"
    between = {service.key: waits_for(service, event) for service in event.services}
    for n, service in enumerate(event.services):
        circle = _circle(service.key, between)
        if circle:
            way = " → ".join(circle)
            yield ("services", n), f"service `{service.key}` waits for itself (evidence, sequences): {way}"


def waits_for(service: Service, event: LifeEvent) -> frozenset[str]:
    """The services whose output it takes or which an article orders before it."""
    taken = {
        accept.ref for need in service.evidence for accept in need.accepts if accept.kind is AcceptKind.OUTPUT
    }  # fmt: skip
    issuers = {
        one.key for one in event.services for output in one.outputs if output.licence_type in taken
    }  # fmt: skip
    return frozenset(issuers | {sequence.after for sequence in service.sequences})


def _circle(start: str, waits: Waits) -> tuple[str, ...]:
    """The shortest way from `start` back to itself; empty if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:  # grows while it is read
        for name in sorted(waits.get(way[-1], frozenset())):
            if name == start:
                return (*way, start)
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
