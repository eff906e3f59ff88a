"""The condition language: typed, total, three-valued; parsed once, evaluated with unknown facts, said in words.

The grammar is in syntax.py. Unknown facts make a condition open (None) unless the rest decides it (Kleene).
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from onevisit.core.facts import PARTY, Facts, FactSpec, FactType, Value, party_key, spec_of
from onevisit.core.syntax import (
    ALWAYS,
    And,
    BadCondition,
    Compare,
    Condition,
    Const,
    Each,
    FactRef,
    Literal,
    Member,
    Node,
    Not,
    Or,
    ParameterRef,
    bad_condition,
    parse,
    walk,
)
from onevisit.core.wording import in_words

__all__ = [
    "ALWAYS",
    "BadCondition",
    "Condition",
    "Parties",
    "Truth3",
    "bind",
    "check_types",
    "evaluate",
    "facts_of",
    "in_words",
    "is_of_party",
    "of_party",
    "parameters_of",
    "parse",
]

Truth3 = bool | None


def facts_of(condition: Condition) -> frozenset[str]:
    """Keys of the facts that the condition mentions."""
    return frozenset(node.key for node in walk(condition.root) if isinstance(node, FactRef))


def is_of_party(condition: Condition) -> bool:
    """Whether it speaks of one party (`party.age`)."""
    return any(key.startswith(f"{PARTY}.") for key in facts_of(condition))


def parameters_of(condition: Condition) -> frozenset[str]:
    """Keys of the parameters that the condition mentions."""
    return frozenset(node.key for node in walk(condition.root) if isinstance(node, ParameterRef))


class Parties(Protocol):
    """What `any` and `all` need of a role (core/catalogue.py)."""

    @property
    def least(self) -> int:
        """The least number of its parties, where there are any."""
        ...

    @property
    def most(self) -> int:
        """The most."""
        ...

    @property
    def when(self) -> Condition | None:
        """Whether there are any (none given: always)."""
        ...


def replaced(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """The node with every part for which `change` has another in its place."""
    other = change(node)
    if other is not None:
        return other
    if isinstance(node, And | Or):
        return type(node)(tuple(replaced(item, change) for item in node.items))
    if isinstance(node, Not):
        return Not(replaced(node.item, change))
    if isinstance(node, Member):
        return Member(replaced(node.item, change), node.options)
    if isinstance(node, Compare):
        return Compare(node.op, replaced(node.left, change), replaced(node.right, change))
    if isinstance(node, Each):
        return Each(node.every, node.role, replaced(node.item, change))
    return node


def bind(
    condition: Condition, parameters: Mapping[str, Decimal], roles: Mapping[str, Parties] | None = None
) -> Condition:
    """The condition with its parameters replaced by their values, and `any` and `all` written out over the parties.

    Raises `BadCondition` for a parameter or a role that is unknown.
    """

    def bad(word: str, what: str) -> BadCondition:
        at = max(condition.source.find(word), 0)
        return bad_condition(condition.source, condition.where, at, f"没有叫「{word.split('.')[-1]}」的{what}")

    def number(node: Node) -> Node | None:
        if isinstance(node, ParameterRef):
            if node.key not in parameters:
                raise bad(f"parameter.{node.key}", "参数")
            return Const(parameters[node.key])
        return None

    def parties(node: Node) -> Node | None:
        if isinstance(node, Each):
            if node.role not in (roles or {}):
                raise bad(node.role, "当事人")
            return written_out(replaced(node.item, parties), node.role, (roles or {})[node.role], every=node.every)
        return None

    def only(node: Node) -> Node | None:
        single = isinstance(node, Each) and (roles or {})[node.role].most == 1
        return replaced(node.item, only) if isinstance(node, Each) and single else None

    said = replaced(condition.root, number)
    root = replaced(said, parties)
    return Condition(root, condition.source, condition.where, None if root == said else replaced(said, only))


def written_out(item: Node, role: str, of: Parties, *, every: bool) -> Node:
    """`any` (or `all`, if `every`) of a role: an `or` (`and`) over the parties that there may be."""
    some = []
    for n in range(1, of.most + 1):
        there: list[Node] = [of.when.root] if of.when else []
        if n > of.least and of.most > 1:
            there.append(Compare(">=", FactRef(f"{role}.count"), Const(n)))
        own = of_party(item, f"{role}[{n}]", role)
        if every:
            some.append(Or((*(Not(one) for one in there), own)) if there else own)
        else:
            some.append(And((*there, own)) if there else own)
    if len(some) == 1:
        return some[0]
    return And(tuple(some)) if every else Or(tuple(some))


def of_party(node: Node, party: str, role: str = PARTY) -> Node:
    """The node with the facts of `role` (`party.age`) replaced by those of one party (`seller[2].age`)."""

    def own(part: Node) -> Node | None:
        if isinstance(part, FactRef) and part.key.startswith(f"{role}."):
            return FactRef(party_key(party, part.key.removeprefix(f"{role}.")))
        return None

    return replaced(node, own)


_ORDER: dict[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "=": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
}


def _sign(left: Value, right: Value) -> int | None:
    """-1, 0, 1 as left is before, equal to, after right; None where the two cannot be compared."""
    if isinstance(left, bool) or isinstance(right, bool):
        return int(left is not right) if isinstance(left, bool) and isinstance(right, bool) else None
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return (left > right) - (left < right)
    if isinstance(left, date) or isinstance(right, date):
        left, right = str(left), str(right)  # ISO dates order as texts
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    return None


def _operand(node: Node, facts: Facts) -> Value | None:
    if isinstance(node, Const):
        return node.value
    if isinstance(node, FactRef):
        return facts.get(node.key)
    if isinstance(node, ParameterRef):
        return None
    return _truth(node, facts)


def _compare(node: Compare, facts: Facts) -> Truth3:
    left, right = _operand(node.left, facts), _operand(node.right, facts)
    if left is None or right is None:
        return None
    sign = _sign(left, right)
    return None if sign is None else _ORDER[node.op](sign)


def _member(node: Member, facts: Facts) -> Truth3:
    value = _operand(node.item, facts)
    return None if value is None else any(_sign(value, option) == 0 for option in node.options)


def _all(items: tuple[Node, ...], facts: Facts, stop: bool) -> Truth3:
    """Kleene `and` (stop = False) or `or` (stop = True)."""
    result: Truth3 = not stop
    for item in items:
        truth = _truth(item, facts)
        if truth is stop:
            return stop
        if truth is None:
            result = None
    return result


def _truth(node: Node, facts: Facts) -> Truth3:
    if isinstance(node, Compare):
        return _compare(node, facts)
    if isinstance(node, And):
        return _all(node.items, facts, stop=False)
    if isinstance(node, Or):
        return _all(node.items, facts, stop=True)
    if isinstance(node, Not):
        truth = _truth(node.item, facts)
        return None if truth is None else not truth
    if isinstance(node, Member):
        return _member(node, facts)
    value = _operand(node, facts)
    return value if isinstance(value, bool) else None


def evaluate(condition: Condition, facts: Facts) -> Truth3:
    """True, False, or None while the known facts leave it open. Never raises."""
    return _truth(condition.root, facts)


_FITS: dict[FactType, tuple[type, ...]] = {
    FactType.BOOL: (bool,),
    FactType.CHOICE: (str,),
    FactType.INTEGER: (int, Decimal),
    FactType.DECIMAL: (int, Decimal),
    FactType.DATE: (str,),
    FactType.TEXT: (str,),
}


def _misfit(node: Node, specs: Mapping[str, FactSpec]) -> tuple[str, str] | None:
    """What in this node does not fit the facts' types: (the word to point at, the problem)."""
    if isinstance(node, FactRef) and spec_of(node.key, specs) is None:
        return node.key, f"没有叫「{node.key}」的要素"
    if isinstance(node, Not | And | Or):
        items = (node.item,) if isinstance(node, Not) else node.items
        for item in items:
            spec = spec_of(item.key, specs) if isinstance(item, FactRef) else None
            if spec and spec.type is not FactType.BOOL:
                return spec.key, f"「{spec.key}」不是是非题，要和一个值比较"
    if isinstance(node, Member) and isinstance(node.item, FactRef):
        return _misfit_value(node.item.key, node.options, specs)
    if isinstance(node, Compare):
        pair = (node.left, node.right) if isinstance(node.left, FactRef) else (node.right, node.left)
        if isinstance(pair[0], FactRef) and isinstance(pair[1], Const):
            return _misfit_value(pair[0].key, (pair[1].value,), specs)
        if not (isinstance(pair[0], FactRef) and isinstance(pair[1], ParameterRef)):
            return node.op, "比较的一边应当是要素，另一边是值或参数"
    return None


def _misfit_value(key: str, values: tuple[Literal, ...], specs: Mapping[str, FactSpec]) -> tuple[str, str] | None:
    spec = spec_of(key, specs)
    if spec is None:
        return key, f"没有叫「{key}」的要素"
    for value in values:
        fits = isinstance(value, _FITS[spec.type]) and isinstance(value, bool) == (spec.type is FactType.BOOL)
        if not fits or (spec.options and value not in {option.value for option in spec.options}):
            return str(value), f"「{key}」不能取值「{value}」"
    return None


def check_types(condition: Condition, specs: Mapping[str, FactSpec]) -> None:
    """Raise `BadCondition` where the condition does not fit the facts it mentions."""
    for node in walk(condition.root):
        misfit = _misfit(node, specs)
        if misfit:
            at = max(condition.source.find(misfit[0]), 0)
            raise bad_condition(condition.source, condition.where, at, misfit[1])
    root = condition.root
    spec = spec_of(root.key, specs) if isinstance(root, FactRef) else None
    if spec and spec.type is not FactType.BOOL:
        raise bad_condition(condition.source, condition.where, 0, f"「{spec.key}」不是是非题，要和一个值比较")
