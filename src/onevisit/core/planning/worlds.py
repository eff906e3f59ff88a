"""One plan for somebody for whom things may turn out in several ways: what is settled before serves all of them.

Each way is a world. The worlds' networks are laid over each other: an act that may not react is one act of all
worlds, with a copy of its people for each; one that may react is an act of its own in each. The best choice of the
whole is found as that of any network, and taken apart again. So nobody is worse off, in any world, than it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from onevisit.core.catalogue import Mode, ModeKind
from onevisit.core.conditions import evaluate
from onevisit.core.planning.choosing import Choice, Chooser, NoPlan, edges_of, tail_of
from onevisit.core.planning.graph import Classes, Graph
from onevisit.core.planning.network import Edge, Network, network, schedule, visit_problem
from onevisit.core.planning.options import Context, Item, Source, items_of, modes_of, with_any_mode
from onevisit.core.planning.services import Act, ServiceState
from onevisit.core.planning.visits import Moment, VisitAnswer, solve
from onevisit.core.text import Text

ItemKey = tuple[int, int, str, int, str]  # service, requirement, party, act that hands it in, what it may react to


@dataclass(frozen=True, slots=True)
class Whole:
    """How all worlds together are arranged: places and days of moments, and the moment of each act in person."""

    places: tuple[str, ...]
    days: tuple[int, ...]
    moments: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class InWorld:
    """What one world has of it."""

    states: tuple[ServiceState, ...]
    net: Network
    choice: Choice
    visits: VisitAnswer


def worlds_of(graph: Graph, classes: Classes) -> tuple[Classes, ...]:
    """All ways in which things may turn out for somebody who is otherwise as he is."""
    places = graph.learning.facts
    every: list[Classes] = []
    for row in product(*(graph.domains[p].possible for p in places)):
        turned = dict(zip(places, row, strict=True))
        every.append(tuple(turned.get(p, own) for p, own in enumerate(classes)))
    rules = [(positions, condition) for positions, condition in graph.constraints if set(positions) & set(places)]
    real = [one for one in every if all(evaluate(c, graph.facts_at(one, own)) is not False for own, c in rules)]
    return tuple(real if classes in real else every)


def act_key(act: Act, service: str, label: str) -> str:
    """An act's name among those of all worlds."""
    person = "" if act.step.together or not act.persons else f"@{act.persons[0]}"
    return f"{service}.{act.step.key}{person}{label}"


@dataclass(slots=True)
class _World:
    number: int
    states: tuple[ServiceState, ...]
    net: Network
    items: tuple[Item, ...]
    modes: Mapping[int, tuple[Mode, ...]]
    turned: dict[int, int]
    place: list[int] = field(default_factory=list)  # of each act, its number in the whole


def chosen_together(graph: Graph, worlds: Sequence[Classes], context: Context) -> tuple[list[InWorld], Whole]:
    """The best plan of all worlds together, and what each has of it; raises `NoPlan`."""
    return _Overlay(graph, context, [_world(graph, n, one, context) for n, one in enumerate(worlds)]).solved()


def _world(graph: Graph, number: int, classes: Classes, context: Context) -> _World:
    states = graph.states(classes)
    net = network(states, graph.learning.turns)
    items = items_of(net, context, graph.evidence_types)
    turned = {p: k for p in graph.learning.facts if (k := classes[p]) is not None}
    return _World(number, states, net, items, modes_of(net, context, items), turned)


@dataclass(slots=True)
class _Overlay:
    """The worlds' networks, laid over each other."""

    graph: Graph
    context: Context
    worlds: list[_World]
    acts: dict[str, Act] = field(default_factory=dict)
    modes: dict[int, dict[ModeKind, Mode]] = field(default_factory=dict)
    before: dict[int, set[int]] = field(default_factory=dict)
    items: dict[ItemKey, Item] = field(default_factory=dict)
    edges: dict[tuple[ItemKey, Source], set[Edge]] = field(default_factory=dict)

    def solved(self) -> tuple[list[InWorld], Whole]:
        """Choose, and take apart."""
        for world in self.worlds:
            self._add_acts(world)
        for world in self.worlds:
            self._add_items(world)
        acts = tuple(self.acts.values())
        before = tuple(tuple(sorted(self.before.get(n, ()))) for n in range(len(acts)))
        net = Network((), acts, (), (), before, tuple(act.days for act in acts))
        modes = {n: tuple(kinds.values()) for n, kinds in sorted(self.modes.items())}
        keys = list(self.items)
        items = with_any_mode(tuple(self.items.values()), modes)
        edges = {(keys.index(key), source): sorted(own) for (key, source), own in self.edges.items()}
        choice = Chooser(net, items, modes, self.graph.solved, edges).run()
        if choice is None:
            states = {state.key: state.service.name for world in self.worlds for state in world.states}
            raise NoPlan(services=Text.row(states.values()))
        answer = self.graph.solved.get(choice.problem) or solve(choice.problem)
        sources = dict(zip(keys, choice.sources, strict=True))
        taken = dict(zip(keys, items, strict=True))
        apart = [self._taken(world, choice, answer, sources, taken) for world in self.worlds]
        return apart, self._whole(answer)

    def _label(self, world: _World, act: Act, service: str) -> str:
        return self.graph.learning.label((service, act.step.key), world.turned)

    def _add_acts(self, world: _World) -> None:
        """An act of the world is that of all worlds which it may not tell apart; its people are this world's."""
        numbers = {key: n for n, key in enumerate(self.acts)}
        for n, act in enumerate(world.net.acts):
            service = world.states[world.net.service_of[n]].key
            key = act_key(act, service, self._label(world, act, service))
            persons = tuple(f"{person}#{world.number}" for person in act.persons)
            known = self.acts.get(key)
            if known is None:
                numbers[key] = len(self.acts)
                self.acts[key] = replace(act, key=key, persons=persons, after=())
            else:
                self.acts[key] = replace(known, persons=(*known.persons, *persons), days=max(known.days, act.days))
            world.place.append(numbers[key])
        for n, earlier in enumerate(world.net.before):
            self.before.setdefault(world.place[n], set()).update(world.place[m] for m in earlier)
        for n, modes in world.modes.items():
            kinds = self.modes.setdefault(world.place[n], {})
            for mode in modes:
                known_mode = kinds.get(mode.kind, mode)
                both = tuple(place for place in known_mode.at if place in mode.at)
                kinds[mode.kind] = replace(known_mode, at=both or known_mode.at)

    def _key(self, world: _World, item: Item) -> ItemKey:
        service = world.states[item.service].key
        acts = (item.node,) if item.node >= 0 else item.waiting
        label = "".join(dict.fromkeys(self._label(world, world.net.acts[n], service) for n in acts))
        node = world.place[item.node] if item.node >= 0 else -1
        return (self._number(service), item.need.requirement, item.need.party, node, label)

    def _number(self, service: str) -> int:
        return next(n for n, table in enumerate(self.graph.tables) if table.service.key == service)

    def _source(self, world: _World, source: Source) -> Source:
        """The source by the place of its service in the event, which is the same in all worlds."""
        producer = self._number(world.states[source.producer].key) if source.producer >= 0 else -1
        return replace(source, producer=producer)

    def _add_items(self, world: _World) -> None:
        for item in world.items:
            key = self._key(world, item)
            sources = [self._source(world, source) for source in item.sources]
            waiting = tuple(world.place[n] for n in item.waiting)
            known = self.items.get(key)
            if known is None:
                known = replace(item, service=key[0], node=key[3], waiting=(), sources=())
            self.items[key] = replace(
                known,
                waiting=tuple(dict.fromkeys((*known.waiting, *waiting))),
                sources=tuple(sorted({*known.sources, *sources}, key=lambda s: (s.burden, s.accept, s.producer))),
            )
            for own, source in zip(item.sources, sources, strict=True):
                added = ((world.place[a], world.place[b]) for a, b in edges_of(world.net, item, own))
                self.edges.setdefault((key, source), set()).update(added)

    def _taken(
        self,
        world: _World,
        choice: Choice,
        answer: VisitAnswer,
        sources: Mapping[ItemKey, Source],
        taken: Mapping[ItemKey, Item],
    ) -> InWorld:
        """One world's own part: its acts, the sources and modes chosen for them, and the moments that it has."""
        services = {state.key: n for n, state in enumerate(world.states)}
        items, own = [], []
        for item in world.items:
            key = self._key(world, item)
            items.append(replace(item, any_mode=taken[key].any_mode))
            source = sources[key]
            table = self.graph.tables[source.producer].service.key if source.producer >= 0 else ""
            own.append(replace(source, producer=services[table] if table else -1))
        modes = {n: choice.modes[world.place[n]] for n in world.modes}
        edges = [edge for item, one in zip(items, own, strict=True) for edge in edges_of(world.net, item, one)]
        times = schedule(world.net, edges)
        assert times is not None  # the whole had a schedule
        at = {n: mode.at for n, mode in modes.items() if mode.kind.in_person}
        problem = visit_problem(world.net, times, edges, at)
        visits = self._visits(world, answer, self.graph.solved.get(problem) or solve(problem))
        tail = tail_of(world.net, tuple(items), own, modes)
        cost = (visits.worst, visits.total, tail[0], tail[1], tail[2], tail[3], times.days)
        made = Choice(tuple(items), tuple(own), modes, cost, tuple(edges), times, problem)
        return InWorld(world.states, world.net, made, visits)

    def _visits(self, world: _World, answer: VisitAnswer, alone: VisitAnswer) -> VisitAnswer:
        """The moments of the whole at which somebody of this world comes; the chain as far as it alone forces it."""
        names = {key: n for n, key in enumerate(self.acts)}
        acts = {place: n for n, place in enumerate(world.place)}
        moments: list[Moment] = []
        for moment in answer.moments:
            own = [acts[names[key]] for key in moment.steps if names[key] in acts]
            persons = tuple(dict.fromkeys(person for n in own for person in world.net.acts[n].persons))
            if own:
                steps = tuple(world.net.acts[n].key for n in own)
                moments.append(Moment(len(moments), moment.day, moment.place, persons, steps))
        counts: dict[str, int] = {}
        for moment in moments:
            for person in moment.persons:
                counts[person] = counts.get(person, 0) + 1
        worst = max(counts.values(), default=0)
        return VisitAnswer(worst, sum(counts.values()), tuple(moments), alone.chain, alone.links)

    def _whole(self, answer: VisitAnswer) -> Whole:
        return Whole(
            tuple(moment.place for moment in answer.moments),
            tuple(moment.day for moment in answer.moments),
            {key: n for n, moment in enumerate(answer.moments) for key in moment.steps},
        )
