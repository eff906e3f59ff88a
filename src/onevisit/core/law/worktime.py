"""Working days: the official calendar, and when a period ends.

The day on which a period begins is not counted. The licensing law says only that its days are working days
(行政许可法 82); that counting begins the next day is its general understanding, as in 民法典 201 [memory]. Months and
years end on the corresponding day (民法典 202); a period of natural days, months or years that would end on a day of
rest ends on the next working day (民法典 203).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from onevisit.core.basis import Period, Unit

ONE = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days of rest as announced: weekends and `holidays` rest, `workdays` are weekends that are worked.

    `last_year`: the last year for which the announcement is in the table; later days are provisional.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    last_year: int = 0

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < SATURDAY

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        while not self.is_working(day):
            day += ONE
        return day

    def add(self, day: date, days: int) -> date:
        """The `days`-th working day after `day`, which is not counted; with 0, `day` or the next working day.

        Raises ValueError for a negative number.
        """
        if days < 0:
            raise ValueError("days must not be negative")
        if days == 0:
            return self.on_or_after(day)
        while days:
            day += ONE
            days -= self.is_working(day)
        return day

    def back(self, day: date, days: int) -> date:
        """The working day that lies `days` working days before `day`."""
        while days:
            day -= ONE
            days -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.between(end, start)
        count, day = 0, start
        while day < end:
            day += ONE
            count += self.is_working(day)
        return count

    def working_days(self, start: date, end: date) -> tuple[date, ...]:
        """The working days after `start` up to and including `end`, in order."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return tuple(day for day in days if self.is_working(day))

    def provisional(self, day: date) -> bool:
        """Whether the day lies past the last year that is in the table."""
        return day.year > self.last_year

    def last_day(self, start: date, period: Period) -> date:
        """The last day of a period that begins with an event on `start`."""
        if period.unit is Unit.WORKING_DAY:
            return self.add(start, period.amount)
        return self.on_or_after(_natural(start, period))


def _natural(start: date, period: Period) -> date:
    """The last day of a period of natural days, months or years, whatever day it is."""
    if period.unit is Unit.DAY:
        return start + timedelta(days=period.amount)
    months = period.amount * (12 if period.unit is Unit.YEAR else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
