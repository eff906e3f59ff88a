"""Every act that may have to be done by anybody, and every document that may be needed, each with when.

The same reading of the catalogue as planning/services.py makes for one applicant, here for all of them at once: what
that decides by known facts is a formula here. Equal for every applicant: tests/core/proving compares the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onevisit.core.catalogue import AcceptKind, Actor, EvidenceRequirement, Mode, ModeKind, Service, Step
from onevisit.core.parties import MATTER
from onevisit.core.planning.graph import Graph
from onevisit.core.planning.options import Burden, Context, takes, usable
from onevisit.core.planning.services import ASSUMED_MODE, in_order, working_days
from onevisit.core.solving.circuit import FALSE, TRUE, Circuit, Formula
from onevisit.core.solving.everybody import Everybody, Persons
from onevisit.core.solving.translate import Translation
from onevisit.core.syntax import FactRef

_BURDEN = {AcceptKind.UPLOAD: Burden.UPLOAD, AcceptKind.COPY: Burden.COPY, AcceptKind.ORIGINAL: Burden.ORIGINAL}


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One way to do an act, and when it is open to everybody who does it."""

    kind: ModeKind
    at: tuple[str, ...]
    open: Formula


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """One step of one person, or of several together."""

    number: int
    service: int
    step: Step
    key: str  # "service.step", or "service.step@person" (and what it may react to)
    persons: tuple[tuple[str, Formula], ...]  # who does it, each with when
    active: Formula
    days: tuple[tuple[int, Formula], ...]  # how many working days it takes, each number with when; else none
    ways: tuple[Way, ...]  # an applicant's act: those of the channel

    @property
    def agency(self) -> bool:
        """Whether the agency acts."""
        return self.step.actor is Actor.AGENCY


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One way to prove a need that waits for no other service, and when it can be used."""

    burden: Burden
    usable: Formula


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """An output of another service that proves a need, and when it comes."""

    producer: int
    internal: bool
    burden: Burden
    comes: Formula


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """One document of one party for one service."""

    key: tuple[int, int, str]  # service, requirement, party (and to what its proof may react)
    active: Formula
    sources: tuple[Source, ...]
    outputs: tuple[Given, ...]
    handed_in: Mapping[int, Formula]  # act → when it is handed in with it
    named: tuple[int, ...]  # the agency's acts that wait for it, where a step is named; else those that decide


@dataclass(slots=True)
class Universe:
    """All acts and needs of an event in one channel, where what is learnt on the way turns out in one way."""

    graph: Graph
    context: Context
    translation: Translation
    turned: Mapping[int, int]  # late facts, by their places, with their classes
    applies: list[Formula] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    of_step: dict[tuple[int, str], list[int]] = field(default_factory=dict)  # acts of each service's steps
    papers: dict[int, list[tuple[Need, Formula]]] = field(default_factory=dict)  # what is handed in with each act

    def of_service(self, service: int) -> list[int]:
        """Acts of a service, in the order of its steps."""
        return [n for (own, _), acts in self.of_step.items() if own == service for n in acts]


def universe_of(graph: Graph, context: Context, translation: Translation, turned: Mapping[int, int]) -> Universe:
    """Read an event for everybody in one channel, in one world (`turned`: its late facts)."""
    made = Universe(graph, context, translation, turned)
    services = [table.service for table in graph.tables]
    made.applies = [made.translation.formula(service.applies_when) for service in services]
    reader = _Reader(made, Everybody(graph.planned, made.translation), made.translation.logic)
    for number, service in enumerate(services):
        reader.acts(number, service)
    reader.assumed_counters()
    for number, service in enumerate(services):
        made.needs += reader.needs(number, service)
    made.papers = reader.papers()
    return made


@dataclass(slots=True)
class _Reader:
    made: Universe
    people: Everybody
    logic: Circuit

    def acts(self, number: int, service: Service) -> None:
        """The acts of a service, predecessors first."""
        days = self._days(service)
        for step in in_order(service.steps):
            own = self.made.of_step.setdefault((number, step.key), [])
            label = self.made.graph.learning.label((service.key, step.key), self.made.turned)
            for suffix, persons in self._doers(step):
                there = (
                    [when for _, when in persons] if step.actor is Actor.APPLICANT else [self.people.when(step.when)]
                )
                active = self.logic.all((self.made.applies[number], self.logic.any(there)))
                place = len(self.made.acts)
                self.made.acts.append(
                    Act(
                        place,
                        number,
                        step,
                        f"{service.key}.{step.key}{suffix}{label}",
                        tuple(persons),
                        active,
                        days.get(step.key, ((step.most, TRUE),) if step.most else ()),
                        tuple(self._ways(step, persons)) if step.actor is Actor.APPLICANT else (),
                    )
                )
                own.append(place)

    def _days(self, service: Service) -> dict[str, tuple[tuple[int, Formula], ...]]:
        """How many days the agency's steps take (as services._promised)."""
        agency = [step for step in service.steps if step.actor is Actor.AGENCY]
        checked = -(self.people.when(service.on_promise)) if service.on_promise is not None else TRUE
        timed = self.logic.any(self.people.when(step.when) for step in agency if step.most)
        found: dict[str, tuple[tuple[int, Formula], ...]] = {}
        for n, step in enumerate(agency):
            last = -(self.logic.any(self.people.when(later.when) for later in agency[n + 1 :]))
            own = self.logic.all((checked, -(timed), last))
            ways = ((step.most, checked), (working_days(service.promise), own))
            found[step.key] = tuple((days, when) for days, when in ways if days and when != FALSE)
        return found

    def _doers(self, step: Step) -> Iterator[tuple[str, Persons]]:
        """Who does the step: all of them in one act if together, else each in his own."""
        if step.actor is Actor.AGENCY:
            yield "", []
            return
        people = self.people
        chosen = [people.roles[key] for key in step.roles if key in people.roles and people.roles[key].natural]
        everybody = [one for role in chosen for one in people.persons(role)] if step.roles else people.applicant()
        persons = [(person, self.logic.all((there, people.when(step.when, person)))) for person, there in everybody]
        if step.together:
            yield "", persons
        else:
            yield from ((f"@{person}", [(person, when)]) for person, when in persons)

    def _ways(self, step: Step, persons: Persons) -> Iterator[Way]:
        """The modes of a step in the channel; where none is open, online is assumed."""
        opened = []
        for mode in step.modes:
            each = [self.logic.implies(there, self.people.when(mode.when, person)) for person, there in persons]
            opened.append(self.logic.all(each) if mode.when is not None else TRUE)
        modes = [*zip(step.modes, opened, strict=True)]
        modes.append((Mode(ModeKind.ONLINE, ASSUMED_MODE), -(self.logic.any(opened))))
        away = (ModeKind.ONLINE, ModeKind.TERMINAL) if self.made.context.walk_in else ()
        yield from (Way(mode.kind, mode.at, when) for mode, when in modes if mode.kind not in away and when != FALSE)

    def assumed_counters(self) -> None:
        """Where walking in no mode is open, the act is done at a counter of the event, or nowhere if it has none."""
        if not self.made.context.walk_in:
            return
        acts = self.made.acts
        places = dict.fromkeys(place for act in acts for mode in act.step.modes for place in mode.at)
        there = {
            place: self.logic.any(act.active for act in acts if any(place in mode.at for mode in act.step.modes))
            for place in places
        }
        for act in [act for act in acts if not act.agency]:
            none = -(self.logic.any(way.open for way in act.ways))
            nowhere = self.logic.all((none, -(self.logic.any(there.values()))))
            more = [Way(ModeKind.COUNTER, (place,), self.logic.all((none, when))) for place, when in there.items()]
            more.append(Way(ModeKind.ONLINE, (), nowhere))
            ways = (*act.ways, *(way for way in more if way.open != FALSE))
            acts[act.number] = Act(act.number, act.service, act.step, act.key, act.persons, act.active, act.days, ways)

    def needs(self, number: int, service: Service) -> Iterator[Need]:
        """The documents that a service needs."""
        for place, requirement in enumerate(service.evidence):
            role = self.people.roles.get(requirement.role)
            for party, there in self.people.persons(role) if role else [(MATTER, TRUE)]:
                of = party if role else ""
                active = self.logic.all((self.made.applies[number], there, self.people.when(requirement.when, of)))
                if active != FALSE:
                    yield self._need(number, place, requirement, party, of, active)

    def _need(
        self, number: int, place: int, requirement: EvidenceRequirement, party: str, of: str, active: Formula
    ) -> Need:
        sources: list[Source] = []
        outputs: list[Given] = []
        for accept in requirement.accepts:
            taken = self.people.when(accept.when, of)
            if accept.kind is AcceptKind.COMMITMENT:
                by_fact = (
                    self.made.translation.of(FactRef(accept.ref))
                    if accept.ref
                    else TRUE
                    if accept.when is not None
                    else FALSE
                )
                taken = self.logic.all((taken, by_fact))
            if accept.kind is AcceptKind.OUTPUT:
                outputs += self._given(number, accept.ref, taken)
            elif usable(accept.kind, accept.ref or requirement.evidence, self.made.context, party):
                sources.append(Source(_BURDEN.get(accept.kind, Burden.FREE), taken))
        burden = Burden.COPY if self.made.context.walk_in else Burden.UPLOAD
        nothing = -(self.logic.any([*(one.usable for one in sources), *(one.comes for one in outputs)]))
        sources.append(Source(burden, nothing))
        kept = tuple(source for source in sources if source.usable != FALSE)
        named = tuple(n for n in self.made.of_step.get((number, requirement.step), ()) if self.made.acts[n].agency)
        service = self.made.graph.tables[number].service.key
        label = self.made.graph.learning.label_of_need(service, place, self.made.turned)
        return Need(
            (number, place, party + label),
            active,
            kept,
            tuple(outputs),
            self._handed_in(number, requirement.step, party),
            named,
        )

    def _given(self, number: int, licence: str, taken: Formula) -> Iterator[Given]:
        """The services whose output it may be."""
        for producer, table in enumerate(self.made.graph.tables):
            for output in table.service.outputs:
                if output.licence_type == licence and producer != number:
                    comes = self.logic.all((taken, self.made.applies[producer], self.people.when(output.when)))
                    paper = Burden.ORIGINAL if self.made.context.walk_in else Burden.UPLOAD
                    burden = Burden.FREE if output.internal_transfer else paper
                    if comes != FALSE:
                        yield Given(producer, output.internal_transfer, burden, comes)

    def _handed_in(self, number: int, named: str, party: str) -> dict[int, Formula]:
        """The act it is handed in with: the named step's, else the applicant's first; the party's own, or the first."""
        steps = [
            [n for n in own if not self.made.acts[n].agency]
            for (service, _), own in self.made.of_step.items()
            if service == number
        ]
        acts = self.made.acts
        own = [n for n in self.made.of_step.get((number, named), ()) if not acts[n].agency]
        by_name = self.logic.any(acts[n].active for n in own)
        found: dict[int, Formula] = {}
        before = FALSE
        ways = [(own, by_name)] if own else []
        for step in steps:
            some = self.logic.any(acts[n].active for n in step)
            ways.append((step, self.logic.all((-(by_name), some, -(before)))))
            before = self.logic.any((before, some))
        for step, here in ways:
            for n, when in self._of_step(step, party):
                found[n] = self.logic.any((found.get(n, FALSE), self.logic.all((here, when))))
        return {n: when for n, when in found.items() if when != FALSE}

    def _of_step(self, step: list[int], party: str) -> Iterator[tuple[int, Formula]]:
        """Of a step's acts, the party's own if there is one, else the first."""
        acts = self.made.acts
        own = [
            (n, self.logic.all((acts[n].active, when)))
            for n in step
            for person, when in acts[n].persons
            if person == party
        ]
        yield from own
        before = self.logic.any(when for _, when in own)
        for n in step:
            yield n, self.logic.all((acts[n].active, -(before)))
            before = self.logic.any((before, acts[n].active))

    def papers(self) -> dict[int, list[tuple[Need, Formula]]]:
        """The needs handed in with each act, where some mode takes them (options.with_any_mode)."""
        found: dict[int, list[tuple[Need, Formula]]] = {act.number: [] for act in self.made.acts}
        for need in self.made.needs:
            fits = []
            for n, here in need.handed_in.items():
                for way in self.made.acts[n].ways:
                    ways = [one.usable for one in need.sources if takes(way.kind, one.burden)]
                    ways += [one.comes for one in need.outputs if takes(way.kind, one.burden)]
                    fits.append(self.logic.all((here, way.open, self.logic.any(ways))))
            some = self.logic.any(fits)
            for n, here in need.handed_in.items():
                found[n].append((need, self.logic.all((need.active, here, some))))
        return found
