"""The syntax tree of a condition: small frozen values. parsing.py reads them, conditions.py says what they mean.

Operands: `Const`, `FactRef`, `ParameterRef`, `Sum`, `Times`, `Count`. Truths: `Not`, `And`, `Or`, `Compare`, `Member`,
`Each`, `AtLeast`, and a `Const` or `FactRef` that is true or false. `bind` leaves no `ParameterRef`, `Each` or `Count`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

Literal = bool | int | Decimal | str


@dataclass(frozen=True, slots=True)
class Const:
    """A literal value; a date is written as a text."""

    value: Literal


@dataclass(frozen=True, slots=True)
class FactRef:
    """The value of a fact."""

    key: str


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A local number of the life event (`parameter.KEY`); `bind` replaces it by its value."""

    key: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of the items: numbers, days added to a date, or the days between two dates (`end - begin`)."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Times:
    """The item so many times; what is subtracted is there -1 times."""

    factor: "Const | ParameterRef"  # a number
    item: "Node"


@dataclass(frozen=True, slots=True)
class Count:
    """For how many parties of a role the item holds; `bind` makes an `AtLeast` of the comparison that it stands in."""

    role: str
    item: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    item: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All of the items."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the items."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Whether at least so many of the items hold; only `bind` makes it."""

    number: int
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two operands."""

    op: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Member:
    """Whether the item is one of the options."""

    item: "Node"
    options: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """Whether the item holds for any party of a role, or for all of them; `bind` writes it out over the parties."""

    every: bool  # all, else any
    role: str
    item: "Node"


Node = Const | FactRef | ParameterRef | Sum | Times | Count | Not | And | Or | AtLeast | Compare | Member | Each


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition; equal when the meaning was written the same way."""

    root: Node
    source: str = field(default="", compare=False)
    where: str = field(default="", compare=False)
    said: Node | None = field(default=None, compare=False)  # as it is said in words, where `root` was written out
    facts: frozenset[str] = field(init=False, compare=False, repr=False)  # that it mentions: asked for all the time
    bound: bool = field(init=False, compare=False, repr=False)  # nothing in it has to be put in or written out

    def __post_init__(self) -> None:
        """Read it once."""
        facts, bound = set(), True
        for node in walk(self.root):
            if isinstance(node, FactRef):
                facts.add(node.key)
            elif isinstance(node, ParameterRef | Each | Count):
                bound = False
        object.__setattr__(self, "facts", frozenset(facts))
        object.__setattr__(self, "bound", bound)


TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}  # with its sides exchanged


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    ahead = [node]
    while ahead:
        one = ahead.pop()
        yield one
        if not isinstance(one, Const | FactRef | ParameterRef):
            ahead.extend(reversed(parts(one)))


def parts(node: Node) -> tuple[Node, ...]:
    """What a node is made of."""
    if isinstance(node, And | Or | Sum | AtLeast):
        return node.items
    if isinstance(node, Not | Member | Each | Count):
        return (node.item,)
    if isinstance(node, Times):
        return (node.factor, node.item)
    return (node.left, node.right) if isinstance(node, Compare) else ()


ALWAYS = Condition(Const(True), "true")


def replaced(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """The node with every part for which `change` has another in its place."""
    other = change(node)
    if other is not None:
        return other
    own = parts(node)
    if not own:
        return node
    below = tuple([replaced(part, change) for part in own])
    if isinstance(node, And | Or | Sum):
        return type(node)(below)
    if isinstance(node, AtLeast):
        return AtLeast(node.number, below)
    if isinstance(node, Not):
        return Not(*below)
    if isinstance(node, Member):
        return Member(below[0], node.options)
    if isinstance(node, Each):
        return Each(node.every, node.role, below[0])
    if isinstance(node, Count):
        return Count(node.role, below[0])
    if isinstance(node, Compare):
        return Compare(node.op, *below)
    if isinstance(node, Times):
        factor, item = below
        assert isinstance(factor, Const | ParameterRef)  # a parameter becomes its value
        return Times(factor, item)
    return node


def is_number(node: Node) -> bool:
    """Whether it is a literal number."""
    return isinstance(node, Const) and isinstance(node.value, int | Decimal) and not isinstance(node.value, bool)


def negative(node: Node) -> Node:
    """The operand with its sign changed."""
    if isinstance(node, Const) and isinstance(node.value, int | Decimal):
        return Const(-node.value)
    if isinstance(node, Times) and isinstance(node.factor, Const) and isinstance(node.factor.value, int | Decimal):
        return Times(Const(-node.factor.value), node.item)
    return Times(Const(-1), node)


def written(node: Node) -> str:
    """A comparison of facts, numbers and sums of them as an author writes it."""
    if isinstance(node, Compare):
        return f"{written(node.left)} {node.op} {written(node.right)}"
    if isinstance(node, Sum):
        return _factor(node.items[0]) + "".join(f" {sign} {_factor(item)}" for sign, item in signed(node.items[1:]))
    return _factor(node)


def signed(items: tuple[Node, ...]) -> Iterator[tuple[str, Node]]:
    """Items of a sum that follow its first one, with the sign before them."""
    for item in items:
        first = item.factor if isinstance(item, Times) else item
        value = first.value if isinstance(first, Const) else 0
        if isinstance(value, int | Decimal) and value < 0:
            yield "-", item.item if isinstance(item, Times) and is_minus(item) else negative(item)
        else:
            yield "+", item


def is_minus(node: Times) -> bool:
    """Whether it is only a sign before its item."""
    return node == negative(node.item)


def _factor(node: Node) -> str:
    """An operand as it stands in a product."""
    if isinstance(node, Times) and is_minus(node) and node.factor == Const(-1):
        return f"-{_factor(node.item)}"
    if isinstance(node, Times):
        return f"{_factor(node.factor)} * {_factor(node.item)}"
    if isinstance(node, Const):
        if isinstance(node.value, bool):
            return "true" if node.value else "false"
        return f"'{node.value}'" if isinstance(node.value, str) else f"{Decimal(node.value):f}"
    if isinstance(node, FactRef):
        return node.key
    return f"parameter.{node.key}" if isinstance(node, ParameterRef) else f"({written(node)})"
