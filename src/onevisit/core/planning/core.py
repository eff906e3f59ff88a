"""The fact-dependent core of a plan, all facts known: services, choice, arrangement of visits, times."""

from dataclasses import dataclass
from decimal import Decimal

from onevisit.core.catalogue import AcceptKind, ModeKind
from onevisit.core.planning.choosing import Choice, choose
from onevisit.core.planning.graph import Classes, Graph, remember
from onevisit.core.planning.network import (
    Network,
    Schedule,
    critical_path,
    network,
    statutory_schedule,
    together,
)
from onevisit.core.planning.options import Context
from onevisit.core.planning.services import ServiceState
from onevisit.core.planning.visits import VisitAnswer, solve
from onevisit.core.planning.worlds import Whole, chosen_together, worlds_of


@dataclass(frozen=True, slots=True)
class Core:
    """One complete plan of known facts."""

    states: tuple[ServiceState, ...]
    net: Network
    choice: Choice
    visits: VisitAnswer
    promised: Schedule
    statutory: Schedule
    path: tuple[int, ...]  # acts that decide the end
    identity: object  # what makes two plans different for the applicant
    whole: Whole | None = None  # where things may turn out in several ways: what is settled for all of them

    @property
    def days(self) -> int:
        """Promised working days."""
        return self.promised.days

    @property
    def statutory_days(self) -> int:
        """Working days by statutory limits (by promise where a service has none)."""
        return max(self.statutory.days, self.promised.days)

    def ends_of(self, service: str) -> int:
        """The promised working day on which a service decides; 0 if it is not in the plan."""
        for number, state in enumerate(self.states):
            if state.key == service:
                return max((self.promised.ends[n] for n in self.net.numbers(number, state.decides)), default=0)
        return 0

    @property
    def fees(self) -> dict[tuple[str, int], Decimal]:
        """Amount of each fee due: (service, position) → yuan."""
        return {(state.key, k): state.service.fees[k].amount for state in self.states for k in state.fees}


def core_of(graph: Graph, classes: Classes, context: Context) -> Core:
    """The core for classes that are all known, remembered by the states of the services.

    What turns out on the way is not foreseen: it is that part of the best plan for all ways which these classes have.
    """
    worlds = worlds_of(graph, classes) if graph.learning.facts else (classes,)
    key = (*(tuple(map(id, graph.states(one))) for one in worlds), context)  # equal states are one object
    known = graph.cores.get(key)
    cores = known if isinstance(known, tuple) else remember(graph.cores, key, _cores(graph, worlds, context))
    return cores[worlds.index(classes)]


def _cores(graph: Graph, worlds: tuple[Classes, ...], context: Context) -> tuple[Core, ...]:
    """The core of each world."""
    every = [graph.states(one) for one in worlds]
    if all(states == every[0] for states in every):
        return (_made(graph, every[0], context),) * len(worlds)
    apart, whole = chosen_together(graph, worlds, context)
    return tuple(_core(one.net, one.choice, one.visits, whole) for one in apart)


def _made(graph: Graph, states: tuple[ServiceState, ...], context: Context) -> Core:
    net = network(states, graph.learning.turns)
    choice = choose(net, context, graph.evidence_types, graph.solved)
    return _core(net, choice, graph.solved.get(choice.problem) or solve(choice.problem), None)


def _core(net: Network, choice: Choice, answer: VisitAnswer, whole: Whole | None) -> Core:
    number = {act.key: n for n, act in enumerate(net.acts)}
    groups = [[number[name] for name in moment.steps] for moment in answer.moments]
    promised = together(net, choice.edges, groups, choice.times)
    statutory = statutory_schedule(net, choice.edges) or promised  # visits rest on promises: not grouped
    path = critical_path(net, promised, choice.edges)
    identity = _identity(net, choice, promised, statutory)
    return Core(net.states, net, choice, answer, promised, statutory, path, identity, whole)


def _identity(net: Network, choice: Choice, promised: Schedule, statutory: Schedule) -> object:
    """Services, sources, modes, persons, times and fees: equal identities are the same plan for the applicant."""
    present = {state.key for state in net.states}
    services: list[tuple[object, ...]] = []
    for number, state in enumerate(net.states):
        ordered = tuple(k for k in state.ordered_after if state.service.sequences[k].after in present)
        begins = min((promised.begins[n] for n in net.numbers(number, state.begins)), default=0)
        decides = net.numbers(number, state.decides)
        ends = max((promised.ends[n] for n in decides), default=0)
        limit = None if state.statutory is None else max((statutory.ends[n] for n in decides), default=0)
        services.append((state.key, state.on_promise, state.outputs, ordered, state.fees, begins, ends, limit))
    sources: list[tuple[int, str, str, AcceptKind, str, int]] = [
        (item.service, item.need.evidence, item.need.party, source.kind, source.ref, source.producer)
        for item, source in zip(choice.items, choice.sources, strict=True)
    ]
    modes: list[tuple[str, tuple[str, ...], ModeKind | None, tuple[str, ...]]] = []
    for n, act in enumerate(net.acts):
        mode = choice.modes.get(n)
        modes.append((act.key, act.persons, mode.kind if mode else None, mode.at if mode else ()))
    return tuple(services), tuple(dict.fromkeys(sources)), tuple(modes), choice.cost[:6], promised.days
