"""What may come later (容缺受理, 浙江规定 11(2)): the one rule of the window, of its pages and of the guide."""

from collections.abc import Collection

from onevisit.core.catalogue import LifeEvent, Provisional, Service
from onevisit.core.law.procedure import Check, Command, State, lawful


def may_come_later(event: LifeEvent, evidence: str, services: Collection[str]) -> Provisional | None:
    """How long the evidence may come later: only if each of the services that ask for it says so; the shortest counts.

    Not for a service whose acceptance is not the window's, that waits for another, or whose law does not know it.
    """
    found = []
    for service in event.services:
        if service.key in services:
            own = next((one.provisional for one in service.evidence if one.evidence == evidence), None)
            fits = service.window_accepts and not service.sequences
            if own is None or not fits or not knows(service, Command.ACCEPT_PROVISIONALLY):
                return None
            found.append(own)
    return min(found, key=lambda one: one.days) if found else None


def knows(service: Service, command: Command) -> bool:
    """Whether the law of its regime knows that of what was just received."""
    return command in lawful(service.regime, State.RECEIVED, Check.OPEN)
