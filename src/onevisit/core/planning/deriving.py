"""Comparisons of several facts (`matter.area + matter.terrace > 300`): no class of one fact tells them apart.

Each becomes a Boolean fact of its own, known where its facts are, and never asked itself: its facts are. Its key is
`derived:` and the comparison as it is written, after the party whose facts it compares (`seller[2].derived:…`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from onevisit.core.catalogue import Role
from onevisit.core.conditions import ORDER, Condition, facts_of, of_party
from onevisit.core.domains import Domain, Span, solved, span
from onevisit.core.facts import PARTY, FactSpec, FactType, party_key, role_of, spec_of
from onevisit.core.measures import difference
from onevisit.core.syntax import Compare, Const, FactRef, Node, replaced, walk, written

DERIVED = "derived:"
EXACT = (FactType.BOOL, FactType.CHOICE)  # each of their classes is one value


def is_derived(key: str) -> bool:
    """Whether it is the key of a comparison, not of a fact that somebody could be asked."""
    return DERIVED in key


@dataclass(frozen=True, slots=True)
class Derived:
    """A comparison that is a fact of its own: where it and its facts stand among the domains."""

    key: str
    condition: Condition
    position: int
    facts: tuple[int, ...]
    op: str
    times: tuple[Fraction, ...]  # how often each fact is in left less right; none where that is no sum
    constant: Fraction
    spans: tuple[tuple[Span, ...], ...]  # of each fact, for each class

    def decided(self, classes: tuple[int | None, ...]) -> bool | None:
        """What the classes of its facts alone say, by the least and the most that its sides can differ."""
        known = [k for p in self.facts if (k := classes[p]) is not None]
        if not self.times or len(known) < len(self.facts):
            return None
        spans = [own[k] for own, k in zip(self.spans, known, strict=True)]
        low, high = (self._furthest(spans, sign) for sign in (-1, 1))
        signs = [-1] * (low is None or low < 0) + [1] * (high is None or high > 0)
        signs += [0] * ((low is None or low <= 0) and (high is None or high >= 0))
        truths = {ORDER[self.op](sign) for sign in signs}
        return truths.pop() if len(truths) == 1 else None

    def _furthest(self, spans: Iterable[Span], sign: int) -> Fraction | None:
        """The least (-1) or the most (1) that left less right can be; None where there is no end to it."""
        total = self.constant
        for times, (low, high) in zip(self.times, spans, strict=True):
            end = high if times * sign > 0 else low
            if end is None and times:
                return None
            total += times * Fraction(end or 0)
        return total


class Deriving:
    """Finds the comparisons of several facts in an event's conditions, and puts facts in their place."""

    def __init__(self, roles: Iterable[Role], specs: Mapping[str, FactSpec]) -> None:
        self.roles = {role.key: role for role in roles}
        self.specs = specs
        self.found: dict[str, Compare] = {}  # by name, without the party: his facts are `party.…` in it

    def cut(self, condition: Condition) -> Condition:
        """The condition with each comparison of several facts as one fact."""
        if not self.needed([condition]):
            return condition
        root = replaced(condition.root, self._fact)
        return replace(condition, root=root, said=condition.said or condition.root)

    def needed(self, conditions: Iterable[Condition]) -> bool:
        """Whether there is such a comparison in one of them."""
        return any(isinstance(n, Compare) and self._is_compound(n) for one in conditions for n in walk(one.root))

    def condition(self, key: str) -> Condition:
        """The comparison that a derived fact is."""
        party, _, text = key.partition(DERIVED)
        root: Node = self.found[f"{DERIVED}{text}"]
        root = of_party(root, party.rstrip(".")) if party else root
        return Condition(root, written(root))

    def derived(self, key: str, domains: tuple[Domain, ...], position: Mapping[str, int]) -> Derived:
        """The derived fact of this key."""
        condition = self.condition(key)
        root = condition.root
        keys = sorted(facts_of(condition))
        own = difference(root.left, root.right) if isinstance(root, Compare) else None
        times = () if own is None else tuple(own.terms.get(one, Fraction(0)) for one in keys)
        return Derived(
            key=key,
            condition=condition,
            position=position[key],
            facts=tuple(position[one] for one in keys),
            op=root.op if isinstance(root, Compare) else "=",
            times=times,
            constant=Fraction(0) if own is None else own.constant,
            spans=tuple(self._spans(one, domains[position[one]]) for one in keys),
        )

    def _spans(self, key: str, domain: Domain) -> tuple[Span, ...]:
        spec = self._spec(key)
        role = self.roles.get(role_of(key))
        if spec is not None and role is not None and key == f"{role.key}.count":
            spec = replace(spec, minimum=Decimal(role.least), maximum=Decimal(role.most))
        return tuple((None, None) if spec is None else span(spec, domain, k) for k in range(len(domain.values)))

    def _fact(self, node: Node) -> Node | None:
        """The fact in place of the comparison: of a party where all its facts but those of the matter are one's own."""
        if not isinstance(node, Compare) or not self._is_compound(node):
            return None
        keys = {part.key for part in walk(node) if isinstance(part, FactRef) and not self._is_count(part.key)}
        parties = {key.partition(".")[0] for key in keys if role_of(key) in (*self.roles, PARTY)}
        party = PARTY if PARTY in parties else parties.pop() if len(parties) == 1 else ""
        said = replaced(node, lambda part: self._of_party(part, party))
        assert isinstance(said, Compare)  # only facts in it are others
        name = f"{DERIVED}{written(said)}"
        self.found[name] = said
        return FactRef(party_key(party, name) if party else name)

    def _of_party(self, node: Node, party: str) -> Node | None:
        """A fact of this party as `party.…`."""
        own = isinstance(node, FactRef) and not self._is_count(node.key) and node.key.startswith(f"{party}.")
        return FactRef(f"{PARTY}.{node.key.removeprefix(f'{party}.')}") if own and isinstance(node, FactRef) else None

    def _is_compound(self, node: Compare) -> bool:
        """Whether it compares several facts whose classes are no single values."""
        if isinstance(node.left, Const | FactRef) and isinstance(node.right, Const):
            return False
        if isinstance(node.left, Const) and isinstance(node.right, FactRef):
            return False
        keys = {part.key for part in walk(node) if isinstance(part, FactRef)}
        return not all(self._is_exact(key) for key in keys) and solved(node) is None

    def _is_exact(self, key: str) -> bool:
        spec = self._spec(key)
        return self._is_count(key) or (spec is not None and spec.type in EXACT)

    def _is_count(self, key: str) -> bool:
        """Whether it is the number of a role's parties."""
        return key in {f"{role}.count" for role in self.roles}

    def _spec(self, key: str) -> FactSpec | None:
        """The spec of a fact, of `party.age` that of any role which has it."""
        if role_of(key) != PARTY:
            return spec_of(key, self.specs)
        found = (self.specs.get(party_key(role, key.partition(".")[2])) for role in self.roles)
        return next((spec for spec in found if spec is not None), None)
