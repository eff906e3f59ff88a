"""The condition language: typed, total, three-valued; parsed once, evaluated with unknown facts, said in words.

The grammar is in docs/conditions.md. Unknown facts make a condition open (None) unless the rest decides it (Kleene).
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from math import ceil, floor
from typing import Protocol

from onevisit.core.facts import PARTY, Facts, Value, party_key
from onevisit.core.fitting import check_types
from onevisit.core.measures import measured
from onevisit.core.parsing import BadCondition, bad_word, parse
from onevisit.core.syntax import (
    ALWAYS,
    TURNED,
    And,
    AtLeast,
    Compare,
    Condition,
    Const,
    Count,
    Each,
    FactRef,
    Member,
    Node,
    Not,
    Or,
    ParameterRef,
    Sum,
    Times,
    replaced,
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
_OF_PARTY = f"{PARTY}."


def facts_of(condition: Condition) -> frozenset[str]:
    """Keys of the facts that the condition mentions."""
    return condition.facts


def is_of_party(condition: Condition) -> bool:
    """Whether it speaks of one party (`party.age`)."""
    return any(key.startswith(_OF_PARTY) for key in condition.facts)


def parameters_of(condition: Condition) -> frozenset[str]:
    """Keys of the parameters that the condition mentions."""
    if condition.bound:
        return frozenset()
    return frozenset(node.key for node in walk(condition.root) if isinstance(node, ParameterRef))


class Parties(Protocol):
    """What `any`, `all` and `count` need of a role (core/catalogue.py)."""

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


def bind(
    condition: Condition, parameters: Mapping[str, Decimal], roles: Mapping[str, Parties] | None = None
) -> Condition:
    """The condition with its parameters replaced by values, and `any`, `all` and `count` written out for the parties.

    Raises `BadCondition` for a parameter or a role that is unknown.
    """
    return condition if condition.bound else _bound(condition, parameters, roles or {})


def _bound(condition: Condition, parameters: Mapping[str, Decimal], roles: Mapping[str, Parties]) -> Condition:
    def bad(word: str, what: str) -> BadCondition:
        return bad_word(condition, word, f"没有叫「{word.split('.')[-1]}」的{what}")

    def number(node: Node) -> Node | None:
        if isinstance(node, ParameterRef):
            if node.key not in parameters:
                raise bad(f"parameter.{node.key}", "参数")
            return Const(parameters[node.key])
        return None

    def of_each(node: Each | Count) -> tuple[Node, Parties]:
        if node.role not in roles:
            raise bad(node.role, "当事人")
        return replaced(node.item, parties), roles[node.role]

    def parties(node: Node) -> Node | None:
        if isinstance(node, Each):
            item, role = of_each(node)
            return written_out(item, node.role, role, every=node.every)
        if isinstance(node, Compare) and isinstance(node.left, Count) and isinstance(node.right, Const):
            item, role = of_each(node.left)
            return counted(there(item, node.left.role, role), node.op, node.right)
        if isinstance(node, Compare) and isinstance(node.right, Count):
            return parties(Compare(TURNED[node.op], node.right, node.left))
        return None

    def only(node: Node) -> Node | None:
        single = isinstance(node, Each) and roles[node.role].most == 1
        return replaced(node.item, only) if isinstance(node, Each) and single else None

    said = replaced(condition.root, number)
    root = replaced(said, parties)
    return Condition(root, condition.source, condition.where, None if root == said else replaced(said, only))


def there(item: Node, role: str, of: Parties) -> tuple[tuple[tuple[Node, ...], Node], ...]:
    """For each party that there may be: when there is one, and the item as said of it."""
    some = []
    for n in range(1, of.most + 1):
        when: list[Node] = [of.when.root] if of.when else []
        if n > of.least and of.most > 1:
            when.append(Compare(">=", FactRef(f"{role}.count"), Const(n)))
        some.append((tuple(when), of_party(item, f"{role}[{n}]", role)))
    return tuple(some)


def written_out(item: Node, role: str, of: Parties, *, every: bool) -> Node:
    """`any` (or `all`, if `every`) of a role: an `or` (`and`) over the parties that there may be."""
    some: list[Node] = []
    for when, own in there(item, role, of):
        if every:
            some.append(Or((*(Not(one) for one in when), own)) if when else own)
        else:
            some.append(And((*when, own)) if when else own)
    if len(some) == 1:
        return some[0]
    return And(tuple(some)) if every else Or(tuple(some))


def counted(parties: tuple[tuple[tuple[Node, ...], Node], ...], op: str, number: Const) -> Node:
    """The comparison of how many of the parties there are, of whom it holds, with a number."""
    items: tuple[Node, ...] = tuple(And((*when, own)) if when else own for when, own in parties)
    value = number.value
    if not isinstance(value, int | Decimal):
        raise AssertionError("the parser lets a count be compared with a number only")
    more = AtLeast(floor(value) + 1, items)  # than the number
    enough = AtLeast(ceil(value), items)
    if op in ("=", "!="):
        exactly = And((enough, Not(more)))
        return exactly if op == "=" else Not(exactly)
    if op in (">", ">="):
        return more if op == ">" else enough
    return Not(enough if op == "<" else more)


def of_party(node: Node, party: str, role: str = PARTY) -> Node:
    """The node with the facts of `role` (`party.age`) replaced by those of one party (`seller[2].age`).

    How many parties of the role there are is no fact of one of them.
    """

    def own(part: Node) -> Node | None:
        if isinstance(part, FactRef) and part.key.startswith(f"{role}.") and part.key != f"{role}.count":
            return FactRef(party_key(party, part.key.removeprefix(f"{role}.")))
        return None

    return replaced(node, own)


ORDER: dict[str, Callable[[int], bool]] = {
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
        try:
            return (left > right) - (left < right)
        except InvalidOperation:  # a decimal that is no number
            return None
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
    if isinstance(node, ParameterRef | Each | Count | Sum | Times):  # not bound yet, or no single value
        return None
    return _truth(node, facts)


_SUMS = (Sum, Times)


def _compare(node: Compare, facts: Facts) -> Truth3:
    left, right = _operand(node.left, facts), _operand(node.right, facts)
    if left is None or right is None:
        is_sum = type(node.left) in _SUMS or type(node.right) in _SUMS
        return _compare_measures(node, facts) if is_sum else None
    sign = _sign(left, right)
    return None if sign is None else ORDER[node.op](sign)


def _compare_measures(node: Compare, facts: Facts) -> Truth3:
    """Sums: numbers are compared with numbers, and dates with dates, by the days from one to the other."""
    left, right = measured(node.left, facts), measured(node.right, facts)
    if left is None or right is None or left[1] != right[1]:
        return None
    return ORDER[node.op]((left[0] > right[0]) - (left[0] < right[0]))


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


def _at_least(node: AtLeast, facts: Facts) -> Truth3:
    """Known once enough are known to hold, or too few may."""
    truths = [_truth(item, facts) for item in node.items]
    if truths.count(True) >= node.number:
        return True
    return None if len(truths) - truths.count(False) >= node.number else False


def _truth(node: Node, facts: Facts) -> Truth3:
    if isinstance(node, Compare):
        return _compare(node, facts)
    if isinstance(node, FactRef):
        value = facts.get(node.key)
        return value if isinstance(value, bool) else None
    if isinstance(node, And):
        return _all(node.items, facts, stop=False)
    if isinstance(node, Or):
        return _all(node.items, facts, stop=True)
    if isinstance(node, Not):
        truth = _truth(node.item, facts)
        return None if truth is None else not truth
    if isinstance(node, Member):
        return _member(node, facts)
    if isinstance(node, AtLeast):
        return _at_least(node, facts)
    fixed = _operand(node, facts)
    return fixed if isinstance(fixed, bool) else None


def evaluate(condition: Condition, facts: Facts) -> Truth3:
    """True, False, or None while the known facts leave it open. Never raises."""
    return _truth(condition.root, facts)
