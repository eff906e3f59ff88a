"""Several events with their levers: what levers of several events share is one piece of work, done and paid once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.applying import apply
from onevisit.core.levers.model import Lever
from onevisit.core.reforming.cheapest import cost_of
from onevisit.core.reforming.pulled import Keys, Pulled


@dataclass(frozen=True, slots=True)
class Together:
    """Events of which work can be done; whose work is done has all its levers pulled, in every event."""

    events: Mapping[str, Pulled]
    costs: Mapping[str, Decimal]  # of each piece of work the dearest of its levers' estimates
    levers: Mapping[str, Mapping[str, Lever]]  # event → work → its lever

    def pulled(self, event: str, work: Keys) -> list[Lever]:
        """The event's levers that this work pulls, the dearest first."""
        own = [lever for name, lever in self.levers[event].items() if name in work]
        return sorted(own, key=lambda one: (-cost_of(one), one.key))

    def sharing(self, event: str, lever: Lever) -> list[str]:
        """The other events that have the lever's work."""
        return [other for other, own in self.levers.items() if other != event and lever.work in own]


def together(events: Mapping[str, tuple[LifeEvent, Iterable[Lever]]]) -> Together:
    """Put the events' levers together. A single event's work is called as its levers are."""
    alone = len(events) == 1
    levers = {
        slug: {lever.key if alone else lever.work or f"{slug}/{lever.key}": lever for lever in own}
        for slug, (_, own) in events.items()
    }
    costs: dict[str, Decimal] = {}
    for own in levers.values():
        for name, lever in own.items():
            costs[name] = max(costs.get(name, Decimal(0)), cost_of(lever))
    parts = {slug: _pulled(event, levers[slug]) for slug, (event, _) in events.items()}
    return Together(parts, costs, levers)


def _pulled(event: LifeEvent, levers: Mapping[str, Lever]) -> Pulled:
    return Pulled(frozenset(levers), lambda work: apply(event, (levers[name] for name in work)))
