"""Facts that constraints tie together: none can change alone, yet people who differ in several have different plans.

Two people are looked for at once, each with formulas of his own, alike in all that is known and asked.
"""

from collections.abc import Iterable

from onevisit.core.planning.answers import Answers, Assumed, Undecided
from onevisit.core.planning.deciding import MOST_PLANS, Decider, Deciding, Known
from onevisit.core.solving.circuit import Formula


class Twins:
    """Two people whom the same event may concern."""

    def __init__(self, decider: Decider) -> None:
        self.decider, self.logic = decider, decider.logic
        own = {abs(bit) for bits in decider.bits for bit in bits.values() if abs(bit) != 1}
        self._of_other: dict[int, Formula] = {bit: self.logic.variable() for bit in sorted(own)}
        self._seen: dict[int, Formula] = {}
        self.bits = [{k: self._other(bit) for k, bit in bits.items()} for bits in decider.bits]
        self.rules = [self._other(rule.formula) for rule in decider.rules]
        pairs = zip(decider.bits, self.bits, strict=True)
        self.same = [-self.logic.any(self._unlike(one[k], other[k]) for k in one) for one, other in pairs]
        self.seen = self.logic.any(self._unlike(mark, self._other(mark)) for mark in decider.marks.seen)
        self.hidden = self.logic.any(self._unlike(mark, self._other(mark)) for mark in decider.marks.hidden)
        rules = decider.translation.rules()
        self.answers = Answers(decider.translation, [self._other(rule) for rule in rules])
        self.answers.may_assume(bit for each in (*decider.bits, *self.bits) for bit in each.values())
        self.answers.may_assume([*self.same, *(rule.formula for rule in decider.rules), *self.rules])
        self.answers.may_assume(decider.marks.outside.values())
        self._left: dict[object, Formula] = {}

    def _other(self, formula: Formula) -> Formula:
        return self.logic.put(formula, self._of_other, self._seen)

    def _unlike(self, one: Formula, other: Formula) -> Formula:
        return self.logic.any((self.logic.all((one, -other)), self.logic.all((-one, other))))

    def decides(self, one: Known, asked: Iterable[int]) -> Deciding | None:
        """One more fact to ask, where people alike in all asked facts have different plans; None if there are none."""
        fixed = {p for p, own in enumerate(one.classes) if own is not None} | set(asked)
        fixed |= {
            p for p, domain in enumerate(self.decider.graph.domains) if domain.key in self.decider.graph.commitments
        }
        assumed = self.decider.everybody(one) | {self.rules[n] for n in one.lawful}
        opened = [p for p in range(len(self.same)) if p not in fixed]
        try:
            found = self._differing(one, assumed | {self.same[p] for p in fixed})
            if found is None:
                return None
            apart = {p for p in opened if self.same[p] not in found}
            for p in reversed(opened):  # bring them as close as can be
                if p in apart:
                    closer = self._differing(
                        one, assumed | {self.same[q] for q in (*fixed, *opened) if q not in apart - {p}}
                    )
                    found = found if closer is None else closer
                    apart = {q for q in opened if self.same[q] not in found}
        except Undecided:
            return Deciding(opened[0], ())
        graph = self.decider.graph
        states = [{state.key for state in graph.states(who)} for who in self._both(found)]
        return Deciding(min(apart), tuple(sorted(states[0] ^ states[1])))

    def _both(self, found: Assumed) -> list[tuple[int, ...]]:
        return [
            tuple(next(k for k, bit in bits.items() if bit in found) for bits in each)
            for each in (self.decider.bits, self.bits)
        ]

    def _differing(self, one: Known, assumed: Assumed) -> Assumed | None:
        """Two people with different plans."""
        found = self.answers.somebody(self.seen, assumed)
        for _ in range(MOST_PLANS):
            if found is not None:
                return found
            other = self.answers.somebody(self._left.get(one.context, self.hidden), assumed)
            if other is None or len({self.decider.plan(who, one.context) for who in self._both(other)}) > 1:
                return other
            self._left[one.context] = self.logic.all((self._left.get(one.context, self.hidden), -self._alike(other)))
        raise Undecided

    def _alike(self, found: Assumed) -> Formula:
        values, seen = {abs(one): one > 0 for one in found}, dict[int, bool]()
        marks = (*self.decider.marks.seen, *self.decider.marks.hidden)
        every = (*marks, *(self._other(mark) for mark in marks))
        return self.logic.all(m if self.logic.holds(m, values, seen) else -m for m in every)
