"""The services of one plan as one network of acts: what follows what, when each act is done, what visits it makes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from onevisit.core.planning.learning import StepKey
from onevisit.core.planning.services import Act, ServiceState
from onevisit.core.planning.visits import Order, VisitProblem, VisitStep

NO_LAST_DAY = 9999
Edge = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Network:
    """Acts of all services, numbered; `before[n]` are n's predecessors by steps and by ordered sequences."""

    states: tuple[ServiceState, ...]
    acts: tuple[Act, ...]
    service_of: tuple[int, ...]
    first: tuple[int, ...]  # number of each service's first act
    before: tuple[tuple[int, ...], ...]
    days: tuple[int, ...]  # promised days of each act

    def numbers(self, service: int, acts: Sequence[int]) -> tuple[int, ...]:
        """Numbers in the network of a service's own acts."""
        return tuple(self.first[service] + n for n in acts)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When each act begins and ends, in working days from the start, by promise."""

    order: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def days(self) -> int:
        """Working days until everything is done."""
        return max(self.ends, default=0)


def network(states: Sequence[ServiceState], turns: Iterable[tuple[StepKey, StepKey]] = ()) -> Network:
    """The network of services that apply; a sequence makes the later agency begin after the earlier one decides.

    `turns`: where a fact turns out, and a step that waits for it.
    """
    acts: list[Act] = []
    service_of: list[int] = []
    first: list[int] = []
    before: list[tuple[int, ...]] = []
    for number, state in enumerate(states):
        first.append(len(acts))
        before += [tuple(first[number] + n for n in act.after) for act in state.acts]
        service_of += [number] * len(state.acts)
        acts += state.acts
    position = {state.key: number for number, state in enumerate(states)}
    for number, state in enumerate(states):
        for k in state.ordered_after:
            earlier = position.get(state.service.sequences[k].after)
            if earlier is None:
                continue
            decided = tuple(first[earlier] + n for n in states[earlier].decides)
            for n in state.begins or range(len(state.acts)):
                before[first[number] + n] += decided
    for learning, later in turns:
        known = _of_step(states, first, learning)
        for n in _of_step(states, first, later):
            before[n] += tuple(m for m in known if m not in before[n])
    return Network(
        tuple(states), tuple(acts), tuple(service_of), tuple(first), tuple(before), tuple(act.days for act in acts)
    )


def _of_step(states: Sequence[ServiceState], first: Sequence[int], step: StepKey) -> tuple[int, ...]:
    """The acts of a step, if its service is there."""
    number = next((n for n, state in enumerate(states) if state.key == step[0]), None)
    if number is None:
        return ()
    return tuple(first[number] + n for n, act in enumerate(states[number].acts) if act.step.key == step[1])


def schedule(
    net: Network,
    extra: Sequence[Edge],
    not_before: Mapping[int, int] | None = None,
) -> Schedule | None:
    """Earliest begin and end of every act under extra edges; None if they run in a circle.

    `not_before` holds acts back.
    """
    before = with_edges(net, extra)
    days = net.days
    begins = [act.step.window[0] if act.step.window else 0 for act in net.acts]
    for n, day in (not_before or {}).items():
        begins[n] = max(begins[n], day)
    after: list[list[int]] = [[] for _ in before]
    left = [len(earlier) for earlier in before]
    for n, earlier in enumerate(before):
        for a in earlier:
            after[a].append(n)
    order = [n for n, count in enumerate(left) if not count]
    for n in order:  # grows while it is read
        end = begins[n] + days[n]
        for b in after[n]:
            left[b] -= 1
            if begins[b] < end:
                begins[b] = end
            if not left[b]:
                order.append(b)
    if len(order) < len(before):
        return None
    return Schedule(tuple(order), tuple(begins), tuple(map(add, begins, days)))


def with_edges(net: Network, extra: Iterable[Edge]) -> list[tuple[int, ...]]:
    """The predecessors of every act, extra edges included."""
    before = list(net.before)
    for a, b in extra:
        before[b] = (*before[b], a)
    return before


def visit_problem(net: Network, plan: Schedule, extra: Iterable[Edge], at: dict[int, tuple[str, ...]]) -> VisitProblem:
    """The visit problem of the acts in person (`at`: number → places).

    Waits are the longest path of promised days between two acts in person; windows are written where any act has a
    last day: from the act's latest possible beginning to that day.
    """
    before = with_edges(net, extra)
    numbers = [n for n in plan.order if n in at]
    reach: list[dict[int, int]] = [{} for _ in net.acts]  # act in person → longest wait to this act
    order: list[Order] = []
    for n in plan.order:
        incoming: dict[int, int] = {}
        for a in before[n]:
            sources = {a: 0} if a in at else reach[a]
            for source, wait in sources.items():
                incoming[source] = max(incoming.get(source, 0), wait + net.acts[a].days)
        reach[n] = incoming
        if n in at:
            for source in sorted(incoming):
                wait = incoming[source]
                order.append(Order(net.acts[source].key, net.acts[n].key, wait or None))
    limited = any(window and window[1] < NO_LAST_DAY for window in (net.acts[n].step.window for n in numbers))
    steps = tuple(_visit_step(net.acts[n], at[n], plan.begins[n], limited) for n in sorted(numbers))
    return VisitProblem(steps, tuple(order))


def _visit_step(act: Act, at: tuple[str, ...], begin: int, limited: bool) -> VisitStep:
    last = act.step.window[1] if act.step.window else NO_LAST_DAY
    return VisitStep(act.key, act.persons, at, (begin, last) if limited else None)


def statutory_schedule(net: Network, extra: Sequence[Edge]) -> Schedule | None:
    """The latest lawful schedule: each decision falls on the last day of its limit, or later if it waits for an output.

    The limit runs from acceptance, so waiting for another procedure's output is inside it (行政许可法 42); only an
    ordered sequence begins it later (浙江规定 5). None if the edges run in a circle.
    """
    held: dict[int, int] = {}
    while True:
        plan = schedule(net, extra, not_before=held)
        if plan is None:
            return None
        late = {n: day for n, day in _last_days(net, plan) if plan.begins[n] < day}
        if not late:
            return plan
        held |= late


def _last_days(net: Network, plan: Schedule) -> Iterator[tuple[int, int]]:
    """For each deciding act with a limit, the day on which it begins if it ends on the limit's last day."""
    for number, state in enumerate(net.states):
        agency = [net.first[number] + k for k, act in enumerate(state.acts) if act.agency]
        if state.statutory is None or not agency:
            continue
        accepted = min(max((plan.ends[a] for a in net.before[n]), default=0) for n in agency)
        for k in state.decides:
            own = net.first[number] + k
            yield own, accepted + state.statutory - net.acts[own].days


def together(net: Network, extra: Sequence[Edge], groups: Sequence[Sequence[int]], plan: Schedule) -> Schedule:
    """The promised schedule in which the acts of one visit begin at the same time: all wait for the last of them."""
    while True:
        late = {n: max(plan.begins[m] for m in group) for group in groups for n in group}
        if all(plan.begins[n] == day for n, day in late.items()):
            return plan
        held = schedule(net, extra, not_before=late)
        if held is None:
            return plan
        plan = held


def critical_path(net: Network, plan: Schedule, extra: Iterable[Edge]) -> tuple[int, ...]:
    """Acts of the path that decides the end, in order: of each act, the predecessor that ends last."""
    before = with_edges(net, extra)
    path: list[int] = []
    n = max(plan.order, key=lambda k: (plan.ends[k], -k), default=-1)
    while n >= 0:
        path.append(n)
        n = max(before[n], key=lambda k: (plan.ends[k], -k), default=-1)
    return tuple(reversed(path))


def latest_begins(
    net: Network, plan: Schedule, extra: Iterable[Edge], groups: Sequence[Sequence[int]]
) -> tuple[int, ...]:
    """The last day on which each act may begin without a later end of the whole or a missed last day."""
    before = with_edges(net, extra)
    latest = [plan.days - days for days in net.days]
    for n, act in enumerate(net.acts):
        if act.step.window:
            latest[n] = max(plan.begins[n], min(latest[n], act.step.window[1]))
    changed = True
    while changed:
        changed = False
        for n in reversed(plan.order):
            for a in before[n]:
                if latest[a] + net.days[a] > latest[n]:
                    latest[a] = latest[n] - net.days[a]
                    changed = True
        for group in groups:
            first = min(latest[n] for n in group)
            for n in group:
                changed = changed or latest[n] > first
                latest[n] = first
    return tuple(latest)
