"""Working days: when a period ends, by the official calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.law.worktime import Calendar

BASIS = Basis(Mark.ASSUMED)
# National Day 2026 as in content/calendar: 1 to 7 October rest, Saturday 10 October works
CALENDAR = Calendar(
    frozenset(date(2026, 10, day) for day in range(1, 8)), frozenset({date(2026, 9, 20), date(2026, 10, 10)}), 2026
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def naive(day: date, days: int) -> date:
    """Count on the fingers."""
    while days:
        day += timedelta(days=1)
        if day in CALENDAR.workdays or (day.weekday() < 5 and day not in CALENDAR.holidays):
            days -= 1
    return day


def test_the_day_of_receipt_is_not_counted():
    assert CALENDAR.add(date(2026, 11, 24), 5) == date(2026, 12, 1)
    assert CALENDAR.add(date(2026, 11, 28), 1) == date(2026, 11, 30)  # a Saturday


def test_holidays_and_make_up_days():
    assert CALENDAR.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CALENDAR.add(date(2026, 9, 30), 3) == date(2026, 10, 10)  # a Saturday on which offices work
    assert CALENDAR.add(date(2026, 9, 30), 20) == date(2026, 11, 3)
    assert not CALENDAR.is_working(date(2026, 10, 1))
    assert CALENDAR.is_working(date(2026, 10, 10))


@given(DAYS, st.integers(1, 60))
def test_add_agrees_with_counting(day, days):
    end = CALENDAR.add(day, days)
    assert end == naive(day, days)
    assert CALENDAR.is_working(end)
    assert CALENDAR.between(day, end) == days
    assert len(CALENDAR.working_days(day, end)) == days


@given(DAYS, st.integers(0, 60))
def test_back_undoes_add(day, days):
    end = CALENDAR.on_or_after(day)
    assert CALENDAR.add(CALENDAR.back(end, days), days) == end


@given(DAYS, DAYS)
def test_between_is_signed(a, b):
    assert CALENDAR.between(a, b) == -CALENDAR.between(b, a)


def test_on_the_spot_is_the_same_or_the_next_working_day():
    assert CALENDAR.add(date(2026, 11, 24), 0) == date(2026, 11, 24)
    assert CALENDAR.add(date(2026, 10, 3), 0) == date(2026, 10, 8)
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add(date(2026, 10, 3), -1)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        (date(2026, 11, 24), 20, Unit.WORKING_DAY, date(2026, 12, 22)),
        (date(2026, 11, 24), 60, Unit.DAY, date(2027, 1, 25)),  # 23 January 2027 is a Saturday (民法典 203)
        (date(2026, 8, 31), 1, Unit.MONTH, date(2026, 9, 30)),  # no 31 September (民法典 202)
        (date(2026, 11, 24), 6, Unit.MONTH, date(2027, 5, 24)),
        (date(2024, 2, 29), 1, Unit.YEAR, date(2025, 2, 28)),
        (date(2026, 9, 1), 1, Unit.MONTH, date(2026, 10, 8)),  # 1 October is a holiday
    ],
)
def test_last_days_of_periods(start, amount, unit, end):
    assert CALENDAR.last_day(start, Period(amount, unit, BASIS)) == end


def test_past_the_table_days_are_provisional():
    assert not CALENDAR.provisional(date(2026, 12, 31))
    assert CALENDAR.provisional(date(2027, 1, 1))
