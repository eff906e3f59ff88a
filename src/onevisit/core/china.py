"""Time as it is kept in China: days and minutes of a moment that is stored in UTC. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day_of(now: datetime) -> date:
    """The day in China on which a moment lies."""
    return now.astimezone(SHANGHAI).date()


def minute_of(now: datetime) -> str:
    """A moment to the minute, as notices and refusals write it: 2026年11月24日 10:30."""
    there = now.astimezone(SHANGHAI)
    return f"{there.year}年{there.month}月{there.day}日 {there:%H:%M}"
