"""Time as it is kept in China: days and minutes of a moment that is stored in UTC. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from onevisit.core.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day_of(now: datetime) -> date:
    """The day in China on which a moment lies."""
    return now.astimezone(SHANGHAI).date()


def minute_of(now: datetime) -> str:
    """A moment to the minute, as notices write it: 2026年11月24日 10:30."""
    return minute_in_words(now).zh


def minute_in_words(now: datetime) -> Text:
    """A moment to the minute in words: 2026年11月24日 10:30, 24 November 2026, 10:30."""
    there = now.astimezone(SHANGHAI)
    day = Text.day(there.date())
    return Text(f"{day.zh} {there:%H:%M}", f"{day.en}, {there:%H:%M}")
