"""A period as an operator writes it: 2026, 2026-01..2026-06, 2026-01-15..2026-02-01."""

import argparse
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PART = re.compile(r"(2\d{3})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from first to last, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        """As it may be written."""
        return f"{self.first}..{self.last}"


def period(text: str) -> Period:
    """The period that is written; for argparse. Raises ArgumentTypeError, which says how one is written."""
    first, _, last = text.partition("..")
    found = _days(first, text), _days(last or first, text)
    if found[0][0] > found[1][1]:
        raise argparse.ArgumentTypeError(f"{text!r} ends before it begins")
    return Period(found[0][0], found[1][1])


def _days(part: str, whole: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    found = _PART.fullmatch(part)
    try:
        year, month, day = (int(number) if number else 0 for number in (found.groups() if found else ("0", "", "")))
        first = date(year, month or 1, day or 1)
        return first, first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        message = f"{whole!r} is no period; write 2026, 2026-01..2026-06 or 2026-01-15..2026-02-01"
        raise argparse.ArgumentTypeError(message) from None
