"""The plan for phones: time runs down, lanes at the left, words at the right; rows are events, not to scale."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from onevisit.ui.plan.model import Bar, Drawing, Link, tracks
from onevisit.ui.plan.rows import Row, rows_of
from onevisit.ui.plan.wide import glyph
from onevisit.ui.svg import tag, width_of, wrapped

WIDTH, EDGE = 358.0, 8.0
MOST_NAMED = 7  # columns of named lanes that fit beside the words; with more, columns are shared and words say who
NAME, SUB = 15.0, 13.0


@dataclass(slots=True)
class Column:
    """Where a bar runs: the middle of its column, and from where to where."""

    x: float
    top: float = 0.0
    bottom: float = 0.0


def draw(drawing: Drawing) -> SafeString:
    """The picture."""
    return _Tall(drawing).draw()


class _Tall:
    """Lays out one drawing, then draws it from back to front."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.rows = rows_of(drawing)
        self.lanes, named = _columns(drawing)
        count = 1 + sum(width for _, width, _ in self.lanes)
        self.column = max(11.0, min(26.0, 150.0 / count))
        self.bars = self._bars()
        self.text = EDGE + count * self.column + 14
        self.head = max((_length(who) for who, _, _ in self.lanes), default=0.0) + 16 if named else 34.0
        self.height = self._lay()
        self.named = named

    def _bars(self) -> dict[str, Column]:
        left, found = EDGE + self.column, {}
        for _, width, bars in self.lanes:
            for bar, row in bars:
                found[bar.key] = Column(left + (row + 0.5) * self.column)
            left += width * self.column
        return found

    def _lay(self) -> float:
        """Give every row its y, bars their ends; returns the height."""
        y, day = self.head + 22, -1
        self.at: list[tuple[Row, float, list[str], list[str]]] = []
        self.heads: list[tuple[float, int]] = []
        for row in self.rows:
            if row.day != day:
                day = row.day
                self.heads.append((y, day))
                y += 28
            titles, subs = self._wrapped(row.title, NAME), self._wrapped(row.sub, SUB)
            self.at.append((row, y, titles, subs))
            for bar in row.begins:
                self.bars[bar.key].top = y
            if row.ends:
                self.bars[row.ends.key].bottom = y
            y += len(titles) * 21 + len(subs) * 20 + 16
        return y + 6

    def _wrapped(self, text: str, size: float) -> list[str]:
        """`text` in lines that fit beside the lanes."""
        return wrapped(text, WIDTH - self.text - 4, size)

    def draw(self) -> SafeString:
        name = self.drawing.name
        parts = [
            tag("title", self.drawing.title, id=f"{name}-tt"),
            tag("desc", self.drawing.summary, id=f"{name}-td"),
            *self._backs(),
            *self._dates(),
            *(self._bar(bar) for bar in self.drawing.bars),
            *self._starts(),
            *self._links(),
            *self._words(),
        ]
        classes, box = "ov-plan__svg ov-plan__tall", f"0 0 {WIDTH:.0f} {self.height:.0f}"
        return tag("svg", *parts, class_=classes, viewBox=box, role="img", aria_labelledby=f"{name}-tt {name}-td")

    def _backs(self) -> list[SafeString]:
        columns = [(self.drawing.you, 1, "pl-lane pl-lane--you"), *((w, n, "pl-lane") for w, n, _ in self.lanes)]
        left, parts = EDGE, []
        for who, width, classes in columns:
            right = left + width * self.column
            top, room = self.head, right - left - 3
            parts.append(tag("rect", class_=classes, x=left, y=top, width=room, height=self.height - top - 8, rx=6))
            if self.named or classes.endswith("you"):
                parts += _upright(who, (left + right) / 2 - 1.5, top - 8)
            left = right
        return parts

    def _dates(self) -> list[SafeString]:
        parts = []
        for y, day in self.heads:
            date, weekday = self.drawing.dates[day]
            text = f"{date} {weekday}"
            end = self.text + width_of(text, SUB) + 10
            parts.append(tag("text", text, class_="pl-date", x=self.text, y=y))
            parts.append(tag("line", class_="pl-grid", x1=end, x2=WIDTH - 8, y1=y - 5, y2=y - 5))
        return parts

    def _bar(self, bar: Bar) -> SafeString:
        column, wide = self.bars[bar.key], min(14.0, self.column - 3)
        classes = "pl-bar pl-bar--crit" if bar.critical else "pl-bar"
        height = max(wide, column.bottom - column.top)
        return tag("rect", class_=classes, x=column.x - wide / 2, y=column.top, width=wide, height=height, rx=wide / 2)

    def _starts(self) -> list[SafeString]:
        """From the applicant's first act to all that it sets off."""
        first = next((y for row, y, _, _ in self.at if row.act), None)
        started = [
            self.bars[bar.key] for row, _, _, _ in self.at if row.day == 0 for bar in row.begins if not bar.after
        ]
        if first is None or not started:
            return []
        x, y = EDGE + self.column / 2 - 1.5, min(one.top for one in started) - 12
        far = max(one.x for one in started)
        parts = [
            tag(
                "path", class_="pl-out pl-out--you", d=f"M{x:.1f} {first:.1f}V{y - 8:.1f}q0 8 8 8H{far - 6:.1f}q6 0 6 5"
            )
        ]
        return parts + [
            tag("path", class_="pl-arrow pl-arrow--you", d=f"M{one.x:.1f} {one.top:.1f}l-4.500-8h9z") for one in started
        ]

    def _links(self) -> list[SafeString]:
        halos, lines = [], []
        for link in self.drawing.links:
            path, head = self._route(link)
            crit = link.critical
            halos.append(tag("path", class_="pl-halo", d=path))
            lines.append(tag("path", class_="pl-out pl-out--crit" if crit else "pl-out", d=path))
            lines.append(tag("path", class_="pl-arrow pl-arrow--crit" if crit else "pl-arrow", d=head))
        return halos + lines

    def _route(self, link: Link) -> tuple[str, str]:
        """Across at the moment at which the source ends; a small bridge over every lane that is busy then."""
        source, target = self.bars[link.source], self.bars[link.target]
        y = source.bottom - 2
        sign = 1 if target.x > source.x else -1
        half = min(14.0, self.column - 3) / 2
        path = f"M{source.x + sign * half:.1f} {y:.1f}"
        for x in sorted(self._busy(y, source, target), reverse=sign < 0):
            reach = half + 2
            path += (
                f"H{x - sign * reach:.1f}a{reach:.1f} {reach:.1f} 0 0 {1 if sign > 0 else 0} {2 * sign * reach:.1f} 0"
            )
        if link.serial:
            path += f"H{target.x - sign * 6:.1f}q{sign * 6} 0 {sign * 6} 6V{target.top - 8:.1f}"
            return path, f"M{target.x:.1f} {target.top:.1f}l-4.500-8h9z"
        end = target.x - sign * half
        return path + f"H{end - sign * 7:.1f}", f"M{end:.1f} {y:.1f}l{-sign * 8}-4.500v9z"

    def _busy(self, y: float, source: Column, target: Column) -> Iterable[float]:
        low, high = sorted((source.x, target.x))
        return {one.x for one in self.bars.values() if low < one.x < high and one.top <= y <= one.bottom}

    def _words(self) -> list[SafeString]:
        parts = []
        for row, y, titles, subs in self.at:
            if row.act:
                x = EDGE + self.column / 2 - 1.5
                radius = min(12.0, self.column / 2 + 1)
                parts.append(tag("circle", class_="pl-pin" if row.act.visit else "pl-you", cx=x, cy=y - 4, r=radius))
                parts.append(glyph(row.act.icon, x, y - 4, round(radius / 20, 2)))
            if row.ends:
                radius = min(7.0, self.column / 2)
                parts.append(tag("circle", class_="pl-end-dot", cx=self.bars[row.ends.key].x, cy=y, r=radius))
            for n, line in enumerate(titles):
                parts.append(tag("text", line, class_="pl-name", x=self.text, y=y + n * 21))
            for n, line in enumerate(subs):
                parts.append(tag("text", line, class_="pl-sub", x=self.text, y=y + len(titles) * 21 + n * 20))
        return parts


def _columns(drawing: Drawing) -> tuple[list[tuple[str, int, list[tuple[Bar, int]]]], bool]:
    """Lanes as (who, number of columns, bars with their column), and whether they keep their names."""
    named = [(lane.who, *_packed([b for b in drawing.bars if b.lane == lane.key])) for lane in drawing.lanes]
    if sum(width for _, width, _ in named) <= MOST_NAMED:
        return named, True
    return [("", *_packed(list(drawing.bars)))], False


def _packed(bars: list[Bar]) -> tuple[int, list[tuple[Bar, int]]]:
    ordered = sorted(bars, key=lambda bar: (bar.begins, bar.ends))
    spans = [(float(bar.begins), max(float(bar.ends), bar.begins + 0.5)) for bar in ordered]
    rows = tracks(spans, 0.25)
    return max(rows, default=0) + 1, list(zip(ordered, rows, strict=True))


def _length(text: str) -> float:
    """How long `text` is when it stands upright."""
    return width_of(text, SUB) if text.isascii() else len(text) * 15.0


def _upright(text: str, x: float, bottom: float) -> list[SafeString]:
    """Chinese characters one under the other, Latin words turned to read upwards; ending at `bottom`."""
    if text.isascii():
        turn = f"translate({x + 4.5:.1f} {bottom:.1f}) rotate(-90)"
        return [tag("text", text, class_="pl-sub", transform=turn)]
    top = bottom - (len(text) - 1) * 15
    return [
        tag("text", char, class_="pl-sub pl-up", x=x, y=top + n * 15, text_anchor="middle")
        for n, char in enumerate(text)
    ]
