"""Facts as a machine gives them, in JSON or YAML: read strictly, unlike what people type (cases/rules/answers.py)."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from onevisit.core.facts import FactSpec, FactType, Value
from onevisit.core.text import Text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # the one form that is read: 20261130 and 2026-W49-1 are dates for Python too
_WANTED = {
    FactType.BOOL: Text("应当是 true 或 false", "must be true or false"),
    FactType.INTEGER: Text("应当是整数", "must be a whole number"),
    FactType.DECIMAL: Text("应当是数字", "must be a number"),
    FactType.DATE: Text("应当是日期，如 2026-11-30", "must be a date such as 2026-11-30"),
    FactType.TEXT: Text("应当是文字", "must be a text"),
}


class NotGiven(ValueError):
    """A value that is none of the fact's. `wanted`: what it must be, as the rest of a sentence."""

    def __init__(self, wanted: Text) -> None:
        self.wanted = wanted
        super().__init__(wanted.en)


def given(spec: FactSpec, raw: object) -> Value:
    """The typed value. Raises NotGiven, which says what was wanted."""
    if spec.type is FactType.CHOICE:
        allowed = [option.value for option in spec.options]
        if raw not in allowed:
            raise NotGiven(Text(f"应当是 {'、'.join(allowed)} 之一", f"must be one of {', '.join(allowed)}"))
        return str(raw)
    value = _typed(spec.type, raw)
    if value is None:
        raise NotGiven(_WANTED[spec.type])
    if not _within(value, spec):
        least, most = spec.minimum, spec.maximum
        raise NotGiven(Text(f"应当在 {least} 与 {most} 之间", f"must lie between {least} and {most}"))
    return value


def _within(value: Value, spec: FactSpec) -> bool:
    """Whether a number lies within the spec's bounds; other values have none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return True
    over = spec.maximum is not None and value > spec.maximum
    return not over and (spec.minimum is None or value >= spec.minimum)


def _typed(kind: FactType, raw: object) -> Value | None:
    """`raw` as a value of the type; None when it is none."""
    if kind is FactType.BOOL:
        return raw if isinstance(raw, bool) else None
    if isinstance(raw, bool):
        return None
    if kind is FactType.INTEGER:
        return raw if isinstance(raw, int) else None
    if kind is FactType.DECIMAL:
        return _number(raw)
    if kind is FactType.DATE:
        return _date(raw)
    return str(raw) if isinstance(raw, str | int) else None


def _number(raw: object) -> Decimal | None:
    try:
        number = Decimal(str(raw)) if isinstance(raw, int | float | str | Decimal) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _date(raw: object) -> date | None:
    if type(raw) is date:  # as YAML reads it; with a time of the day it would be another type
        return raw
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) and _DAY.fullmatch(raw) else None
    except ValueError:
        return None
