"""Facts of an applicant in a file, for `onevisit plan --facts`."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from onevisit.config.plain import Plain
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Facts, FactSpec, FactType, Value

_WANTED = {
    FactType.BOOL: "true or false",
    FactType.INTEGER: "a whole number",
    FactType.DECIMAL: "a number",
    FactType.DATE: "a date such as 2026-11-30",
    FactType.TEXT: "a text",
}


def read_facts(file: Path, event: LifeEvent) -> Facts:
    """The facts of a YAML or JSON file: {fact key: value}. Raises Plain, which names the key and what was expected."""
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Plain(f"{file} cannot be read as YAML or JSON: {' '.join(str(error).split())}") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Plain(f"{file} must map fact keys to values, such as `matter.area: 80`.")
    specs = {spec.key: spec for spec in event.facts}
    unknown = [str(key) for key in found if key not in specs]
    if unknown:
        raise Plain(f"{file}: {event.key} has no fact {unknown[0]!r}; `onevisit schema facts {event.key}` lists them.")
    return {key: _value(specs[key], raw, f"{file}: {key}") for key, raw in found.items()}


def _value(spec: FactSpec, raw: object, where: str) -> Value:
    if spec.type is FactType.CHOICE:
        allowed = [option.value for option in spec.options]
        if raw not in allowed:
            raise Plain(f"{where} must be one of {', '.join(allowed)}, not {raw!r}.")
        return str(raw)
    value = _typed(spec.type, raw)
    if value is None:
        raise Plain(f"{where} must be {_WANTED[spec.type]}, not {raw!r}.")
    if not _within(value, spec):
        raise Plain(f"{where} must lie between {spec.minimum} and {spec.maximum}, not {raw!r}.")
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
        try:
            return Decimal(str(raw)) if isinstance(raw, int | float | str) else None
        except InvalidOperation:
            return None
    if kind is FactType.DATE:
        return _date(raw)
    return str(raw) if isinstance(raw, str | int) else None


def _date(raw: object) -> date | None:
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return None
