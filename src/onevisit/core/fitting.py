"""Whether a condition fits the types of the facts that it mentions; what does not is refused, never guessed at."""

from collections.abc import Mapping
from decimal import Decimal

from onevisit.core.facts import FactSpec, FactType, as_date, spec_of
from onevisit.core.parsing import bad_word
from onevisit.core.syntax import (
    And,
    AtLeast,
    Compare,
    Condition,
    Const,
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
    walk,
)

Specs = Mapping[str, FactSpec]
Misfit = tuple[str, str]  # the word to point at, the problem
_KINDS = {FactType.INTEGER: FactType.DECIMAL}  # numbers are one kind
_SAID = {
    FactType.BOOL: "是非题",
    FactType.CHOICE: "选择题",
    FactType.DECIMAL: "数",
    FactType.DATE: "日期",
    FactType.TEXT: "文字",
}
_ORDERED = (FactType.DECIMAL, FactType.DATE)


class _Unfit(Exception):
    """Carries a misfit out of a sum."""

    def __init__(self, word: str, problem: str) -> None:
        self.misfit = (word, problem)


def check_types(condition: Condition, specs: Specs) -> None:
    """Raise `BadCondition` where the condition does not fit the facts it mentions."""
    for node in walk(condition.root):
        misfit = _misfit(node, specs)
        if misfit:
            raise bad_word(condition, *misfit)
    misfit = _no_truth(condition.root, specs)
    if misfit:
        raise bad_word(condition, *misfit)


def _misfit(node: Node, specs: Specs) -> Misfit | None:
    """What in this node does not fit."""
    if isinstance(node, FactRef) and spec_of(node.key, specs) is None:
        return node.key, f"没有叫「{node.key}」的要素"
    if isinstance(node, Not | And | Or | AtLeast):
        items = (node.item,) if isinstance(node, Not) else node.items
        return next((found for item in items if (found := _no_truth(item, specs))), None)
    if isinstance(node, Member) and isinstance(node.item, FactRef):
        return _misfit_values(node.item.key, node.options, specs)
    return _misfit_comparison(node, specs) if isinstance(node, Compare) else None


def _no_truth(node: Node, specs: Specs) -> Misfit | None:
    """A fact that stands alone is true or false."""
    if not isinstance(node, FactRef):
        return None
    spec = spec_of(node.key, specs)
    fits = spec is None or spec.type is FactType.BOOL
    return None if fits else (node.key, f"「{node.key}」不是是非题，要和一个值比较")


def _misfit_comparison(node: Compare, specs: Specs) -> Misfit | None:
    """Both sides are of one kind, and only numbers and dates are more or less than others."""
    sides = [side for side in (node.left, node.right) if isinstance(side, FactRef)]
    if not sides and not any(isinstance(part, FactRef) for part in walk(node)):
        return node.op, "比较的一边应当是要素"
    try:
        kinds = {side: _kind(side, node.op, specs) for side in (node.left, node.right)}
    except _Unfit as unfit:
        return unfit.misfit
    fixed = next((side for side in kinds if isinstance(side, Const)), None)
    kind = next(own for side, own in kinds.items() if side is not fixed)
    if fixed is not None:
        misfit = _misfit_values(sides[0].key, (fixed.value,), specs) if sides else _misfit_sum(kind, fixed)
        if misfit:
            return misfit
    elif len(set(kinds.values())) > 1:
        one, other = kinds.values()
        return node.op, f"{_SAID[one]}不能和{_SAID[other]}比较"
    if node.op not in ("=", "!=") and kind not in _ORDERED:
        return node.op, f"{_SAID[kind]}没有大小先后，只能用 = 或 !="
    return None


def _kind(node: Node, op: str, specs: Specs) -> FactType:
    """The kind of an operand."""
    if isinstance(node, FactRef):
        spec = spec_of(node.key, specs)
        if spec is None:
            raise _Unfit(node.key, f"没有叫「{node.key}」的要素")
        return _KINDS.get(spec.type, spec.type)
    if isinstance(node, Sum | Times):
        dates = _dates(node, specs)
        if dates not in (0, 1):
            raise _Unfit(op, "日期只能减去日期，或加减天数")
        return FactType.DATE if dates else FactType.DECIMAL
    if isinstance(node, Const | ParameterRef):
        is_text = isinstance(node, Const) and isinstance(node.value, str)
        is_truth = isinstance(node, Const) and isinstance(node.value, bool)
        return FactType.TEXT if is_text else FactType.BOOL if is_truth else FactType.DECIMAL
    raise _Unfit(op, "比较的两边应当是要素、值或参数，不是条件")


def _dates(node: Node, specs: Specs) -> int:
    """How many dates are in an operand that is added or multiplied; one that is subtracted is there -1 times."""
    if isinstance(node, Sum):
        return sum(_dates(item, specs) for item in node.items)
    if isinstance(node, Times):
        dates = _dates(node.item, specs)
        if dates and node.factor not in (Const(1), Const(-1)):
            raise _Unfit("*", "日期不能乘")
        return -dates if node.factor == Const(-1) else dates
    if isinstance(node, FactRef):
        kind = _kind(node, "", specs)
        if kind not in _ORDERED:
            raise _Unfit(node.key, f"「{node.key}」是{_SAID[kind]}，不能加、减、乘")
        return int(kind is FactType.DATE)
    if isinstance(node, Const) and isinstance(node.value, str):
        if as_date(node.value) is None:
            raise _Unfit(node.value, _no_date(node.value))
        return 1
    return 0


def _no_date(text: str) -> str:
    return f"「{text}」不是日期，要写成 '2026-01-31' 的样子"


def _misfit_sum(kind: FactType, fixed: Const) -> Misfit | None:
    """A sum is compared with a number, or with a date where it is one."""
    value = fixed.value
    if kind is FactType.DATE and isinstance(value, str):
        return None if as_date(value) else (value, _no_date(value))
    if kind is FactType.DATE or not is_number(fixed):
        return _word(value), f"{_SAID[kind]}不能和「{_word(value)}」比较"
    return None


def _misfit_values(key: str, values: tuple[Literal, ...], specs: Specs) -> Misfit | None:
    """A fact is compared with values that it can have."""
    spec = spec_of(key, specs)
    if spec is None:
        return key, f"没有叫「{key}」的要素"
    for value in values:
        if spec.type is FactType.DATE and isinstance(value, str):
            fits, problem = as_date(value) is not None, _no_date(value)
        else:
            fits, problem = _can_be(value, spec), f"「{key}」不能取值「{_word(value)}」"
        if not fits:
            return _word(value), problem
    return None


def _can_be(value: Literal, spec: FactSpec) -> bool:
    if spec.type is FactType.BOOL or isinstance(value, bool):
        return spec.type is FactType.BOOL and isinstance(value, bool)
    if spec.type in (FactType.INTEGER, FactType.DECIMAL):
        return isinstance(value, int | Decimal)
    options = {option.value for option in spec.options}
    return spec.type is not FactType.DATE and isinstance(value, str) and (not options or value in options)


def _word(value: Literal) -> str:
    """The value as it stands in the condition, without quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)
