"""The clock line: a cell a working day, the flag at the day it is due, and words."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from onevisit.core.text import Text
from onevisit.ui import clock
from onevisit.ui.templatetags.ui import due_words

WORDS = Text("20日到期，逾期报督办")


@dataclass(frozen=True)
class Cell:
    day: date
    kind: str


@dataclass(frozen=True)
class Clock:
    status: str
    cells: tuple[Cell, ...]
    due: date | None
    words: Text = WORDS


DAYS = tuple(
    Cell(date(2026, 12, 1) + timedelta(days=n), "used" if n < 3 else "today" if n == 3 else "left") for n in range(20)
)
RUNNING = Clock("ontime", DAYS, date(2026, 12, 20))


def test_a_running_clock_has_its_days_flag_and_words():
    svg = clock.lines(RUNNING, "食品经营许可")
    assert svg.count("<svg") == 2 and svg.count("<rect") == 40
    assert "今天" in svg and "12月20日到期" in svg and 'aria-label="食品经营许可：20日到期' in svg
    assert "style=" not in svg


def test_nothing_is_drawn_while_no_clock_runs():
    assert clock.lines(Clock("waiting", (), None), "x") == "" == clock.mini(Clock("waiting", (), None))


def test_an_early_flag_says_its_words_to_the_right():
    assert 'text-anchor="start"' in clock.lines(Clock("overdue", DAYS, date(2026, 12, 1)), "")


@pytest.mark.parametrize(
    ("status", "left", "words"),
    [("ontime", 4, "还有 4 天"), ("near", 0, "今天到期"), ("overdue", -2, "超期 2 天"), ("waiting", None, "还没起算")],
)
def test_the_chip_says_it_in_words(status, left, words):
    assert due_words(status, left, None) == words


def test_a_chip_of_what_is_done_has_its_day():
    assert due_words("done", None, date(2026, 12, 1)) == "12月1日办好"
    assert due_words("done", None, None) == "已办好"
