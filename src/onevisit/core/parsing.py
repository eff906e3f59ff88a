"""The parser of conditions: recursive descent; every error says at which character, and what was expected there.

The grammar is in docs/conditions.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from onevisit.core.errors import Refusal
from onevisit.core.syntax import (
    And,
    Compare,
    Condition,
    Const,
    Count,
    Each,
    FactRef,
    Literal,
    Member,
    Node,
    Not,
    Or,
    ParameterRef,
    Sum,
    Times,
    is_number,
    negative,
    parts,
)

MOST_DIGITS = 30  # of a number
MOST_DEEP = 30  # brackets, quantifiers and `not` inside each other
MOST_NESTED = 100  # nodes inside each other, long products included
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<text>'[^']*')|(?P<op><=|>=|!=|==|[=<>()\[\],+*-])"
    r"|(?P<name>[A-Za-z_]\w*(?:\[\d+\])?(?:\.[A-Za-z_]\w*)*))"
)
_INDEX_ONE = re.compile(r"\[1\]")
_TRUTHS = And | Or | Not | Compare | Member | Each


class BadCondition(Refusal):
    """A condition that cannot be read or does not fit the facts' types."""

    code: ClassVar[str] = "bad-condition"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "{where}条件「{source}」第 {position} 个字符处有误：{problem}。"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(source: str) -> Iterator[_Token]:
    """The words, values and signs of a condition, what cannot be read as kind "bad", and its end."""
    at = 0
    while source[at:].strip():
        match = _TOKEN.match(source, at)
        if match is None or match.lastgroup is None:
            start = len(source) - len(source[at:].lstrip())
            yield _Token("bad", source[start], start)
            return
        kind = match.lastgroup
        yield _Token(kind, match.group(kind), match.start(kind))
        at = match.end()
    yield _Token("end", "", len(source))


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, source: str, where: str) -> None:
        self.source = source
        self.where = where
        self.tokens = list(_tokens(source))
        self.next = 0
        self.deep = 0
        self.roles: list[str] = []  # of the quantifiers around
        bad = self.tokens[-1]
        if bad.kind == "bad":
            raise self.bad(bad.at, f"看不懂「{bad.text}」")

    def bad(self, at: int, problem: str) -> BadCondition:
        """The error at a position, counted from 0."""
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

    def enter(self, at: int) -> None:
        """Go one level deeper."""
        self.deep += 1
        if self.deep > MOST_DEEP:
            raise self.bad(at, f"括号和 not 套得太深，最多 {MOST_DEEP} 层")

    def whole(self) -> Node:
        """The whole condition."""
        node = self.truth(0, self.either())
        if self.peek().kind != "end":
            raise self.bad(self.peek().at, f"「{self.peek().text}」前面应当是 and 或 or")
        if _depth(node) > MOST_NESTED:
            raise self.bad(0, "套得太深，拆开来写")
        return node

    def truth(self, at: int, node: Node) -> Node:
        """The node, where it can be true or false: no number, text or sum."""
        if isinstance(node, Sum | Times | Count | ParameterRef) or (
            isinstance(node, Const) and not isinstance(node.value, bool)
        ):
            raise self.bad(at, "这里应当是条件，却只是一个值，要和什么比较")
        return node

    def either(self) -> Node:
        """A chain of `or`."""
        return self.chain("or")

    def chain(self, word: str) -> Node:
        """Conditions joined by `or`, or by `and`, which binds closer."""
        items: list[Node] = []
        starts: list[int] = []
        while not items or self.take(word):
            starts.append(self.peek().at)
            items.append(self.chain("and") if word == "or" else self.negation())
        if len(items) == 1:
            return items[0]
        checked = tuple(self.truth(at, item) for at, item in zip(starts, items, strict=True))
        return Or(checked) if word == "or" else And(checked)

    def negation(self) -> Node:
        """`not` or a comparison."""
        at = self.peek().at
        if not self.take("not"):
            return self.comparison()
        self.enter(at)
        start = self.peek().at
        node = Not(self.truth(start, self.negation()))
        self.deep -= 1
        return node

    def comparison(self) -> Node:
        """An operand, alone or compared."""
        start = self.peek().at
        left = self.sum()
        token = self.peek()
        if self.take("=="):
            raise self.bad(token.at, "相等写一个等号「=」")
        if self.take("=", "!=", "<", "<=", ">", ">="):
            return self.compared(start, Compare(token.text, left, self.sum()))
        negated = self.take("not")
        if negated:
            self.need("in")
        if not negated and not self.take("in"):
            return left
        if not isinstance(left, FactRef):
            raise self.bad(start, "in 前面应当是要素")
        member = Member(left, self.options())
        return Not(member) if negated else member

    def compared(self, at: int, node: Compare) -> Node:
        """The comparison, where a number of parties is compared with a number or a parameter."""
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, Count) and not (is_number(other) or isinstance(other, ParameterRef)):
                raise self.bad(at, "count(…) 只能和一个数或参数比较")
        return node

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
        node = self.signed()
        if not isinstance(node, Const):
            raise self.bad(token.at, "列表里只能写固定的值")
        return node.value

    def sum(self) -> Node:
        """Products added and subtracted."""
        start = self.peek().at
        items = [self.product()]
        while self.peek().text in ("+", "-") and self.peek().kind == "op":
            if len(items) == 1:
                self.measure(start, items[0])
            minus = self.take("-")
            self.next += not minus
            at = self.peek().at
            item = self.measure(at, self.product())
            items.append(negative(item) if minus else item)
        return items[0] if len(items) == 1 else Sum(tuple(items))

    def product(self) -> Node:
        """Factors, of which one at most is no number and no parameter."""
        start = self.peek().at
        factors = [self.signed()]
        while self.take("*"):
            if len(factors) == 1:
                self.measure(start, factors[0])
            at = self.peek().at
            factor = self.measure(at, self.signed())
            if not is_constant(factor) and not all(is_constant(one) for one in factors):
                raise self.bad(at, "两个要素不能相乘，乘号一边应当是数或参数")
            factors.append(factor)
        item = next((one for one in factors if not is_constant(one)), factors[-1])
        for factor in reversed([one for one in factors if one is not item]):
            item = _times(factor, item)
        return item

    def measure(self, at: int, node: Node) -> Node:
        """The node, where it can be added or multiplied."""
        if isinstance(node, _TRUTHS) or (isinstance(node, Const) and isinstance(node.value, bool)):
            raise self.bad(at, "加、减、乘的应当是数或日期，这里却是条件")
        if isinstance(node, Count):
            raise self.bad(at, "count(…) 只能和一个数或参数比较，不能加、减、乘")
        return node

    def signed(self) -> Node:
        """An operand, perhaps with a minus before it."""
        if not self.take("-"):
            return self.operand()
        at = self.peek().at
        node = self.measure(at, self.operand())
        if isinstance(node, Const) and not is_number(node):
            raise self.bad(at, "负号后面应当是数或要素")
        return negative(node)

    def operand(self) -> Node:
        """A literal, a fact, a parameter, a quantifier, or what stands in parentheses."""
        token = self.peek()
        self.next += 1
        if token.kind == "number":
            return self.number(token)
        if token.kind == "text":
            return Const(token.text[1:-1])
        if token.text == "(":
            self.enter(token.at)
            node = self.either()
            self.need(")")
            self.deep -= 1
            return node
        if token.text in ("any", "all", "count") and self.peek().text == "(":
            return self.quantifier(token)
        if token.kind == "name" and token.text in ("true", "false"):
            return Const(token.text == "true")
        if token.kind == "name" and token.text.startswith("parameter."):
            return ParameterRef(token.text.removeprefix("parameter."))
        if token.kind == "name" and "." in token.text:
            return FactRef(_INDEX_ONE.sub("", token.text))
        self.next -= 1
        raise self.bad(token.at, f"这里应当是要素（如 matter.area）或值，却是「{token.text or '条件的结尾'}」")

    def number(self, token: _Token) -> Const:
        """A literal number."""
        if len(token.text) > MOST_DIGITS:
            raise self.bad(token.at, f"数太长，最多 {MOST_DIGITS} 位")
        return Const(Decimal(token.text) if "." in token.text else int(token.text))

    def quantifier(self, word: _Token) -> Node:
        """What follows `any`, `all` or `count`: a role and what has to hold for its parties."""
        self.need("(")
        self.enter(word.at)
        role = self.peek()
        if role.kind != "name" or "." in role.text or "[" in role.text:
            raise self.bad(role.at, f"这里应当是当事人（如 seller），却是「{role.text or '条件的结尾'}」")
        if role.text in self.roles:
            raise self.bad(role.at, f"外面已经是对「{role.text}」每一方说的，里面不能再说一次")
        self.next += 1
        self.need(",")
        self.roles.append(role.text)
        start = self.peek().at
        item = self.truth(start, self.either())
        self.need(")")
        self.roles.pop()
        self.deep -= 1
        return Count(role.text, item) if word.text == "count" else Each(word.text == "all", role.text, item)


def _depth(node: Node) -> int:
    """How many nodes are inside each other."""
    deepest, ahead = 0, [(node, 1)]
    while ahead:
        one, depth = ahead.pop()
        deepest = max(deepest, depth)
        ahead.extend((part, depth + 1) for part in parts(one))
    return deepest


def is_constant(node: Node) -> bool:
    """Whether it mentions no fact: a number, a parameter, or a product of them."""
    if isinstance(node, Times):
        return is_constant(node.item)
    return isinstance(node, ParameterRef) or is_number(node)


def _times(factor: Node, item: Node) -> Node:
    """The product, with factors that are products themselves taken apart."""
    if isinstance(factor, Times):
        return Times(factor.factor, _times(factor.item, item))
    assert isinstance(factor, Const | ParameterRef)
    return Times(factor, item)


def bad_condition(source: str, where: str, at: int, problem: str) -> BadCondition:
    """The error at a position, counted from 0 here and from 1 in its sentence."""
    return BadCondition(where=f"{where}：" if where else "", source=source, position=at + 1, problem=problem)


def bad_word(condition: Condition, word: str, problem: str) -> BadCondition:
    """The error where the word, sign or value stands first in the condition; at its start where it does not."""
    found = (token.at for token in _tokens(condition.source) if token.text.strip("'") == word)
    at = next(found, max(condition.source.find(word), 0))
    return bad_condition(condition.source, condition.where, at, problem)


def parse(source: str | bool, where: str = "") -> Condition:
    """Parse a condition; raises `BadCondition` with the position of what is wrong. `where` = file and line."""
    if isinstance(source, bool):
        return Condition(Const(source), "true" if source else "false", where)
    return Condition(_Parser(source, where).whole(), source, where)
