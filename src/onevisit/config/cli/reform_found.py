"""What `onevisit reform` finds: levers of an event or of several together, and all figures before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from onevisit.catalogue.levers import Reform
from onevisit.catalogue.synthetic import people_of
from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.applying import apply
from onevisit.core.levers.model import Lever
from onevisit.core.planning.graph import compile_event
from onevisit.core.proving.proof import prove
from onevisit.core.reforming.averages import Averages, averages
from onevisit.core.reforming.cheapest import Cheapest, Left, Within, cheapest, cost_of, within
from onevisit.core.reforming.pulled import Applicant
from onevisit.core.reforming.together import together

Visits = tuple[int, int]  # at most: online, walking in
TARGET = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One event: its levers to be pulled, the dearest first, and what it asks before and after."""

    event: LifeEvent
    reform: Reform
    levers: tuple[Lever, ...]
    shared: Mapping[str, tuple[LifeEvent, ...]]  # lever → other events that have the same work
    reached: int  # at most so many visits
    helpless: Applicant | None  # who comes more often than the target, whatever is pulled
    rows: tuple[frozenset[str], ...]  # of each, one is needed
    visits: tuple[Visits, Visits]
    averages: tuple[Averages, Averages]


@dataclass(frozen=True, slots=True)
class Found:
    """All events, the answer for all of them together, and what was asked."""

    parts: tuple[Part, ...]
    answer: Cheapest
    bought: Within | None  # what a budget buys
    before: Decimal  # visits a year before, weighted by demand

    @property
    def reached(self) -> bool:
        """Whether every event reaches what was asked for."""
        return not self.answer.helpless

    @property
    def proved(self) -> bool:
        """Whether it is proved that nothing is better."""
        return self.answer.proved and (self.bought is None or self.bought.proved)

    @property
    def saved(self) -> Decimal:
        """Yuan that are spared because work that several events share is paid once."""
        return sum((cost_of(one) for part in self.parts for one in part.levers), Decimal(0)) - self.answer.cost


def find(
    chosen: Mapping[str, tuple[LifeEvent, Reform]], target: int | None, budget: Decimal | None, left: Left
) -> Found:
    """The cheapest levers that reach the target, or the best within the budget, over these events together."""
    every = together({slug: (event, reform.levers) for slug, (event, reform) in chosen.items()})
    alone = len(chosen) == 1  # then its demand weighs nothing
    demand = {slug: Decimal(1) if alone else reform.demand.amount for slug, (_, reform) in chosen.items()}
    target = TARGET if target is None else target
    bought = None if budget is None else within(every.events, every.costs, budget, demand, left)
    answer = bought.answer if bought else cheapest(every.events, every.costs, target, left)
    parts = []
    for slug, (event, reform) in chosen.items():
        levers = every.pulled(slug, answer.keys) if slug in answer.reached else []
        after, people = apply(event, levers), people_of(event, reform)
        parts.append(
            Part(
                event,
                reform,
                tuple(levers),
                {one.key: tuple(chosen[other][0] for other in every.sharing(slug, one)) for one in levers if one.work},
                answer.reached.get(slug, target),
                answer.helpless.get(slug),
                tuple(row.keys for row in answer.needed if row.event == slug),
                (_visits(event), _visits(after)),
                (averages(event, people), averages(after, people)),
            )
        )
    before = sum((demand[slug] * max(part.visits[0]) for slug, part in zip(chosen, parts, strict=True)), Decimal(0))
    return Found(tuple(parts), answer, bought, before)


def _visits(event: LifeEvent) -> Visits:
    online, walk_in = prove(compile_event(event, "")).channels
    return online.worst, walk_in.worst
