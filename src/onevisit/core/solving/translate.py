"""Conditions for the solver, with the same meaning: a variable for each class of a fact's domain, one of them true.

No condition tells two values of one class apart (core/domains.py), so that nothing is lost. What a comparison means
is asked of `evaluate` itself, class by class: there is one meaning, and one place for it. Where several facts are
compared whose classes are no single values, the comparison is a fact of its own (planning/deriving.py): a variable too.
"""

from collections.abc import Iterable, Mapping
from itertools import product

from onevisit.core.conditions import Condition, evaluate, facts_of
from onevisit.core.domains import Domain
from onevisit.core.facts import Facts
from onevisit.core.solving.circuit import FALSE, TRUE, Circuit, Formula
from onevisit.core.syntax import And, AtLeast, Const, Node, Not, Or


class Translation:
    """The facts of an event as variables of the solver, and its conditions as formulas over them."""

    def __init__(self, domains: Iterable[Domain]) -> None:
        """A variable for each class that a real applicant can have."""
        self.domains: Mapping[str, Domain] = {domain.key: domain for domain in domains}
        self.logic = Circuit()
        self.bits: dict[str, dict[int, Formula]] = {key: self._bits(one) for key, one in self.domains.items()}
        self._known: dict[Node, Formula] = {}

    def turned(self, classes: Mapping[str, int]) -> "Translation":
        """The same for those for whom these facts have these classes; whatever else is true of them stays open."""
        if not classes:
            return self
        made = Translation(())
        made.domains, made.logic = self.domains, self.logic
        made.bits = self.bits | {key: {k: TRUE} for key, k in classes.items()}
        return made

    def rules(self) -> list[Formula]:
        """That each fact has exactly one of its classes."""
        several = [list(own.values()) for own in self.bits.values() if len(own) > 2]
        return [rule for own in several for rule in (self.logic.any(own), self.logic.at_most(1, own))]

    def formula(self, condition: Condition | None) -> Formula:
        """When the condition holds; none given: always."""
        return TRUE if condition is None else self.of(condition.root)

    def of(self, node: Node) -> Formula:
        """When a node holds. A fact of which no domain is known holds nothing."""
        if node not in self._known:
            self._known[node] = self._made(node)
        return self._known[node]

    def _made(self, node: Node) -> Formula:
        if isinstance(node, And):
            return self.logic.all(self.of(item) for item in node.items)
        if isinstance(node, Or):
            return self.logic.any(self.of(item) for item in node.items)
        if isinstance(node, Not):
            return -self.of(node.item)
        if isinstance(node, AtLeast):
            return -self.logic.at_most(node.number - 1, [self.of(item) for item in node.items])
        if isinstance(node, Const):
            return TRUE if node.value is True else FALSE
        return self._atom(node)

    def _atom(self, node: Node) -> Formula:
        """A fact, or a comparison: the classes for which it holds, of each of its facts."""
        found = Condition(node)
        keys = sorted(key for key in facts_of(found) if key in self.domains)
        some = []
        for chosen in product(*(self.bits[key].items() for key in keys)):
            facts = {key: self.domains[key].values[k] for key, (k, _) in zip(keys, chosen, strict=True)}
            if evaluate(found, facts) is True:
                some.append(self.logic.all(bit for _, bit in chosen))
        return self.logic.any(some)

    def is_class(self, key: str, k: int) -> Formula:
        """Whether the fact has this class."""
        return self.bits[key].get(k, FALSE)

    def _bits(self, domain: Domain) -> dict[int, Formula]:
        """A formula for each class; two classes are one variable and its negation."""
        if len(domain.possible) == 1:
            return {domain.possible[0]: TRUE}
        if len(domain.possible) == 2:
            bit = self.logic.variable()
            return dict(zip(domain.possible, (-bit, bit), strict=True))
        return {k: self.logic.variable() for k in domain.possible}

    def classes(self, values: Mapping[int, bool]) -> tuple[int, ...]:
        """The class of each fact of the applicant for whom the variables have these values."""
        seen: dict[int, bool] = {}
        return tuple(
            next((k for k, bit in bits.items() if self.logic.holds(bit, values, seen)), 0)
            for bits in self.bits.values()
        )

    def values(self, facts: Facts) -> dict[int, bool]:
        """The variables' values for an applicant; facts that are not known have their first class."""
        found: dict[int, bool] = {}
        for key, bits in self.bits.items():
            domain = self.domains[key]
            own = domain.index(facts[key]) if key in facts else domain.possible[0]
            found |= {abs(bit): (k == own) == (bit > 0) for k, bit in bits.items()}
        return found
