"""A scheme of visits (what is done at which moment and place), and the applicants for whom it is good enough.

A scheme is made for one applicant and used for all. It says where each act is done if it has to be done in person at
all: who can do it otherwise, does. For whom is it lawful, and nobody comes more than `most` times? The answer is a
formula. Where it holds, the least number of visits is at most `most`; where it does not, nothing is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onevisit.core.planning.core import Core
from onevisit.core.planning.network import NO_LAST_DAY
from onevisit.core.planning.options import Burden, takes
from onevisit.core.planning.worlds import act_key
from onevisit.core.proving.ordering import Edge, Ordering
from onevisit.core.proving.universe import Act, Given, Need, Universe, Way
from onevisit.core.solving.circuit import FALSE, TRUE, Circuit, Formula

NeedKey = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Moments in order, each at one place; the moment of each act in person; the outputs that prove needs."""

    places: tuple[str, ...]
    days: tuple[int, ...]  # of each moment; they count only for somebody who has a last day
    moments: tuple[tuple[str, int], ...]  # act → moment
    outputs: tuple[tuple[NeedKey, int], ...]  # need → the service whose output proves it


def scheme_of(cores: Mapping[int, Core], orderings: Sequence[Ordering]) -> Scheme:
    """The scheme of one applicant's best plan, with a place for acts that he has not; of all worlds together.

    `cores`: his plan in each world that there is for him, by its number among the orderings'.
    """
    first = next(iter(cores.values()))
    whole = first.whole
    moments: dict[str, int] = dict(whole.moments) if whole else {}
    outputs: dict[NeedKey, int] = {}
    had: set[str] = set()
    needs: set[NeedKey] = set()
    for world, core in cores.items():
        universe = orderings[world].universe
        keys = _keys(core, universe)
        had |= set(keys.values())
        if whole is None:
            moments |= {keys[name]: moment.number for moment in core.visits.moments for name in moment.steps}
        for key, producer in _chosen(core, universe):
            if key not in needs and producer >= 0:
                outputs[key] = producer
            needs.add(key)
    places = whole.places if whole else tuple(moment.place for moment in first.visits.moments)
    days = whole.days if whole else tuple(moment.day for moment in first.visits.moments)
    for ordering in orderings:
        universe = ordering.universe
        for need in universe.needs:
            sure = any(source.usable == TRUE and source.burden <= Burden.UPLOAD for source in need.sources)
            if need.key not in needs and need.outputs and not sure:
                outputs[need.key] = next((g.producer for g in need.outputs if g.internal), need.outputs[0].producer)
            needs.add(need.key)
        others = {act.key for act in universe.acts} - had - moments.keys()
        _place_others(universe, places, moments, others)
    return Scheme(places, days, tuple(sorted(moments.items())), tuple(sorted(outputs.items())))


def _keys(core: Core, universe: Universe) -> dict[str, str]:
    """The names of a plan's acts in the universe of its world."""
    found = {}
    for number, act in enumerate(core.net.acts):
        service = core.states[core.net.service_of[number]].key
        label = universe.graph.learning.label((service, act.step.key), universe.turned)
        found[act.key] = act_key(act, service, label)
    return found


def _chosen(core: Core, universe: Universe) -> Iterator[tuple[NeedKey, int]]:
    """The needs of a plan, each with the service whose output proves it, or -1."""
    position = {table.service.key: n for n, table in enumerate(universe.graph.tables)}
    for item, source in zip(core.choice.items, core.choice.sources, strict=True):
        service, need = core.states[item.service].key, item.need
        label = universe.graph.learning.label_of_need(service, need.requirement, universe.turned)
        producer = position[core.states[source.producer].key] if source.producer >= 0 else -1
        yield (position[service], need.requirement, need.party + label), producer


def _place_others(universe: Universe, places: tuple[str, ...], moments: dict[str, int], others: set[str]) -> None:
    """A moment for acts that the applicant has not: with others of the same step or service, where one can be there."""
    for act in universe.acts:
        if act.agency or act.key not in others:
            continue
        possible = [m for m, place in enumerate(places) if any(place in way.at for way in act.ways)]
        if possible:
            same = [one for one in universe.acts if one.key in moments and one.service == act.service]
            step = [moments[one.key] for one in same if one.step is act.step and moments[one.key] in possible]
            service = [moments[one.key] for one in same if moments[one.key] in possible]
            moments[act.key] = (step or service or possible)[0]


@dataclass(slots=True)
class Cover:
    """The formula of one scheme."""

    ordering: Ordering
    scheme: Scheme
    most: int
    logic: Circuit
    _in_person: dict[int, Formula] = field(default_factory=dict)

    def formula(self) -> Formula:
        """For whom the scheme is lawful with at most so many visits of anybody."""
        universe = self.ordering.universe
        chosen = dict(self.scheme.outputs)
        papers = universe.papers
        moments = dict(self.scheme.moments)
        edges = [*self.ordering.fixed]
        parts: list[Formula] = []
        for need in universe.needs:
            given = [one for one in need.outputs if chosen.get(need.key) == one.producer]
            some = self.logic.any([*(one.usable for one in need.sources), *(one.comes for one in given)])
            parts.append(self.logic.implies(need.active, some))
            for one in given:
                edges += self.ordering.of_output(need, one)
        for act in universe.acts:
            if not act.agency:
                parts.append(self._act(act, papers[act.number], moments.get(act.key), chosen))
        parts.append(self._order(edges, moments))
        parts += self._people(moments)
        return self.logic.all(parts)

    def _act(
        self, act: Act, papers: list[tuple[Need, Formula]], moment: int | None, chosen: dict[NeedKey, int]
    ) -> Formula:
        """That the act is done away from government, or at the place of its moment."""
        away = self.logic.any(self._takes_all(way, papers, chosen) for way in act.ways if not way.kind.in_person)
        here = FALSE
        if moment is not None:
            place = self.scheme.places[moment]
            ways = (way for way in act.ways if way.kind.in_person and place in way.at)
            here = self.logic.any(self._takes_all(way, papers, chosen) for way in ways)
        self._in_person[act.number] = self.logic.all((act.active, -(away)))
        return self.logic.any((-(act.active), away, here))

    def _takes_all(self, way: Way, papers: list[tuple[Need, Formula]], chosen: dict[NeedKey, int]) -> Formula:
        """Whether the mode is open and takes all that is handed in with its act."""
        parts = [way.open]
        for need, when in papers:
            taken = [one.usable for one in need.sources if takes(way.kind, one.burden)]
            taken += [one.comes for one in need.outputs if _is(chosen, need, one) and takes(way.kind, one.burden)]
            parts.append(self.logic.implies(when, self.logic.any(taken)))
        return self.logic.all(parts)

    def _order(self, edges: list[Edge], moments: dict[str, int]) -> Formula:
        """That no act comes before what it follows, or before its days have passed; on days where some are last."""
        into: dict[int, list[Edge]] = {}
        for edge in edges:
            into.setdefault(edge.after, []).append(edge)
        at = {n: moments[key] for n in self._in_person if (key := self.ordering.universe.acts[n].key) in moments}
        paths = Paths(self.ordering.universe, self.logic, into, {n: (m, self._in_person[n]) for n, m in at.items()})
        plain: list[Formula] = []
        dated: list[Formula] = []
        for n, own in at.items():
            for moment in range(len(self.scheme.places)):
                gap = -1 if moment > own else self.scheme.days[own] - self.scheme.days[moment]
                ordered = -(self.logic.all((self._in_person[n], paths.longer(moment, n, gap))))
                dated.append(ordered)
                plain += [ordered] if moment >= own else []
            dated.append(self.logic.implies(self._in_person[n], self._within(paths, n, self.scheme.days[own])))
        limited = self._limited()
        if limited == FALSE:
            return self.logic.all(plain)
        return self.logic.any((self.logic.all((-(limited), *plain)), self.logic.all((limited, *dated))))

    def _limited(self) -> Formula:
        """Whether some act in person has a last day (network.visit_problem)."""
        acts = self.ordering.universe.acts
        return self.logic.any(
            in_person
            for n, in_person in self._in_person.items()
            if (window := acts[n].step.window) and window[1] < NO_LAST_DAY
        )

    def _within(self, paths: "Paths", n: int, day: int) -> Formula:
        """That the act can be done on this day: not before it can begin, not after its last day."""
        window = self.ordering.universe.acts[n].step.window
        return FALSE if window and day > window[1] else -(paths.begins_after(n, day))

    def _people(self, moments: dict[str, int]) -> Iterator[Formula]:
        """That nobody comes more than so many times."""
        comes: dict[str, dict[int, list[Formula]]] = {}
        for n, in_person in self._in_person.items():
            act = self.ordering.universe.acts[n]
            moment = moments.get(act.key)
            if moment is None:
                continue
            for person, when in act.persons:
                comes.setdefault(person, {}).setdefault(moment, []).append(self.logic.all((in_person, when)))
        for own in comes.values():
            yield self.logic.at_most(self.most, (self.logic.any(some) for some in own.values()))


@dataclass(slots=True)
class Paths:
    """How long it is from the acts of a moment to another act, for all applicants."""

    universe: Universe
    logic: Circuit
    into: dict[int, list[Edge]]
    at: dict[int, tuple[int, Formula]]  # act → its moment, and whether it is done in person there
    _longer: dict[tuple[int, int, int], Formula] = field(default_factory=dict)
    _begins: dict[tuple[int, int], Formula] = field(default_factory=dict)

    def longer(self, moment: int, n: int, days: int) -> Formula:
        """Whether the act follows one of this moment by more than so many days (-1: at all)."""
        key = (moment, n, max(days, -1))
        if key not in self._longer:
            self._longer[key] = self.logic.any(self._by(edge, moment, key[2]) for edge in self.into.get(n, ()))
        return self._longer[key]

    def _by(self, edge: Edge, moment: int, days: int) -> Formula:
        """The same by way of one edge."""
        act = self.universe.acts[edge.before]
        own, in_person = self.at.get(edge.before, (-1, FALSE))
        ways = [self.longer(moment, edge.before, days)]
        if own == moment:
            ways += [self.logic.all((in_person, when)) for own_days, when in ((0, TRUE), *act.days) if own_days > days]
        for own_days, when in act.days:
            ways.append(self.logic.all((act.active, when, self.longer(moment, edge.before, days - own_days))))
        return self.logic.all((edge.when, self.logic.any(ways)))

    def begins_after(self, n: int, day: int) -> Formula:
        """Whether the act cannot begin on this day yet (network.schedule)."""
        key = (n, day)
        if day < 0:
            return TRUE
        if key not in self._begins:
            act = self.universe.acts[n]
            ways: list[Formula] = [act.active] if act.step.window and act.step.window[0] > day else []
            for edge in self.into.get(n, ()):
                before = self.universe.acts[edge.before]
                ways.append(self.logic.all((edge.when, self.begins_after(edge.before, day))))
                for days, when in before.days:
                    ways.append(
                        self.logic.all((edge.when, before.active, when, self.begins_after(edge.before, day - days)))
                    )
            self._begins[key] = self.logic.any(ways)
        return self._begins[key]


def _is(chosen: dict[NeedKey, int], need: Need, given: Given) -> bool:
    return chosen.get(need.key) == given.producer


def signature(universe: Universe) -> Iterator[Formula]:
    """All that decides an applicant's plan: who is alike in all of it has the same visits."""
    yield from universe.applies
    for act in universe.acts:
        yield from (
            act.active,
            *(when for _, when in act.days),
            *(when for _, when in act.persons),
            *(way.open for way in act.ways),
        )
    for need in universe.needs:
        yield from (need.active, *(one.usable for one in need.sources), *(one.comes for one in need.outputs))
        yield from need.handed_in.values()
