"""Working days by the official calendar, and when a period ends.

行政许可法 82 counts agencies' periods in working days. It does not say whether the first day counts; 民法典 201 says
for civil periods that it does not, which we take over: so it is a setting of the calendar and not a line of code.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from onevisit.core.catalogue import Period, Unit

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The official holidays and make-up working days, through 31 December of `last_year`; provisional after it."""

    holidays: frozenset[date]
    workdays: frozenset[date]  # weekend days on which people work instead
    last_year: int
    count_first_day: bool = False

    def is_working(self, day: date) -> bool:
        """Whether government works on that day."""
        if day in self.workdays:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def provisional(self, day: date) -> bool:
        """Whether the day lies past the last maintained year, so that its holidays are not known yet."""
        return day.year > self.last_year

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (from `day` itself if the first day counts); 0 gives `day`."""
        if count <= 0:
            return day
        current = day - ONE_DAY if self.count_first_day else day
        left = count
        while left:
            current += ONE_DAY
            left -= self.is_working(current)
        return current

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative if `end` lies before `start`."""
        if end < start:
            return -self.between(end, start)
        days = ((start + ONE_DAY * n) for n in range(1, (end - start).days + 1))
        return sum(1 for day in days if self.is_working(day))

    def last_day(self, start: date, period: Period) -> date:
        """The last day of a period that begins on `start`.

        Days, months and years are calendar time; a last day that is no working day moves to the next one
        (民法典 203).
        """
        if period.unit is Unit.WORKING_DAY:
            return self.add(start, period.amount)
        if period.unit is Unit.DAY:
            end = start + ONE_DAY * period.amount
        else:
            end = _months_later(start, period.amount * (12 if period.unit is Unit.YEAR else 1))
        while not self.is_working(end):
            end += ONE_DAY
        return end


def _months_later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
