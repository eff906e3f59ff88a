"""Random small life events with facts that are learnt on the way, and their worst applicant by playing them out.

The game, straight from docs/decisions/late-facts.md: what is settled is chosen first (sources, modes, places, the order
of trips), then the adversary says what turns out, then the rest is chosen. Shares with the planner only the expansion
of steps into acts and which sources and modes there are.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any

from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    LifeEvent,
    Mode,
    ModeKind,
    Output,
    Role,
    Service,
    Step,
)
from onevisit.core.conditions import facts_of, parse
from onevisit.core.facts import FactType, Learnt
from onevisit.core.planning.graph import Graph
from onevisit.core.text import Text
from tests.core.planning.catalogues import READ, event, fact, need, service
from tests.core.planning.choice_oracle import _fits, _modes, _modes_at, _sources

LATE = "matter.late"
MOST_GAMES = 60_000
Place = str
Chosen = tuple[Any, Place]  # a mode, and the place of it ("" away from government)


def late_event(seed: int) -> LifeEvent:
    """Two or three services of one or two people; in an examination of the first it turns out whether `late` holds."""
    chance = random.Random(seed)
    roles = ["x", "y"][: chance.randint(1, 2)]
    kind = chance.choice([FactType.BOOL, FactType.BOOL, FactType.CHOICE])
    spec = fact(LATE, kind, "none some much" if kind is FactType.CHOICE else "")
    facts = (fact("matter.a"), replace(spec, learnt=Learnt("p0", "examine")))
    whens = [LATE, f"not {LATE}", f"{LATE} and matter.a"]
    if kind is FactType.CHOICE:
        whens = [f"{LATE} = 'some'", f"{LATE} != 'none'", f"{LATE} = 'much' or matter.a and {LATE} = 'some'"]
    services = [_fork(chance, roles, whens) if seed % 2 else _first(chance, roles, whens)]
    services += [_other(chance, n, roles, whens) for n in range(1, chance.randint(2, 3))]
    limit = (parse(f"matter.a or {whens[0]}"),) if chance.random() < 0.2 else ()
    people = tuple(Role(key, Text(key, key)) for key in roles)
    return event(tuple(services), facts, roles=people, constraints=limit)


def _come(chance: random.Random, key: str, roles: list[str], after: tuple[str, ...], when: str | None = None) -> Step:
    places = chance.sample("HGK", chance.randint(1, 2))
    modes = [Mode(ModeKind.COUNTER, READ, (place,)) for place in places]
    modes += [Mode(ModeKind.ONLINE, READ)] if chance.random() < 0.25 else []
    who = (chance.choice(roles),)
    return Step(key, Text(key), Actor.APPLICANT, after, who, modes=tuple(modes), when=parse(when) if when else None)


def _act(key: str, days: int, *after: str) -> Step:
    return Step(key, Text(key), Actor.AGENCY, after, most=days)


def _first(chance: random.Random, roles: list[str], whens: list[str]) -> Service:
    own = [_come(chance, "apply", roles, ()), _act("examine", chance.choice([0, 2, 2]), "apply")]
    if chance.random() < 0.7:
        own.append(_come(chance, "hear", roles, ("examine",), chance.choice(whens)))
    if chance.random() < 0.6:
        own.append(_come(chance, "sign", roles, ("examine",), whens[-2].replace("!= 'none'", "= 'none'")))
    own.append(_act("decide", chance.choice([0, 1]), own[-1].key))
    if chance.random() < 0.5:
        own.append(_come(chance, "collect", roles, ("decide",), chance.choice([None, None, whens[0]])))
    made = service("p0", "matter.a" if chance.random() < 0.2 else True, 3, steps=tuple(own))
    return replace(made, outputs=(Output("p0-licence", chance.random() < 0.5),))


def _fork(chance: random.Random, roles: list[str], whens: list[str]) -> Service:
    """Applied for online; then somebody comes to one hall or to another, as it turns out."""
    here, there = (Mode(ModeKind.COUNTER, READ, (place,)) for place in chance.sample("HGK", 2))
    who = (roles[0],)
    own = (
        Step("apply", Text("apply"), Actor.APPLICANT, roles=who, modes=(Mode(ModeKind.COURIER, READ),)),
        _act("examine", chance.choice([0, 2]), "apply"),
        Step("hear", Text("hear"), Actor.APPLICANT, ("examine",), who, modes=(here,), when=parse(whens[0])),
        Step("sign", Text("sign"), Actor.APPLICANT, ("examine",), who, modes=(there,), when=parse(f"not ({whens[0]})")),
        _act("decide", 1, "hear", "sign"),
    )
    return replace(service("p0", True, 3, steps=own), outputs=(Output("p0-licence"),))


def _other(chance: random.Random, number: int, roles: list[str], whens: list[str]) -> Service:
    when: str | bool = chance.choice([True, "matter.a", whens[0], chance.choice(whens)])
    own = [_come(chance, "apply", roles, ()), _act("decide", chance.choice([0, 2]), "apply")]
    if chance.random() < 0.4:
        own.append(_come(chance, "collect", roles, ("decide",)))
    evidence = ()
    if chance.random() < 0.5:
        kinds = chance.sample([AcceptKind.UPLOAD, AcceptKind.ORIGINAL, AcceptKind.OUTPUT], chance.randint(1, 2))
        ways = [Accept(one, "p0-licence" if one is AcceptKind.OUTPUT else "") for one in kinds]
        evidence = (need("doc", *ways, when=parse(chance.choice(whens)) if chance.random() < 0.3 else None),)
    return service(f"p{number}", when, 3, steps=tuple(own), evidence=evidence)


def _mentions(event: LifeEvent, service: Service, step: Step) -> bool:
    """Whether the step reads what is late: by its own conditions, its service's, or those of what it hands in."""
    whens = [service.applies_when, step.when, *(mode.when for mode in step.modes)]
    if step.key == "apply":
        for own in service.evidence:
            whens += [own.when, *(accept.when for accept in own.accepts)]
            refs = {accept.ref for accept in own.accepts if accept.kind is AcceptKind.OUTPUT}
            whens += [s.applies_when for s in event.services if any(o.licence_type in refs for o in s.outputs)]
    return any(LATE in facts_of(when) for when in whens if when is not None)


def _sets(event: LifeEvent) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The steps that read what is late; those that may react to it."""
    reads = {(s.key, step.key) for s in event.services for step in s.steps if _mentions(event, s, step)}
    reacts = set(reads)
    for own in event.services:
        for step in own.steps:  # predecessors stand before
            if any((own.key, key) in reacts or (own.key, key) == ("p0", "examine") for key in step.after):
                reacts.add((own.key, step.key))
    return reads, reacts


@dataclass
class _World:
    """One way in which it turns out: acts, what may be chosen for them, what follows what."""

    states: Any
    acts: dict[tuple[str, int], Any]
    modes: dict[tuple[str, int], list[Chosen]]
    needs: list[tuple[Any, Any, list[Any], bool]]
    edges: set[tuple[Any, Any]]


def _world(graph: Graph, classes: Any, walk_in: bool, reads: set[tuple[str, str]]) -> _World:
    states = graph.states(classes)
    of = {state.key: state for state in states}
    acts = {(state.key, n): act for state in states for n, act in enumerate(state.acts)}
    places = tuple(dict.fromkeys(p for a in acts.values() for m in a.step.modes for p in m.at))
    kinds = {key: _modes(act, walk_in, places) for key, act in acts.items()}
    modes = {key: [(m, p) for m in own if m for p in (m.at if m.kind.in_person else ("",))] or [(None, "")]
             for key, own in kinds.items()}  # fmt: skip
    needs = []
    for state in states:
        for own in state.needs:
            sources = _sources(state, own, states, walk_in, set(), set())
            at = _modes_at(state, own, list(acts), list(kinds.values()))
            needs.append((state, own, sources, any(_fits(s[0], m) for s in sources for m in at)))
    edges = {((key, a), (key, n)) for key, n in acts for a in of[key].acts[n].after}
    learnt = [key for key, act in acts.items() if (key[0], act.step.key) == ("p0", "examine")]
    edges |= {(a, b) for a in learnt for b, act in acts.items() if (b[0], act.step.key) in reads}
    return _World(states, acts, modes, needs, edges)


def _choices(world: _World, keys: list[Any], needs: list[int]) -> Iterator[tuple[dict[Any, Chosen], dict[int, Any]]]:
    for modes in product(*(world.modes[key] for key in keys)):
        for sources in product(*(world.needs[n][2] for n in needs)):
            yield dict(zip(keys, modes, strict=True)), dict(zip(needs, sources, strict=True))


def _waits(world: _World, sources: Mapping[int, Any], at: Any) -> dict[tuple[Any, Any], int] | None:
    """The longest wait from each act in person to each other that follows it; None where they run in a circle."""
    edges = set(world.edges)
    of = {state.key: state for state in world.states}
    for n, (_, producer, by_hand) in sources.items():
        state, own = world.needs[n][:2]
        if producer and by_hand:
            edges |= {((producer, a), (state.key, b)) for a in of[producer].ends for b in own.targets[:1]}
        elif producer:
            edges |= {((producer, a), (state.key, b)) for a in of[producer].decides for b in own.waiting}
    longest = {(a, a): 0 for a in world.acts}
    for _ in range(len(world.acts) + 1):
        changed = False
        for a, b in edges:
            for start in world.acts:
                if (start, a) in longest:
                    days = longest[start, a] + world.acts[a].days
                    if longest.get((start, b), -1) < days:
                        longest[start, b], changed = days, True
        if not changed:
            return {(a, b): days for (a, b), days in longest.items() if a != b and a in at and b in at}
        if any((b, a) in longest for a, b in edges):
            return None
    return None


def _legal(world: _World, at: Mapping[Any, tuple[int, Place]], sources: Mapping[int, Any]) -> int | None:
    """The visits of the worst-off person, if this is a lawful way: position and place of each act in person."""
    waits = _waits(world, sources, at)
    if waits is None:
        return None
    if any(at[a][0] > at[b][0] - (days > 0) for (a, b), days in waits.items()):
        return None
    trips: dict[tuple[str, int], Place] = {}
    for key, (position, place) in at.items():
        for person in world.acts[key].persons:
            if trips.setdefault((person, position), place) != place:
                return None
    people = {person for person, _ in trips}
    return max((sum(one == person for one, _ in trips) for person in people), default=0)


def _fitting(world: _World, modes: Mapping[Any, Chosen], sources: Mapping[int, Any]) -> bool:
    for n, source in sources.items():
        state, own, _, fits = world.needs[n]
        if fits and own.targets and not _fits(source[0], modes[state.key, own.targets[0]][0]):
            return False
    return True


class TooMany(Exception):
    """More games than a test should play."""


def game(graph: Graph, worlds: list[Any], *, walk_in: bool) -> int | None:
    """The least number that can be kept whatever turns out; None where there is no plan."""
    reads, reacts = _sets(graph.event)
    every = [_world(graph, one, walk_in, reads) for one in worlds]

    def may_react(world: _World, key: Any) -> bool:
        return (key[0], world.acts[key].step.key) in reacts

    def parts(world: _World, late: bool) -> tuple[list[Any], list[int]]:
        keys = [key for key in world.acts if may_react(world, key) is late]
        handed = [(n, (state.key, own.targets[0])) for n, (state, own, *_) in enumerate(world.needs)]
        return keys, [n for n, key in handed if may_react(world, key) is late]

    first = every[0]
    keys, needs = parts(first, late=False)
    size = len([k for k in keys if any(place for _, place in first.modes[k])])
    late = max(len([k for k in parts(w, late=True)[0] if any(p for _, p in w.modes[k])]) for w in every)
    room = max(1, size + late)
    options = prod(len(first.modes[k]) for k in keys) * prod(len(first.needs[n][2]) for n in needs) * room**size
    more = max(prod(len(w.modes[k]) for k in parts(w, late=True)[0]) * room**late for w in every)
    if options * more > MOST_GAMES:
        raise TooMany
    best: int | None = None
    for modes, sources in _choices(first, keys, needs):
        here = [key for key in keys if modes[key][1]]
        for positions in product(range(room), repeat=len(here)):
            settled = {key: (p, modes[key][1]) for key, p in zip(here, positions, strict=True)}
            said: int | None = 0
            for world in every:
                named = [world.needs.index(first_need(world, first.needs[n])) for n in needs]
                own = {n: sources[m] for n, m in zip(named, needs, strict=True)}
                least = _least(world, parts(world, late=True), modes, settled, own, room)
                said = None if said is None or least is None else max(said, least)
                if said is None or (best is not None and said >= best):
                    break
            if said is not None and (best is None or said < best):
                best = said
    return best


def first_need(world: _World, of: Any) -> Any:
    """The same need in another world."""
    return next(one for one in world.needs if (one[0].key, one[1].requirement) == (of[0].key, of[1].requirement))


def _least(
    world: _World, late: tuple[list[Any], list[int]], modes: Any, settled: Any, sources: Any, room: int
) -> int | None:
    """The best that can still be done once it has turned out so."""
    best: int | None = None
    for own_modes, own_sources in _choices(world, *late):
        whole, every = {**modes, **own_modes}, {**sources, **own_sources}
        if not _fitting(world, whole, every):
            continue
        here = [key for key in own_modes if own_modes[key][1]]
        for positions in product(range(room), repeat=len(here)):
            at = {**settled, **{key: (p, own_modes[key][1]) for key, p in zip(here, positions, strict=True)}}
            found = _legal(world, at, every)
            if found is not None and (best is None or found < best):
                best = found
    return best
