"""The questions of an event: which facts to ask of an applicant, in which order, and what is certain without them."""

from decimal import Decimal
from threading import Lock

from onevisit.core.planning.deciding import Decider, Deciding, Known
from onevisit.core.planning.graph import Classes, Graph
from onevisit.core.planning.options import Context
from onevisit.core.planning.tying import Twins

MOST_GATES = 100_000  # of formulas, with what was learned; then it is learned anew


class Questions:
    """An event and its solver; one thread asks at a time (`lock`)."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.lock = Lock()
        self.decider = Decider(graph)
        self._twins: Twins | None = None
        self._readers = [sum(p in table.positions for table in graph.tables) for p in range(len(graph.domains))]

    def know(self, known: Classes, context: Context) -> Known:
        """An applicant, as far as he is known."""
        if len(self.decider.logic.gates) > MOST_GATES:
            self.decider, self._twins = Decider(self.graph), None
        return self.decider.know(known, context)

    def asked(self, one: Known) -> tuple[Deciding, ...]:
        """The facts that decide, those that switch most first; a comparison's own facts in its place."""
        opened = [
            p
            for p, own in enumerate(one.classes)
            if own is None and self.graph.domains[p].key not in self.graph.commitments
        ]
        found = [fact for p in opened if (fact := self.decider.decides(one, p)) is not None]
        while self._tied(one, set(opened) - {fact.position for fact in found}):
            self._twins = self._twins or Twins(self.decider)
            more = self._twins.decides(one, [fact.position for fact in found])
            if more is None:
                break
            found.append(more)
        return self._in_order(one, found)

    def _tied(self, one: Known, left: set[int]) -> bool:
        """Whether some rule ties facts together that are open and do not decide alone."""
        return any(len(left & set(self.decider.rules[n].positions)) > 1 for n in one.lawful)

    def _in_order(self, one: Known, deciding: list[Deciding]) -> tuple[Deciding, ...]:
        """Nobody is asked how two facts compare, but for the facts; of a party once it is known that there is one."""
        compared = {own.position: [p for p in own.facts if one.classes[p] is None] for own in self.graph.derived}
        found: dict[int, set[str]] = {}
        for fact in deciding:
            for p in compared.get(fact.position, [fact.position]):
                found.setdefault(p, set()).update(fact.switches)
        asked = [Deciding(p, tuple(sorted(switches))) for p, switches in found.items()]
        return tuple(sorted(asked, key=lambda fact: self._key(one, fact)))

    def _key(self, one: Known, fact: Deciding) -> tuple[bool, int, int, int]:
        p = fact.position
        return self._waits(one, p), -len(fact.switches), -self._readers[p], p

    def _waits(self, one: Known, position: int) -> bool:
        """Whether it is not known yet that there is the party whose fact it is."""
        for group in self.graph.groups:
            if group.count is not None and one.classes[group.count] is None:
                return any(position in own for own in group.parties[group.role.least :])
        return False

    def services(self, one: Known) -> tuple[frozenset[str], frozenset[str]]:
        """Services that everybody needs whom what is known fits, and those that somebody does."""
        keys = [table.service.key for table in self.graph.tables]
        ever = frozenset(key for key in keys if self.decider.possible(one, self.decider.marks.applies[key]))
        always = frozenset(key for key in ever if not self.decider.possible(one, -self.decider.marks.applies[key]))
        return always, ever

    def fees(self, one: Known) -> dict[tuple[str, int], tuple[Decimal, Decimal]]:
        """Least and most of each fee that may be due and that no form prices."""
        found = {}
        for (table, k), due in self.decider.marks.fees.items():
            if self.decider.possible(one, due):
                amount = self.graph.tables[table].service.fees[k].amount
                low = Decimal(0) if self.decider.possible(one, -due) else amount
                found[(self.graph.tables[table].service.key, k)] = (low, amount)
        return found

    def fewest(self, one: Known) -> tuple[int, ...]:
        """Of those whom what is known fits and who need the fewest services, the first in the catalogue's order."""
        return self.decider.fewest(one)

    def left_out(self, one: Known) -> frozenset[int]:
        """Constraints that what is known breaks."""
        return frozenset(range(len(self.graph.constraints))) - set(one.lawful)


def questions_of(graph: Graph) -> Questions:
    """The questions of an event, made once."""
    if not isinstance(graph.questions, Questions):
        graph.questions = Questions(graph)
    return graph.questions
