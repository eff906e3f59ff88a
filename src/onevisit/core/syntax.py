"""How conditions are written: the syntax tree and its parser, with positions in errors.

Grammar: literals (`true`, `false`, numbers, `'text'`), fact keys (`matter.area`, `seller[2].age`), `parameter.KEY`,
`and or not`, `= != < <= > >=`, `in ['a', 'b']`, `any(seller, …)`, `all(seller, …)`, parentheses. Dates are compared
with texts of the form `'2026-01-31'`. `party.age` is the fact of the party whom a step or a document belongs to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from onevisit.core.errors import Refusal

Literal = bool | int | Decimal | str


class BadCondition(Refusal):
    """A condition that cannot be read or does not fit the facts' types."""

    code: ClassVar[str] = "bad-condition"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "{where}条件「{source}」第 {position} 个字符处有误：{problem}。"


@dataclass(frozen=True, slots=True)
class Const:
    """A literal value."""

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


Node = Const | FactRef | ParameterRef | Not | And | Or | Compare | Member | Each


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition; equal when the meaning was written the same way."""

    root: Node
    source: str = field(default="", compare=False)
    where: str = field(default="", compare=False)
    said: Node | None = field(default=None, compare=False)  # as it is said in words, where `root` was written out


ALWAYS = Condition(Const(True), "true")

_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<text>'[^']*')|(?P<op><=|>=|!=|==|=|<|>|\(|\)|\[|\]|,)"
    r"|(?P<name>[A-Za-z_][\w-]*(?:\[\d+\])?(?:\.[A-Za-z_][\w-]*)*))"
)
_INDEX_ONE = re.compile(r"\[1\]")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, source: str, where: str) -> None:
        self.source = source
        self.where = where
        self.tokens = list(self._tokens())
        self.next = 0

    def _tokens(self) -> Iterator[_Token]:
        at = 0
        while self.source[at:].strip():
            match = _TOKEN.match(self.source, at)
            if match is None or match.lastgroup is None:
                start = len(self.source) - len(self.source[at:].lstrip())
                raise self.bad(start, f"看不懂「{self.source[start]}」")
            kind = match.lastgroup
            yield _Token(kind, match.group(kind), match.start(kind))
            at = match.end()
        yield _Token("end", "", len(self.source))

    def bad(self, at: int, problem: str) -> BadCondition:
        """The error at a position, counted from 1."""
        return bad_condition(self.source, self.where, at, problem)

    def peek(self) -> _Token:
        """The token to be read next."""
        return self.tokens[self.next]

    def take(self, *texts: str) -> bool:
        """Read the next token if it is one of these words or signs."""
        token = self.peek()
        if token.kind in ("op", "name") and token.text in texts:
            self.next += 1
            return True
        return False

    def need(self, text: str) -> None:
        """Read this sign or fail."""
        if not self.take(text):
            found = self.peek().text or "条件的结尾"
            raise self.bad(self.peek().at, f"这里应当是「{text}」，却是「{found}」")

    def whole(self) -> Node:
        """The whole condition."""
        node = self.either()
        if self.peek().kind != "end":
            raise self.bad(self.peek().at, f"「{self.peek().text}」前面应当是 and 或 or")
        return node

    def either(self) -> Node:
        """A chain of `or`."""
        items = [self.both()]
        while self.take("or"):
            items.append(self.both())
        return items[0] if len(items) == 1 else Or(tuple(items))

    def both(self) -> Node:
        """A chain of `and`."""
        items = [self.negation()]
        while self.take("and"):
            items.append(self.negation())
        return items[0] if len(items) == 1 else And(tuple(items))

    def negation(self) -> Node:
        """`not` or a comparison."""
        if self.take("not"):
            return Not(self.negation())
        return self.comparison()

    def comparison(self) -> Node:
        """An operand, alone or compared."""
        left = self.operand()
        token = self.peek()
        if self.take("=="):
            raise self.bad(token.at, "相等写一个等号「=」")
        if self.take("=", "!=", "<", "<=", ">", ">="):
            return Compare(token.text, left, self.operand())
        if self.take("in"):
            return Member(left, self.options())
        if self.take("not"):
            self.need("in")
            return Not(Member(left, self.options()))
        return left

    def options(self) -> tuple[Literal, ...]:
        """The list after `in`."""
        self.need("[")
        options = [self.literal()]
        while self.take(","):
            options.append(self.literal())
        self.need("]")
        return tuple(options)

    def literal(self) -> Literal:
        """A literal in a list."""
        token = self.peek()
        node = self.operand()
        if not isinstance(node, Const):
            raise self.bad(token.at, "列表里只能写固定的值")
        return node.value

    def operand(self) -> Node:
        """A literal, a fact, a parameter or a condition in parentheses."""
        token = self.peek()
        self.next += 1
        if token.kind == "number":
            return Const(Decimal(token.text) if "." in token.text else int(token.text))
        if token.kind == "text":
            return Const(token.text[1:-1])
        if token.text == "(":
            node = self.either()
            self.need(")")
            return node
        if token.text in ("any", "all") and self.peek().text == "(":
            return self.each(every=token.text == "all")
        if token.kind == "name" and token.text in ("true", "false"):
            return Const(token.text == "true")
        if token.kind == "name" and token.text.startswith("parameter."):
            return ParameterRef(token.text.removeprefix("parameter."))
        if token.kind == "name" and "." in token.text:
            return FactRef(_INDEX_ONE.sub("", token.text))
        self.next -= 1
        raise self.bad(token.at, f"这里应当是要素（如 matter.area）或值，却是「{token.text or '条件的结尾'}」")

    def each(self, *, every: bool) -> Node:
        """What follows `any` or `all`: a role and what has to hold for its parties."""
        self.need("(")
        role = self.peek()
        if role.kind != "name" or "." in role.text:
            raise self.bad(role.at, f"这里应当是当事人（如 seller），却是「{role.text or '条件的结尾'}」")
        self.next += 1
        self.need(",")
        item = self.either()
        self.need(")")
        return Each(every, role.text, item)


def bad_condition(source: str, where: str, at: int, problem: str) -> BadCondition:
    """The error at a position, counted from 0 here and from 1 in its sentence."""
    return BadCondition(where=f"{where}：" if where else "", source=source, position=at + 1, problem=problem)


def parse(source: str | bool, where: str = "") -> Condition:
    """Parse a condition; raises `BadCondition` with the position of what is wrong. `where` = file and line."""
    if isinstance(source, bool):
        return Condition(Const(source), "true" if source else "false", where)
    return Condition(_Parser(source, where).whole(), source, where)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    ahead = [node]
    while ahead:
        one = ahead.pop()
        yield one
        ahead.extend(reversed(parts(one)))


def parts(node: Node) -> tuple[Node, ...]:
    """What a node is made of."""
    if isinstance(node, And | Or):
        return node.items
    if isinstance(node, Not | Member | Each):
        return (node.item,)
    return (node.left, node.right) if isinstance(node, Compare) else ()
