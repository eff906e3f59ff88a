"""Bars with their numbers beside them: a table, so that it is read aloud and grows with its letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from onevisit.ui.svg import tag

LENGTH = 100  # user units of the longest bar
LOOKS = ("ov-bar ov-bar--1", "ov-bar ov-bar--2")  # of the first column, and of what it is compared with


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what is counted, and a number for each column."""

    label: str
    counts: tuple[int, ...]
    href: str = ""  # where the label leads
    here: bool = False  # whether that is what the page shows
    said: tuple[str, ...] = ()  # the numbers in words, where they are no plain numbers


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row as the template draws it: each number with its bar."""

    bar: Bar
    cells: tuple[tuple[SafeString, str, str], ...]  # bar, number, heading of the column


def drawn(rows: Sequence[Bar], heads: Sequence[str]) -> list[Drawn]:
    """All rows to one scale."""
    most = max((count for row in rows for count in row.counts), default=0)
    return [Drawn(row, tuple((*_cell(row, column, most), head) for column, head in enumerate(heads))) for row in rows]


def _cell(row: Bar, column: int, most: int) -> tuple[SafeString, str]:
    count = row.counts[column]
    length = LENGTH * count / most if most else 0.0
    shape = tag("rect", width=max(length, 1.0) if count else 0.0, height=10, rx=1)
    drawing = tag(
        "svg", shape, class_=LOOKS[column], viewBox=f"0 0 {LENGTH} 10", preserveAspectRatio="none",
        aria_hidden="true", focusable="false",
    )  # fmt: skip
    return drawing, row.said[column] if row.said else f"{count:,}"
