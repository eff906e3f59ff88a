"""What a replay is asked for: past cases of a period, or so many synthetic applicants."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from onevisit.insight.errors import CountWrong, FirstDayWrong, LastDayWrong, OnlySynthetic, SourceMissing

MOST = 10_000  # applicants in one run
LOST = timedelta(minutes=2)  # without a word of its worker a run has failed
PAST, SYNTHETIC = "past", "synthetic"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose plans are made: `count` synthetic applicants, or the cases submitted from `first` to `last`."""

    source: str
    count: int = 0
    first: date | None = None
    last: date | None = None


def asked(typed: Mapping[str, str], *, unreformed: bool) -> Asked:
    """What was typed, checked. Raises SourceMissing, CountWrong, OnlySynthetic, FirstDayWrong, LastDayWrong."""
    source = typed.get("source", "")
    if source == SYNTHETIC:
        text = typed.get("count", "").strip().replace(",", "")
        if not (text.isascii() and text.isdecimal() and len(text) < 9 and 1 <= int(text) <= MOST):
            raise CountWrong(most=f"{MOST:,}")
        return Asked(SYNTHETIC, int(text))
    if source != PAST:
        raise SourceMissing()
    if unreformed:
        raise OnlySynthetic()
    first, last = _day(typed.get("first_day", "")), _day(typed.get("last_day", ""))
    if first is None:
        raise FirstDayWrong()
    if last is None or last < first:
        raise LastDayWrong()
    return Asked(PAST, 0, first, last)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
