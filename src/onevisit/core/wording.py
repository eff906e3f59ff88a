"""Conditions said in plain words, Chinese and English, with the labels of the facts they mention."""

from collections.abc import Mapping
from datetime import date

from onevisit.core.facts import FactSpec, FactType, Value, as_date, spec_of
from onevisit.core.syntax import (
    TURNED,
    And,
    AtLeast,
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
    is_minus,
    signed,
    walk,
)
from onevisit.core.text import Text

_SIGN = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_NUMBERS = (FactType.INTEGER, FactType.DECIMAL)
_DATES = {  # dates are not less or more, but earlier or later
    "=": Text("是", "is"),
    "!=": Text("不是", "is not"),
    "<": Text("早于", "is before"),
    "<=": Text("不晚于", "is not after"),
    ">": Text("晚于", "is after"),
    ">=": Text("不早于", "is not before"),
}
_SEVERAL = {  # how many parties or items something holds for
    "=": Text("正好 {n} {of}", "exactly {n} of {them}"),
    "!=": Text("不是正好 {n} {of}", "not exactly {n} of {them}"),
    "<": Text("不到 {n} {of}", "fewer than {n} of {them}"),
    "<=": Text("最多 {n} {of}", "at most {n} of {them}"),
    ">": Text("多于 {n} {of}", "more than {n} of {them}"),
    ">=": Text("至少 {n} {of}", "at least {n} of {them}"),
}


def in_words(condition: Condition, specs: Mapping[str, FactSpec]) -> Text:
    """The condition as a phrase: 「使用面积 ≥ 300 平方米」 / "floor area ≥ 300 m²"."""
    return _words(condition.said or condition.root, specs, negated=False)


def _words(node: Node, specs: Mapping[str, FactSpec], *, negated: bool) -> Text:
    if isinstance(node, Not):
        return _words(node.item, specs, negated=not negated)
    if isinstance(node, And | Or):
        return _joined(node, specs, negated=negated)
    if isinstance(node, Member):
        return _choice(node.item, node.options, specs, negated=negated)
    if isinstance(node, Compare):
        return _comparison(node, specs, negated=negated)
    if isinstance(node, AtLeast):
        return _at_least(node, specs, negated=negated)
    if isinstance(node, Each):
        inner = _words(node.item, specs, negated=negated)
        if node.every != negated:
            return Text(f"每一方{inner.zh}", f"everybody's {inner.en}")
        return Text(f"有一方{inner.zh}", f"somebody's {inner.en}")
    if isinstance(node, Const):
        return Text("从不", "never") if bool(node.value) == negated else Text("总是", "always")
    return _choice(node, (True,), specs, negated=negated)


def _joined(node: And | Or, specs: Mapping[str, FactSpec], *, negated: bool) -> Text:
    """Items joined by and/or; a negation is pushed down (De Morgan)."""
    both = isinstance(node, And) != negated
    parts = []
    for item in node.items:
        part = _words(item, specs, negated=negated)
        inner = item.item if isinstance(item, Not) else item
        if isinstance(inner, And | Or) and both:
            part = Text(f"（{part.zh}）", f"({part.en})")
        parts.append(part)
    zh, en = ("，并且", " and ") if both else ("，或者", " or ")
    return Text(zh.join(p.zh for p in parts), en.join(p.en for p in parts))


def _label(node: Node, specs: Mapping[str, FactSpec]) -> Text:
    key = node.key if isinstance(node, FactRef | ParameterRef) else ""
    spec = spec_of(key, specs)
    if spec is None:
        return Text(key, key)
    return Text(spec.label.zh, spec.label.of("en"))


def value_words(spec: FactSpec | None, value: Value) -> Text:
    """A fact's value: an option's label, yes or no, a date, a number with its unit, numbers of people in a row."""
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    day = as_date(value) if isinstance(value, str) and spec and spec.type is FactType.DATE else value
    if isinstance(day, date):
        return Text.day(day)
    for option in spec.options if spec else ():
        if option.value == value:
            return Text(option.label.zh, option.label.of("en"))
    if spec and spec.unit and spec.type in (FactType.INTEGER, FactType.DECIMAL):
        return Text(f"{value} {spec.unit.zh}", f"{value} {spec.unit.of('en')}")
    if spec and spec.check == "ric_list":
        return Text.row(Text(one) for one in str(value).split(","))
    return Text(str(value), str(value))


def _value(node: Node, value: Literal, specs: Mapping[str, FactSpec]) -> Text:
    return value_words(spec_of(node.key, specs) if isinstance(node, FactRef) else None, value)


def _choice(node: Node, values: tuple[Literal, ...], specs: Mapping[str, FactSpec], *, negated: bool) -> Text:
    label = _label(node, specs)
    if len(values) == 1 and isinstance(values[0], bool):
        shown = _value(node, values[0] != negated, specs)
        return Text(f"{label.zh}：{shown.zh}", f"{label.en}: {shown.en}")
    shown_zh = "或".join(_value(node, value, specs).zh for value in values)
    shown_en = " or ".join(_value(node, value, specs).en for value in values)
    if negated:
        return Text(f"{label.zh}不是{shown_zh}", f"{label.en} is not {shown_en}")
    return Text(f"{label.zh}：{shown_zh}", f"{label.en}: {shown_en}")


def _comparison(node: Compare, specs: Mapping[str, FactSpec], *, negated: bool) -> Text:
    left, right, op = node.left, node.right, node.op
    if (isinstance(left, Const) and not isinstance(right, Const)) or isinstance(right, Count):
        left, right, op = right, left, TURNED[op]
    op = _OPPOSITE[op] if negated else op
    if isinstance(left, Count):
        return _counted(left, right, specs, op)
    if _is_date(left, specs) or _is_date(right, specs):
        return _joined_by(_DATES[op], _operand(left, specs), _operand(right, specs))
    spec = spec_of(left.key, specs) if isinstance(left, FactRef) else None
    numeric = isinstance(left, Sum | Times) or (spec is not None and spec.type in _NUMBERS)
    if isinstance(right, Const) and op in ("=", "!=") and not numeric:
        return _choice(left, (right.value,), specs, negated=op == "!=")
    name, other = _operand(left, specs), _operand(right, specs)
    if isinstance(right, Const):
        other = _value(left, right.value, specs) if isinstance(left, FactRef) else _measure(left, right, specs)
    elif not numeric:  # two facts that have no more and less
        same = Text("相同", "are the same") if op == "=" else Text("不同", "differ")
        return Text(f"{name.zh}和{other.zh}{same.zh}", f"{name.en} and {other.en} {same.en}")
    return Text(f"{name.zh} {_SIGN[op]} {other.zh}", f"{name.en} {_SIGN[op]} {other.en}")


def _joined_by(verb: Text, left: Text, right: Text) -> Text:
    return Text(f"{left.zh}{verb.zh}{right.zh}", f"{left.en} {verb.en} {right.en}")


def _is_date(node: Node, specs: Mapping[str, FactSpec]) -> bool:
    """Whether the operand is the date of a fact, or one with days added."""
    return not isinstance(node, Const) and _dates(node, specs) == 1


def _dates(node: Node, specs: Mapping[str, FactSpec]) -> int:
    """How many dates are in the operand, less those that are subtracted."""
    if isinstance(node, FactRef):
        spec = spec_of(node.key, specs)
        return int(spec is not None and spec.type is FactType.DATE)
    if isinstance(node, Const):
        return int(isinstance(node.value, str) and as_date(node.value) is not None)
    if isinstance(node, Times):
        return -_dates(node.item, specs) if is_minus(node) else 0
    return sum(_dates(item, specs) for item in node.items) if isinstance(node, Sum) else 0


def _operand(node: Node, specs: Mapping[str, FactSpec], *, inside: bool = False) -> Text:
    """A value, a label, or a sum of them; a sum `inside` a product stands in brackets."""
    if isinstance(node, Const):
        return value_words(None, as_date(node.value) or node.value if isinstance(node.value, str) else node.value)
    if isinstance(node, Times):
        inner = _operand(node.item, specs, inside=True)
        if is_minus(node):
            return Text(f"−{inner.zh}", f"−{inner.en}")
        factor = _operand(node.factor, specs)
        space = "" if isinstance(node.item, Sum) else " "  # a bracket brings its own in Chinese
        return Text(f"{factor.zh} ×{space}{inner.zh}", f"{factor.en} × {inner.en}")
    if not isinstance(node, Sum):
        return _label(node, specs)
    days = _dated(node, specs)
    whole = Text("")
    for sign, item in (("", node.items[0]), *signed(node.items[1:])):
        own = _days(item) if days and isinstance(item, Const) else _operand(item, specs, inside=True)
        before = {"": "", "+": " + ", "-": " − "}[sign]
        whole = Text(f"{whole.zh}{before}{own.zh}", f"{whole.en}{before}{own.en}")
    return Text(f"（{whole.zh}）", f"({whole.en})") if inside else whole


def _dated(node: Node, specs: Mapping[str, FactSpec]) -> bool:
    """Whether some date is in the operand."""
    return any(_dates(part, specs) for part in walk(node))


def _days(node: Const) -> Text:
    """A number of days; a date is said as such."""
    if isinstance(node.value, str):
        return _operand(node, {})
    return Text(f"{node.value} 天", f"{node.value} {'day' if node.value == 1 else 'days'}")


def _measure(left: Node, right: Const, specs: Mapping[str, FactSpec]) -> Text:
    """A number with which a sum is compared: in days where dates are in it, else in the unit that its facts share."""
    if _dated(left, specs):
        return _days(right)
    found = [spec_of(part.key, specs) for part in walk(left) if isinstance(part, FactRef)]
    units = {spec.unit if spec else None for spec in found}
    return value_words(found[0] if len(units) == 1 else None, right.value)


def _counted(node: Count, number: Node, specs: Mapping[str, FactSpec], op: str) -> Text:
    """For how many parties something holds: 「至少 2 方年龄 < 18」."""
    inner, few = _words(node.item, specs, negated=False), _operand(number, specs)
    several = _SEVERAL[op]
    if isinstance(node.item, And | Or):
        inner = Text(f"（{inner.zh}）", f"({inner.en})")
    return Text(
        several.zh.format(n=few.zh, of="方") + inner.zh,
        f"{inner.en} for {several.en.format(n=few.en, them='them')}",
    )


def _at_least(node: AtLeast, specs: Mapping[str, FactSpec], *, negated: bool) -> Text:
    """How many of several conditions hold, which are all said."""
    items = [_words(item, specs, negated=False) for item in node.items]
    several = _SEVERAL["<" if negated else ">="]
    zh = several.zh.format(n=node.number, of="项成立") + "：" + "；".join(item.zh for item in items)
    return Text(zh, several.en.format(n=node.number, them="these") + ": " + "; ".join(item.en for item in items))
