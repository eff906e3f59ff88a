"""What people type, read kindly into typed facts; and facts to and from the JSON in which they are kept."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from onevisit.cases.rules.sentences import BadAnswer, of_bad_code
from onevisit.core.codes import CHECKS, BadCode, split_list, tidy
from onevisit.core.facts import FactSpec, FactType, Value, spec_of
from onevisit.core.text import Text

_YES = frozenset({"true", "yes", "y", "1", "on", "是", "有"})
_NO = frozenset({"false", "no", "n", "0", "off", "否", "没有", "无"})
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?:[^0-9]|$))")
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_LONGEST = 20_000  # characters that are looked at at all


def parse(spec: FactSpec, raw: str | Sequence[str]) -> Value | None:
    """The typed value of what was typed; None when nothing was. Raises `BadAnswer` with the sentence to show."""
    text = _clean(raw if isinstance(raw, str) else "\n".join(raw))
    if not text:
        return None
    match spec.type:
        case FactType.BOOL:
            return _truth(text)
        case FactType.CHOICE:
            return _choice(spec, text)
        case FactType.INTEGER | FactType.DECIMAL:
            return _number(spec, text)
        case FactType.DATE:
            return _date(text)
        case FactType.TEXT:
            return _text(spec, text)


def day_in(raw: str) -> date | None:
    """The day that was typed, in any of the ways in which people write one; None if it is none."""
    try:
        return _date(_clean(raw))
    except BadAnswer:
        return None


def _clean(raw: str) -> str:
    """Without invisible marks that come along when text is copied; control characters are refused."""
    if len(raw) > _LONGEST:
        raise BadAnswer.too_long(_LONGEST)
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    shown = "".join(char for char in lines if unicodedata.category(char) != "Cf")
    if any(unicodedata.category(char) in ("Cc", "Cs", "Co") and char != "\n" for char in shown):
        raise BadAnswer.control_characters()
    return shown.strip()


def _truth(text: str) -> bool:
    word = unicodedata.normalize("NFKC", text).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadAnswer.choose((Text("是", "yes"), Text("否", "no")))


def _choice(spec: FactSpec, text: str) -> str:
    for option in spec.options:
        if text in (option.value, option.label.zh, option.label.en):
            return option.value
    raise BadAnswer.choose(tuple(option.label for option in spec.options))


def _number(spec: FactSpec, text: str) -> int | Decimal:
    """A number, also with its unit, full-width digits, spaces or thousands' commas."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    for unit in (spec.unit.zh, spec.unit.en) if spec.unit else ():
        plain = plain.removesuffix(re.sub(r"\s", "", unicodedata.normalize("NFKC", unit))) if unit else plain
    plain = _THOUSANDS.sub("", plain)
    if not _NUMBER.fullmatch(plain):
        raise BadAnswer.not_a_number(spec)
    number = Decimal(plain)
    if spec.type is FactType.INTEGER and number != number.to_integral_value():
        raise BadAnswer.not_whole()
    if (spec.minimum is not None and number < spec.minimum) or (spec.maximum is not None and number > spec.maximum):
        raise BadAnswer.out_of_range(spec)
    return int(number) if spec.type is FactType.INTEGER else number


def _date(text: str) -> date:
    found = _DATE.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    try:
        year, month, day = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise BadAnswer.not_a_date() from None


def _text(spec: FactSpec, text: str) -> str:
    """One line; full-width letters and digits narrowed, Chinese punctuation left as it is."""
    if spec.check:
        kept = ",".join(split_list(text)) if spec.check == "ric_list" else tidy(text)
        try:
            CHECKS[spec.check](text if spec.check == "ric_list" else kept)
        except BadCode as bad:
            raise BadAnswer(of_bad_code(bad)) from bad
    else:
        kept = " ".join(unicodedata.normalize("NFC", text).translate(_WIDE).split())
    if len(kept) > spec.max_length:
        raise BadAnswer.too_long(spec.max_length)
    return kept


def to_json(value: Value) -> bool | int | str:
    """The value as it is kept in JSON: decimals and dates as texts."""
    return value if isinstance(value, bool | int | str) else str(value)


def from_json(spec: FactSpec, kept: object) -> Value | None:
    """The typed value of what is kept (or of what a register said); None when it does not fit the fact's type."""
    match spec.type:
        case FactType.BOOL:
            return kept if isinstance(kept, bool) else None
        case FactType.INTEGER | FactType.DECIMAL:
            if isinstance(kept, bool) or not _NUMBER.fullmatch(str(kept)):
                return None
            number = Decimal(str(kept))
            return number if spec.type is FactType.DECIMAL else int(number) if number == int(number) else None
        case FactType.DATE:
            try:
                return kept if isinstance(kept, date) else date.fromisoformat(str(kept))
            except ValueError:
                return None
        case FactType.CHOICE:
            return next((option.value for option in spec.options if option.value == kept), None)
        case FactType.TEXT:
            return kept if isinstance(kept, str) else None


def typed(kept: Mapping[str, object], specs: Mapping[str, FactSpec]) -> dict[str, Value]:
    """All kept facts that the catalogue version knows, typed."""
    facts = {}
    for key, value in kept.items():
        spec = spec_of(key, specs)
        fact = from_json(spec, value) if spec else None
        if fact is not None:
            facts[key] = fact
    return facts
