"""Conditions for the solver, with the same meaning: a variable for each class of a fact's domain, one of them true.

No condition tells two values of one class apart (planning/domains.py), so that nothing is lost. What a comparison of a
fact with a constant means is asked of `evaluate` itself, class by class: there is one meaning, and one place for it.
"""

from collections.abc import Iterable, Mapping

from onevisit.core.conditions import Condition, evaluate
from onevisit.core.facts import Facts, Value
from onevisit.core.planning.domains import Domain
from onevisit.core.proving.circuit import FALSE, TRUE, Circuit, Formula
from onevisit.core.syntax import And, Compare, Const, FactRef, Member, Node, Not, Or


class Translation:
    """The facts of an event as variables of the solver, and its conditions as formulas over them."""

    def __init__(self, domains: Iterable[Domain]) -> None:
        """A variable for each class that a real applicant can have."""
        self.domains: Mapping[str, Domain] = {domain.key: domain for domain in domains}
        self.logic = Circuit()
        self.bits: dict[str, dict[int, Formula]] = {key: self._bits(one) for key, one in self.domains.items()}
        self._known: dict[Node, Formula] = {}

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
        if isinstance(node, Const):
            return TRUE if node.value is True else FALSE
        return self._atom(node)

    def _atom(self, node: Node) -> Formula:
        """A fact, or its comparison with a constant: the classes for which it holds."""
        key = _fact_of(node)
        found = Condition(node)
        if key is None:
            return TRUE if evaluate(found, {}) is True else FALSE
        values = self.domains[key].values
        return self.logic.any(bit for k, bit in self.bits[key].items() if evaluate(found, {key: values[k]}) is True)

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

    def facts(self, values: Mapping[int, bool]) -> dict[str, Value]:
        """The facts of the applicant for whom the variables have these values."""
        seen: dict[int, bool] = {}
        found: dict[str, Value] = {}
        for key, bits in self.bits.items():
            chosen = next((k for k, bit in bits.items() if self.logic.holds(bit, values, seen)), None)
            if chosen is not None:
                found[key] = self.domains[key].values[chosen]
        return found

    def values(self, facts: Facts) -> dict[int, bool]:
        """The variables' values for an applicant; facts that are not known have their first class."""
        found: dict[int, bool] = {}
        for key, bits in self.bits.items():
            domain = self.domains[key]
            own = domain.index(facts[key]) if key in facts else domain.possible[0]
            found |= {abs(bit): (k == own) == (bit > 0) for k, bit in bits.items()}
        return found


def _fact_of(node: Node) -> str | None:
    """The one fact that the node is about."""
    if isinstance(node, FactRef):
        return node.key
    if isinstance(node, Member):
        return _fact_of(node.item)
    if isinstance(node, Compare):
        return _fact_of(node.left) or _fact_of(node.right)
    return None
