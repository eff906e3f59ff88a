"""The lever workbench: an event with some of its levers pulled, proved for everybody, and its cost by estimate."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from onevisit.catalogue.levers import Levered, Reform, read_again
from onevisit.catalogue.synthetic import people_of
from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.model import Lever
from onevisit.core.planning.core import Core
from onevisit.core.planning.options import Context
from onevisit.core.planning.plan import make_plan
from onevisit.core.proving.search import Search
from onevisit.core.proving.witness import plainest, telling
from onevisit.core.reforming.averages import Averages, averages
from onevisit.core.reforming.cheapest import Cheapest, Left, cheapest, cost_of
from onevisit.core.reforming.pulled import KEPT, Applicant, Keys, Pulled, filled, pulled
from onevisit.core.text import Text
from onevisit.core.wording import value_words

CHANNELS = (False, True)


@dataclass(frozen=True, slots=True)
class Trip:
    """One visit of the person who is worst off: where, and what he does there."""

    place: Text
    steps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What an event asks of one applicant."""

    trips: tuple[Trip, ...]
    elsewhere: int
    papers: int  # originals, copies and uploads that he brings
    questions: int
    days: int  # working days, promised


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel: the proved maximum before and after, and the worst-off applicant of before by both."""

    walk_in: bool
    worst_before: int
    worst: int
    proved: bool
    who: tuple[tuple[Text, Text], ...]  # facts of the applicant whose plans are drawn
    before: Figures
    after: Figures


@dataclass(slots=True)
class Bench:
    """The levers of one event, tried on the event itself or on what it was before reforms."""

    event: LifeEvent
    reform: Reform
    tried: Pulled
    channels: dict[tuple[Keys, bool], tuple[int, bool, Applicant]]
    best: dict[int, Cheapest]
    means: dict[Keys, Averages]

    @property
    def levers(self) -> dict[str, Lever]:
        """The levers by key, in the order of the content."""
        return {lever.key: lever for lever in self.reform.levers}

    def worst(self, keys: Keys, walk_in: bool) -> tuple[int, bool, Applicant]:
        """Most visits of anybody with these levers, whether that is proved, and who makes them."""
        known = (keys, walk_in)
        if known not in self.channels:
            graph = self.tried.graph(keys)
            found = Search(graph, Context(walk_in)).run()
            assert found is not None  # constraints that leave nobody are not published
            facts = plainest(graph, found.facts, graph.context(Context(walk_in)), found.worst)
            self.channels[known] = (found.worst, found.proved, Applicant(walk_in, facts))
        return self.channels[known]

    def cheapest(self, target: int, left: Left) -> Cheapest:
        """The cheapest levers that reach the target for everybody, or what is found in the time that is left."""
        known = self.best.get(target)
        if known is None or not known.proved:
            costs = {key: cost_of(lever) for key, lever in self.levers.items()}
            known = self.best[target] = cheapest({self.reform.event: self.tried}, costs, target, left)
        return known

    def averages(self, keys: Keys) -> Averages:
        """What the event with these levers asks of synthetic applicants on average, of the same ones for any levers."""
        if keys not in self.means:
            if len(self.means) >= KEPT:
                self.means.pop(next(iter(self.means)))
            self.means[keys] = averages(self.tried.changed(keys), people_of(self.event, self.reform))
        return self.means[keys]

    def cost(self, keys: Keys) -> Decimal:
        """What they cost in the first year, in yuan, by estimate."""
        return sum((cost_of(self.levers[key]) for key in keys), Decimal(0))

    def shown(self, keys: Keys) -> Iterator[Channel]:
        """Both channels before and after, with the applicant who was worst off before."""
        nothing: Keys = frozenset()
        for walk_in in CHANNELS:
            before, _, one = self.worst(nothing, walk_in)
            after, proved, _ = self.worst(keys, walk_in)
            graph = self.tried.graph(nothing)
            specs = graph.specs
            facts = telling(graph, filled(graph, one.facts))
            who = tuple((specs[key].label, value_words(specs[key], value)) for key, value in facts.items())
            yield Channel(walk_in, before, after, proved, who, self._figures(nothing, one), self._figures(keys, one))

    def _figures(self, keys: Keys, one: Applicant) -> Figures:
        graph, core = self.tried.graph(keys), self.tried.core(keys, one)
        facts = filled(graph, one.facts)
        plan = make_plan(graph, facts, walk_in=one.walk_in)
        _, _, elsewhere, originals, copies, uploads, _ = core.choice.cost
        asked = len(telling(graph, facts)) + len(plan.questions)
        return Figures(tuple(_trips(graph.event, core)), elsewhere, originals + copies + uploads, asked, core.days)


def _trips(event: LifeEvent, core: Core) -> Iterator[Trip]:
    """The visits of the person who makes most, in order."""
    people = dict.fromkeys(person for moment in core.visits.moments for person in moment.persons)
    counted = {one: sum(one in moment.persons for moment in core.visits.moments) for one in people}
    worst = max(counted, key=lambda one: counted[one], default="")
    names = {one.key: one.name for one in event.places}
    acts = {act.key: (core.states[core.net.service_of[n]].service.name, act) for n, act in enumerate(core.net.acts)}
    for moment in core.visits.moments:
        own = [acts[key] for key in moment.steps if worst in acts[key][1].persons]
        if own:
            steps = tuple(dict.fromkeys(_step(service, act.step.name) for service, act in own))
            yield Trip(names.get(moment.place, Text(moment.place)), steps)


def _step(service: Text, step: Text) -> Text:
    return Text(f"{service.zh} · {step.zh}", f"{service.of('en')} · {step.of('en')}")


def has_levers(folder: Path, slug: str) -> bool:
    """Whether there is a workbench of the event (catalogue.levers: the file bears its slug)."""
    return (folder / "reform" / f"{slug}.yaml").exists()


def bench_of(folder: Path, slug: str, *, unreformed: bool) -> Bench | None:
    """The workbench of an event; None where it has no levers, or no picture of what it was before."""
    return _benches(read_again(folder)).get((slug, unreformed))


@lru_cache(maxsize=1)
def _benches(levered: Levered) -> dict[tuple[str, bool], Bench]:
    found: dict[tuple[str, bool], Bench] = {}
    for slug, reform in levered.reforms.items():
        levers = {lever.key: lever for lever in reform.levers}
        events = {False: levered.content.events[slug]}
        if reform.illustration:
            events[True] = reform.illustration.event
        for unreformed, event in events.items():
            found[slug, unreformed] = Bench(event, reform, pulled(event, levers), {}, {}, {})
    return found
