"""What follows what, for every applicant: the edges between acts, each with when it holds.

As planning/network.py and choosing.edges_of make for one plan. Within a service an act that is not done hands on its
own predecessors, so that the edges of its steps hold always.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onevisit.core.planning.graph import BadEvent
from onevisit.core.proving.universe import Given, Need, Universe
from onevisit.core.solving.circuit import FALSE, TRUE, Formula


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """That one act comes before another, and when."""

    before: int
    after: int
    when: Formula


class Ordering:
    """The edges of a universe that do not depend on what is chosen, and those of chosen outputs."""

    def __init__(self, universe: Universe) -> None:
        """Raises `BadEvent` where services wait for each other in a circle."""
        self.universe = universe
        self.logic = universe.translation.logic
        self.later = _later(universe)
        tables = universe.graph.tables
        self.begins = [self._first(n) for n in range(len(tables))]
        self.decides = [self._last(n, agency=True) for n in range(len(tables))]
        self.ends = [self._last(n, agency=False) for n in range(len(tables))]
        self.fixed = [*self._within(), *self._sequences(), *self._turns()]
        self.order = self._sorted()

    def _agency(self, service: int) -> list[int]:
        return [n for n in self.universe.of_service(service) if self.universe.acts[n].agency]

    def _first(self, service: int) -> dict[int, Formula]:
        """The agency's first acts; where it has none, all acts (as `state.begins or range(len(state.acts))`)."""
        acts, agency = self.universe.acts, self._agency(service)
        found: dict[int, Formula] = {}
        for n in agency:
            before = self.logic.any(acts[m].active for m in agency if n in self.later[m])
            found[n] = self.logic.all((acts[n].active, -(before)))
        none = -(self.logic.any(acts[n].active for n in agency))
        for n in self.universe.of_service(service):
            if not acts[n].agency:
                found[n] = self.logic.all((acts[n].active, none))
        return found

    def _last(self, service: int, *, agency: bool) -> dict[int, Formula]:
        """The agency's last acts, or those that nothing follows; an agency without acts decides with the latter."""
        acts, every = self.universe.acts, self.universe.of_service(service)
        ends = {
            n: self.logic.all((acts[n].active, -(self.logic.any(acts[m].active for m in self.later[n])))) for n in every
        }
        if not agency:
            return ends
        own = self._agency(service)
        none = -(self.logic.any(acts[n].active for n in own))
        found = {n: self.logic.all((none, when)) for n, when in ends.items()}
        for n in own:
            after = self.logic.any(acts[m].active for m in self.later[n] if acts[m].agency)
            found[n] = self.logic.all((acts[n].active, -(after)))
        return found

    def _within(self) -> Iterator[Edge]:
        """The order of each service's steps."""
        for service, table in enumerate(self.universe.graph.tables):
            for step in table.service.steps:
                for earlier in step.after:
                    for m in self.universe.of_step.get((service, earlier), ()):
                        for n in self.universe.of_step.get((service, step.key), ()):
                            yield Edge(m, n, TRUE)

    def _sequences(self) -> Iterator[Edge]:
        """The order of services by an article."""
        position = {table.service.key: n for n, table in enumerate(self.universe.graph.tables)}
        for later, table in enumerate(self.universe.graph.tables):
            for sequence in table.service.sequences:
                earlier = position.get(sequence.after)
                if earlier is not None and earlier != later:
                    holds = self.universe.translation.formula(sequence.when)
                    yield from self._edges(self.decides[earlier], self.begins[later], holds)

    def _turns(self) -> Iterator[Edge]:
        """What is learnt on the way comes before the steps that read it."""
        position = {table.service.key: n for n, table in enumerate(self.universe.graph.tables)}
        acts = self.universe.acts
        for learning, later in self.universe.graph.learning.turns:
            before, after = (
                {n: acts[n].active for n in self.universe.of_step.get((position[service], step), ())}
                for service, step in (learning, later)
            )
            yield from self._edges(before, after, TRUE)

    def of_output(self, need: Need, given: Given) -> Iterator[Edge]:
        """The edges of an output that proves a need: the decision waits for it, or the applicant carries it."""
        holds = self.logic.all((need.active, given.comes))
        service = need.key[0]
        if need.named:
            waiting: dict[int, Formula] = {n: self.universe.acts[n].active for n in need.named}
            other = -(self.logic.any(waiting.values()))
            for n, when in self.decides[service].items():
                waiting[n] = self.logic.any((waiting.get(n, FALSE), self.logic.all((other, when))))
        else:
            waiting = self.decides[service]
        if given.internal:
            yield from self._edges(self.decides[given.producer], waiting, holds)
            return
        nobody = self.logic.all((holds, -(self.logic.any(need.handed_in.values()))))
        yield from self._edges(self.ends[given.producer], dict(need.handed_in), holds)
        yield from self._edges(self.ends[given.producer], waiting, nobody)

    def _edges(self, before: dict[int, Formula], after: dict[int, Formula], when: Formula) -> Iterator[Edge]:
        """From each of some acts to each of others."""
        for m, one in before.items():
            for n, other in after.items():
                holds = self.logic.all((when, one, other))
                if holds != FALSE and m != n:
                    yield Edge(m, n, holds)

    def _sorted(self) -> dict[int, int]:
        """The place of each act in an order that every edge keeps, those of outputs included."""
        every = [*self.fixed]
        for need in self.universe.needs:
            for given in need.outputs:
                every += self.of_output(need, given)
        after: dict[int, set[int]] = {}
        left = dict.fromkeys(range(len(self.universe.acts)), 0)
        for edge in every:
            if edge.after not in after.setdefault(edge.before, set()):
                after[edge.before].add(edge.after)
                left[edge.after] += 1
        ready = [n for n, count in left.items() if not count]
        for n in ready:  # grows while it is read
            for m in sorted(after.get(n, ())):
                left[m] -= 1
                if not left[m]:
                    ready.append(m)
        if len(ready) < len(left):
            circle = dict.fromkeys(self.universe.acts[n].service for n, count in left.items() if count)
            names = "、".join(self.universe.graph.tables[n].service.name.zh for n in circle)
            raise BadEvent(event=self.universe.graph.event.key, problem=f"事项「{names}」可能互相等待，成了圈")
        return {n: place for place, n in enumerate(ready)}


def _later(universe: Universe) -> list[set[int]]:
    """The acts of the same service that follow each act, also by way of others."""
    found: list[set[int]] = [set() for _ in universe.acts]
    for service, table in enumerate(universe.graph.tables):
        after: dict[str, set[str]] = {step.key: set() for step in table.service.steps}
        for step in table.service.steps:
            for earlier in step.after:
                after.setdefault(earlier, set()).add(step.key)
        for step in table.service.steps:
            steps = _closure(step.key, after)
            for n in universe.of_step.get((service, step.key), ()):
                found[n] = {m for key in steps for m in universe.of_step.get((service, key), ())}
    return found


def _closure(start: str, after: dict[str, set[str]]) -> Iterable[str]:
    ahead, seen = list(after.get(start, ())), set()
    while ahead:
        key = ahead.pop()
        if key not in seen:
            seen.add(key)
            ahead += after.get(key, ())
    return seen
