"""A life event with some of its levers pulled: compiled, planned for one applicant, searched over all of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from onevisit.core.catalogue import LifeEvent
from onevisit.core.errors import Refusal
from onevisit.core.facts import Facts, Value
from onevisit.core.levers.applying import apply
from onevisit.core.levers.model import Lever
from onevisit.core.planning.core import Core, core_of
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.options import Context
from onevisit.core.planning.worlds import worlds_of
from onevisit.core.proving.search import Search
from onevisit.core.proving.witness import plainest
from onevisit.core.solving.solver import CONFLICTS

KEPT = 64  # compiled events that are remembered
Keys = frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Applicant:
    """Somebody, and whether he walks in."""

    walk_in: bool
    facts: Facts


@dataclass
class Pulled:
    """An event of which parts can be changed; each set of changes makes another event, compiled once."""

    keys: Keys  # all changes that there are
    changed: Callable[[Keys], LifeEvent]
    conflicts: int = CONFLICTS  # of the solver in one question; then it has not decided
    _graphs: dict[Keys, Graph] = field(default_factory=dict)

    def graph(self, keys: Keys) -> Graph:
        """The same, compiled."""
        known = self._graphs.get(keys)
        if known is None:
            if len(self._graphs) >= KEPT:
                self._graphs.pop(next(iter(self._graphs)))
            known = self._graphs[keys] = compile_event(self.changed(keys), "")
        return known

    def core(self, keys: Keys, applicant: Applicant) -> Core:
        """The applicant's best plan with these levers pulled."""
        graph = self.graph(keys)
        return core_of(graph, graph.classify(filled(graph, applicant.facts)), graph.context(Context(applicant.walk_in)))

    def visits(self, keys: Keys, applicant: Applicant) -> int:
        """How often the worst-off person of his plan comes, however things turn out."""
        graph = self.graph(keys)
        context = graph.context(Context(applicant.walk_in))
        classes = graph.classify(filled(graph, applicant.facts))
        return max(core_of(graph, one, context).choice.cost[0] for one in worlds_of(graph, classes))

    def worse_than(self, target: int, keys: Keys, channels: Iterable[bool]) -> Applicant | None:
        """Somebody who still comes more often than the target; None if it is proved that there is nobody.

        Raises `Undecided` where the solver did not decide.
        """
        for walk_in in channels:
            found = Search(self.graph(keys), Context(walk_in), self.conflicts).run(enough=target)
            if found is not None and found.worst > target:
                graph = self.graph(keys)
                return Applicant(walk_in, plainest(graph, found.facts, graph.context(Context(walk_in)), found.worst))
            if found is not None and not found.proved:
                raise Undecided
        return None

    def most(self, keys: Keys, channels: Iterable[bool]) -> int:
        """How often anybody comes at most, proved. Raises `Undecided` where the solver did not decide."""
        found = [Search(self.graph(keys), Context(walk_in), self.conflicts).run() for walk_in in channels]
        if any(one is not None and not one.proved for one in found):
            raise Undecided
        return max((one.worst for one in found if one is not None), default=0)


def pulled(event: LifeEvent, levers: Mapping[str, Lever]) -> Pulled:
    """The event and its levers; a lever that the law excludes raises `ExcludedByLaw` when it is pulled."""
    return Pulled(frozenset(levers), lambda keys: apply(event, (levers[key] for key in keys)))


class Undecided(Refusal):
    """The solver did not decide a question within its limit: nothing is claimed."""

    code: ClassVar[str] = "undecided"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "没有在限度内算出来，所以不下结论。请少选几个手段，或者把条件写简单些再试。"


def filled(graph: Graph, facts: Facts) -> dict[str, Value]:
    """The facts that the event knows; what a lever adds (an offer) is not taken, the rest has its first value."""
    found: dict[str, Value] = {}
    for position, domain in enumerate(graph.domains):
        first = graph.default(position) if domain.key in graph.commitments else domain.possible[0]
        found[domain.key] = facts.get(domain.key, domain.values[first])
    return found
