"""The law's clock of a procedure as SVG: one cell a working day, a flag at the day it is due."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from onevisit.ui import dates
from onevisit.ui.svg import join, tag, width_of
from onevisit.ui.words import Words, say

_CELL = {"used": "ck-on", "today": "ck-on", "over": "ck-on", "left": "ck-off"}
_INK = "#1b2230"


class CellLike(Protocol):
    """One working day (cases' DayCell)."""

    @property
    def day(self) -> date: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102


class ClockLike(Protocol):
    """A procedure's clock (cases' Clock)."""

    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def cells(self) -> Sequence[CellLike]: ...  # noqa: D102
    @property
    def due(self) -> date | None: ...  # noqa: D102
    @property
    def words(self) -> Words: ...  # noqa: D102


def lines(clock: ClockLike, title: str) -> SafeString:
    """The clock for desktops and for phones; nothing while no clock runs."""
    if not clock.cells:
        return SafeString("")
    return join([_line(clock, title, 640, "wide"), _line(clock, title, 326, "tall")])


def mini(clock: ClockLike) -> SafeString:
    """Bars only; the chip beside it has the words."""
    if not clock.cells:
        return SafeString("")
    step = 132 / len(clock.cells)
    cells = [
        tag("rect", class_=_CELL[cell.kind], x=n * step, y=1, width=max(1.0, step - 1.5), height=8, rx=2)
        for n, cell in enumerate(clock.cells)
    ]
    classes = f"ov-clock ov-clock--mini ck--{_status(clock)}"
    return tag("svg", *cells, class_=classes, viewBox="0 0 132 10", aria_hidden="true", focusable="false")


def _line(clock: ClockLike, title: str, width: int, name: str) -> SafeString:
    left, right = 13.0, width - 12.0
    step = (right - left) / len(clock.cells)
    gap = 2.0 if step > 8 else 1.0
    parts = [
        tag(
            "rect", class_=_CELL[cell.kind], x=left + n * step, y=36, width=step - gap, height=16, rx=min(4.0, step / 4)
        )
        for n, cell in enumerate(clock.cells)
    ]
    parts += _labels(clock.cells, left, step, right)
    parts += _flag(clock, left, step, right)
    label = gettext("%(label)s：%(value)s") % {"label": title, "value": say(clock.words)} if title else say(clock.words)
    classes = f"ov-clock ov-clock__{name} ck--{_status(clock)}"
    return tag("svg", *parts, class_=classes, viewBox=f"0 0 {width} 82", role="img", aria_label=label)


def _labels(cells: Sequence[CellLike], left: float, step: float, right: float) -> list[SafeString]:
    """Days under the cells, as many as fit: today first, then the ends, then the others in order."""
    today = next((n for n, cell in enumerate(cells) if cell.kind == "today"), None)
    order = [n for n in (today, 0, len(cells) - 1) if n is not None]
    order += [n for n in range(len(cells)) if n not in order]
    taken: list[tuple[float, float]] = []
    placed: list[SafeString] = []
    for n in order:
        now = n == today
        text = gettext("今天") if now else _short(cells, n)
        half = width_of(text, 13) / 2 + 4
        x = min(max(left + (n + 0.5) * step, half), right + 12 - half)
        if all(x + half <= start or x - half >= end for start, end in taken):
            taken.append((x - half, x + half))
            placed.append(
                tag("text", text, class_="ck-now" if now else "ck-t", font_size=13, x=x, y=74, text_anchor="middle")
            )
    return placed


def _short(cells: Sequence[CellLike], n: int) -> str:
    """The day's number, with its month where the month begins."""
    day = cells[n].day
    if n == 0 or cells[n - 1].day.month != day.month:
        return dates.short(day)
    return dates.in_month(day)


def _flag(clock: ClockLike, left: float, step: float, right: float) -> list[SafeString]:
    at = next((n for n, cell in enumerate(clock.cells) if cell.day == clock.due), None)
    if at is None or clock.due is None:
        return []
    x = min(left + (at + 1) * step - 1, right - 1)
    text = gettext("%(day)s到期") % {"day": dates.short(clock.due)}
    pole = tag("path", d=f"M{x:.1f} 58V20h-16v10h16", fill="none", stroke=_INK, stroke_width=2)
    before = x - 20 > width_of(text, 13)
    mark = tag("text", text, class_="ck-b", y=24, font_size=13, x=x - 20, text_anchor="end")
    if not before:
        mark = tag("text", text, class_="ck-b", y=24, font_size=13, x=x + 6, text_anchor="start")
    return [pole, mark]


def _status(clock: ClockLike) -> str:
    return "ontime" if clock.status == "done" else clock.status
