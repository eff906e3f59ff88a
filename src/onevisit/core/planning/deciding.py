"""Which open facts can still change the plan: asked of the solver, over everybody whom what is known leaves possible.

A fact decides if two people exist whom all that is known fits, who differ in this fact alone and have different plans.
Where constraints tie facts together so that none can change alone, two people as close as can be count instead.
The solver names the two; where only something hidden tells them apart (marks.py), the planner makes both plans.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

from onevisit.core.conditions import Condition, evaluate
from onevisit.core.facts import Facts
from onevisit.core.planning.answers import Answers, Assumed, Undecided
from onevisit.core.planning.choosing import NoPlan
from onevisit.core.planning.core import core_of
from onevisit.core.planning.deriving import Derived
from onevisit.core.planning.graph import Classes, Graph
from onevisit.core.planning.marks import Marks
from onevisit.core.planning.options import Context
from onevisit.core.solving.circuit import FALSE, TRUE, Formula
from onevisit.core.solving.translate import Translation

MOST_PLANS = 32  # pairs of plans that are made for one fact of one page
MOST_CLASSES = 4096  # of all facts that are compared with each other


@dataclass(frozen=True, slots=True)
class Deciding:
    """An open fact that can change the plan, and the services that it switches."""

    position: int
    switches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lawful:
    """What is true of every real applicant: a constraint, a comparison of facts, the classes that a fact can have."""

    formula: Formula
    positions: tuple[int, ...]
    condition: Condition | None = None


@dataclass(slots=True)
class Flip:
    """What changes with one fact alone, everything else as it is."""

    seen: Formula  # plans differ for certain
    hidden: Formula  # they may
    switched: dict[str, Formula]  # service → whether it comes or goes
    lawful: dict[int, Formula]  # class → whether somebody can have it
    marks: tuple[Formula, ...]  # all marks, those that change with the fact for each of its classes


@dataclass(frozen=True, slots=True)
class Known:
    """One applicant: what is assumed of all facts and of the context, and the rules that hold for him."""

    classes: Classes
    context: Context
    assumed: Assumed
    lawful: tuple[int, ...]  # numbers of the rules that what is known does not break
    somebody: Assumed  # what holds for one of those whom all this fits


class Decider:
    """An event as the solver sees it, and what was found out about it so far."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        every = tuple(replace(one, possible=tuple(range(len(one.values)))) for one in graph.domains)
        self.translation = Translation(every)  # also of what nobody can be: an applicant may say so
        self.logic = self.translation.logic
        self.marks = Marks(graph, self.translation)
        self.bits = [self.translation.bits[domain.key] for domain in graph.domains]
        self.rules = tuple(self._rules())
        self.guards = [self.logic.variable() for _ in self.rules]
        self.answers = Answers(self.translation)
        self.answers.may_assume(bit for bits in self.bits for bit in bits.values())
        self.answers.may_assume([*self.marks.outside.values(), *self.guards, *(rule.formula for rule in self.rules)])
        self.answers.may_assume([*self.marks.applies.values(), *self.marks.fees.values()])
        self._flips: dict[int, Flip] = {}
        self._left: dict[object, Formula] = {}  # of what is hidden, that which is not yet known to change nothing

    def _rules(self) -> Iterator[Lawful]:
        for positions, condition in self.graph.constraints:
            yield Lawful(self.translation.formula(condition), positions, condition)
        for own in self.graph.derived:
            yield Lawful(self._consistent(own), (own.position, *own.facts))
        for p, domain in enumerate(self.graph.domains):
            if len(domain.possible) < len(domain.values):
                yield Lawful(self.logic.any(self.bits[p][k] for k in domain.possible), (p,))

    def _consistent(self, own: Derived) -> Formula:
        """A comparison is what the classes of its facts make of it; free, where these are too many."""
        if prod(len(self.bits[p]) for p in own.facts) > MOST_CLASSES:
            return TRUE
        parts: list[tuple[tuple[int, ...], Formula]] = [((), TRUE)]
        for p in own.facts:
            parts = [((*ks, k), self.logic.all((when, bit))) for ks, when in parts for k, bit in self.bits[p].items()]
        found = []
        for ks, when in parts:
            at: dict[int, int] = dict(zip(own.facts, ks, strict=True))
            truth = own.decided(tuple(at.get(p) for p in range(len(self.graph.domains))))
            if truth is not None:
                found.append(self.logic.implies(when, self.bits[own.position][int(truth)]))
        return self.logic.all(found)

    def know(self, known: Classes, context: Context) -> Known:
        """What is assumed of this applicant; rules that what he says breaks are left out: what he says counts."""
        facts = self.graph.facts_at(known)
        assumed = {*self.marks.given(context)}
        for p, domain in enumerate(self.graph.domains):
            own = known[p]
            if own is None and domain.key in self.graph.commitments:
                own = self.graph.default(p)
            if own is not None:
                assumed.add(self.bits[p][own])
        lawful = [n for n, rule in enumerate(self.rules) if not _broken(rule, facts)]
        while clash := self.answers.clashing(frozenset((*assumed, *(self.rules[n].formula for n in lawful)))):
            left = [n for n in lawful if self.rules[n].formula not in clash]
            if len(left) == len(lawful):
                raise AssertionError("any classes together are somebody's, if no rule forbids it")
            lawful = left
        every = frozenset((*assumed, *(self.rules[n].formula for n in lawful)))
        somebody = self._somebody(TRUE, every)
        return Known(known, context, frozenset(assumed), tuple(lawful), every if somebody is None else somebody)

    def everybody(self, one: Known) -> Assumed:
        """What is assumed of everybody whom what is known fits."""
        return one.assumed | {self.rules[n].formula for n in one.lawful}

    def possible(self, one: Known, formula: Formula) -> bool:
        """Whether it holds for somebody whom what is known fits; also where that was not decided."""
        try:
            return formula in one.somebody or self.answers.somebody(formula, self.everybody(one)) is not None
        except Undecided:
            return True

    def fewest(self, one: Known) -> tuple[int, ...]:
        """Of those whom what is known fits and who need the fewest services, the first in the catalogue's order."""
        services = list(self.marks.applies.values())
        assumed = self.everybody(one)
        least = (self.logic.at_most(most, services) for most in range(len(services) + 1))
        wanted = [list(least)]
        wanted += [[self.bits[p][k] for k in domain.possible] for p, domain in enumerate(self.graph.domains)]
        found: Assumed | None = None
        for each in wanted:
            for formula in each:
                closer = self._somebody(formula, assumed)
                if closer is not None:
                    found, assumed = closer, assumed | {formula}
                    break
        return self._classes(found if found is not None else assumed)

    def _somebody(self, formula: Formula, assumed: Assumed) -> Assumed | None:
        """As `Answers.somebody`; None also where that was not decided."""
        try:
            return self.answers.somebody(formula, assumed)
        except Undecided:
            return None

    def _classes(self, found: Assumed) -> tuple[int, ...]:
        return tuple(next((k for k, bit in bits.items() if bit in found), 0) for bits in self.bits)

    def decides(self, one: Known, position: int) -> Deciding | None:
        """Whether a fact alone can change the plan; also where that was not decided."""
        flip = self._flip(position)
        assumed = self._assumed(one, position)
        try:
            if self.answers.somebody(flip.seen, assumed) is None and not self._hidden(one, position, flip, assumed):
                return None
            switches = (s for s, when in flip.switched.items() if self.answers.somebody(when, assumed) is not None)
            return Deciding(position, tuple(sorted(switches)))
        except Undecided:
            return Deciding(position, ())

    def _assumed(self, one: Known, position: int) -> Assumed:
        """Of everybody whom what is known fits, whatever this fact is."""
        lawful = set(one.lawful)
        rules = {rule.formula for n, rule in enumerate(self.rules) if n in lawful and position not in rule.positions}
        guards = {guard if n in lawful else -guard for n, guard in enumerate(self.guards)}
        return one.assumed | rules | guards

    def _hidden(self, one: Known, position: int, flip: Flip, assumed: Assumed) -> bool:
        """Whether plans differ by what is hidden: the planner makes those of each two that the solver names."""
        key = (position, one.context)
        for _ in range(MOST_PLANS):
            found = self.answers.somebody(self._left.get(key, flip.hidden), assumed)
            if found is None:
                return False
            classes = self._classes(found)
            holding = [k for k, when in flip.lawful.items() if self._holds(when, found)]
            people = [(*classes[:position], k, *classes[position + 1 :]) for k in holding]
            if len({self.plan(who, one.context) for who in people}) > 1:
                return True
            self._left[key] = self.logic.all((self._left.get(key, flip.hidden), -self._alike(found, flip)))
        raise Undecided

    def plan(self, classes: tuple[int, ...], context: Context) -> object:
        """What tells his plan from others; None if there is none."""
        try:
            return core_of(self.graph, classes, context).identity
        except NoPlan:
            return None

    def _holds(self, formula: Formula, found: Assumed) -> bool:
        values = {abs(one): one > 0 for one in found}
        return self.logic.holds(formula, values, {})

    def _alike(self, found: Assumed, flip: Flip) -> Formula:
        """Those of whom, whatever this fact is, all marks are the same."""
        values, seen = {abs(one): one > 0 for one in found}, dict[int, bool]()
        every = (*flip.marks, *flip.lawful.values())
        return self.logic.all(m if self.logic.holds(m, values, seen) else -m for m in every)

    def _flip(self, position: int) -> Flip:
        if position not in self._flips:
            self._flips[position] = self._made(position)
        return self._flips[position]

    def _made(self, position: int) -> Flip:
        """The formulas with each class of the fact put in."""
        bits = self.bits[position]
        given = {
            k: {abs(bit): TRUE if (bit > 0) == (other == k) else FALSE for other, bit in bits.items()}
            for k in self.graph.domains[position].possible
        }
        memo: dict[int, dict[int, Formula]] = {k: {} for k in given}
        touched = [n for n, rule in enumerate(self.rules) if position in rule.positions]
        lawful = {
            k: self.logic.all(
                self.logic.implies(self.guards[n], self.logic.put(self.rules[n].formula, own, memo[k])) for n in touched
            )
            for k, own in given.items()
        }

        def changed(mark: Formula) -> dict[int, Formula] | None:
            each = {k: self.logic.put(mark, own, memo[k]) for k, own in given.items()}
            return each if len(set(each.values())) > 1 else None

        def differ(mark: Formula) -> Formula:
            each = changed(mark)
            if each is None:
                return FALSE
            some = (self.logic.any(self.logic.all((sign * v, lawful[k])) for k, v in each.items()) for sign in (1, -1))
            return self.logic.all(some)

        every = (*self.marks.seen, *self.marks.hidden)
        marks = [one for mark in every for one in (changed(mark) or {0: mark}).values()]
        return Flip(
            seen=self.logic.any(differ(mark) for mark in self.marks.seen),
            hidden=self.logic.any(differ(mark) for mark in self.marks.hidden),
            switched={key: when for key, one in self.marks.applies.items() if (when := differ(one)) != FALSE},
            lawful=lawful,
            marks=tuple(marks),
        )


def _broken(rule: Lawful, facts: Facts) -> bool:
    """Whether what is known breaks the constraint."""
    return rule.condition is not None and evaluate(rule.condition, facts) is False
