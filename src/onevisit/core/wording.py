"""Conditions said in plain words, Chinese and English, with the labels of the facts they mention."""

from collections.abc import Mapping
from datetime import date

from onevisit.core.facts import FactSpec, FactType, Value, spec_of
from onevisit.core.syntax import And, Compare, Condition, Const, Each, FactRef, Literal, Member, Node, Not, Or
from onevisit.core.text import Text

_SIGN = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


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
    key = node.key if not isinstance(node, Const | Not | And | Or | Compare | Member | Each) else ""
    spec = spec_of(key, specs)
    if spec is None:
        return Text(key, key)
    return Text(spec.label.zh, spec.label.of("en"))


def value_words(spec: FactSpec | None, value: Value) -> Text:
    """A fact's value: an option's label, yes or no, a date, a number with its unit, numbers of people in a row."""
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, date):
        return Text.day(value)
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
    if isinstance(left, Const) and not isinstance(right, Const):
        left, right, op = right, left, _TURNED[op]
    op = _OPPOSITE[op] if negated else op
    spec = spec_of(left.key, specs) if isinstance(left, FactRef) else None
    numeric = spec is not None and spec.type in (FactType.INTEGER, FactType.DECIMAL)
    if isinstance(right, Const) and op in ("=", "!=") and not numeric:
        return _choice(left, (right.value,), specs, negated=op == "!=")
    name = _label(left, specs)
    other = _value(left, right.value, specs) if isinstance(right, Const) else _label(right, specs)
    return Text(f"{name.zh} {_SIGN[op]} {other.zh}", f"{name.en} {_SIGN[op]} {other.en}")
