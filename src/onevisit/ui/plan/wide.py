"""The plan for wide screens: a lane per agency, time runs to the right, one column a working day."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.safestring import SafeString

from onevisit.ui.icons import PATHS
from onevisit.ui.plan.model import Bar, Drawing, Lane, Link, tracks
from onevisit.ui.plan.route import Box, best_x, steps
from onevisit.ui.svg import join, tag, width_of

WIDTH, LEFT, RIGHT = 1080.0, 208.0, 1026.0
TOP, YOU, TRACK, PAD = 60.0, 84.0, 54.0, 12.0
LABEL, CHIP = 15.0, 14.0  # font sizes


@dataclass(frozen=True, slots=True)
class Placed:
    """A bar with everything around it in place."""

    bar: Bar
    left: float
    right: float
    label: float  # left of its label
    label_width: float
    chip: tuple[float, float] | None  # left and right of the chip behind the bar; None: no room there
    y: float = 0.0  # top of its track

    @property
    def top(self) -> float:
        """Upper edge of the bar itself."""
        return self.y + 24

    @property
    def bottom(self) -> float:
        """Lower edge of the bar itself."""
        return self.y + 44

    def boxes(self) -> list[Box]:
        """What a line should not cross."""
        found = [
            Box(self.bar.key, self.label, self.y + 3, self.label + self.label_width, self.y + 20),
            Box(self.bar.key, self.left, self.top, self.right, self.bottom),
        ]
        if self.chip:
            found.append(Box(self.bar.key, self.chip[0], self.top - 2, self.chip[1], self.bottom + 2))
        return found


def draw(drawing: Drawing) -> SafeString:
    """The picture."""
    return _Wide(drawing).draw()


class _Wide:
    """Lays out one drawing, then draws it from back to front."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.step = (RIGHT - LEFT) / max(1, drawing.days)
        self.lanes: list[tuple[Lane, float, float]] = []  # lane, top, height
        self.you_rows, self.you_height = self._acts_rows()
        self.placed = self._place()
        lowest = self.lanes[-1] if self.lanes else (None, TOP, self.you_height)
        self.height = lowest[1] + lowest[2] + 8
        self.heads: list[SafeString] = []
        self.boxes = [box for one in self.placed.values() for box in one.boxes()]

    def x(self, day: int) -> float:
        """Where the end of a working day lies."""
        return LEFT + day * self.step

    def draw(self) -> SafeString:
        name = self.drawing.name
        parts = [
            tag("title", self.drawing.title, id=f"{name}-wt"),
            tag("desc", self.drawing.summary, id=f"{name}-wd"),
            *self._backs(),
            *self._grid(),
            *self._links(),
            *(piece for one in self.placed.values() for piece in _bar(one)),
            *self.heads,
            *self._threads(),
            *self._acts(),
        ]
        classes, box = "ov-plan__svg ov-plan__wide", f"0 0 {WIDTH:.0f} {self.height:.0f}"
        return tag("svg", *parts, class_=classes, viewBox=box, role="img", aria_labelledby=f"{name}-wt {name}-wd")

    def _place(self) -> dict[str, Placed]:
        top, found = TOP + self.you_height + 4, {}
        for lane in self.drawing.lanes:
            bars = sorted((b for b in self.drawing.bars if b.lane == lane.key), key=lambda b: (b.begins, b.ends))
            loose = [self._loose(bar) for bar in bars]
            rows = tracks([_extent(one) for one in loose], 16)
            for one, row in zip(loose, rows, strict=True):
                y = top + PAD / 2 + row * TRACK
                found[one.bar.key] = Placed(one.bar, one.left, one.right, one.label, one.label_width, one.chip, y)
            height = (max(rows, default=0) + 1) * TRACK + PAD
            self.lanes.append((lane, top, height))
            top += height + 4
        return found

    def _loose(self, bar: Bar) -> Placed:
        left = self.x(bar.begins) + 2
        right = max(self.x(bar.ends) - 2, left + 20)
        label_width = width_of(f"{bar.name} {bar.length}", LABEL)
        label = max(LEFT, min(left, WIDTH - 12 - label_width))
        chip = None
        if bar.gives:
            end = right + 10 + width_of(bar.gives, CHIP) + 36
            chip = (right + 10, end) if end <= WIDTH - 8 else None
        return Placed(bar, left, right, label, label_width, chip)

    def _acts_rows(self) -> tuple[list[int], float]:
        spans = []
        for act in self.drawing.acts:
            text = max(width_of(act.title, LABEL), width_of(act.sub, CHIP)) + 40
            x = self.x(act.day)
            spans.append((x - text, x + 16) if self._leftward(act.day, text) else (x - 16, x + text))
        rows = tracks(spans, 10)
        return rows, YOU + max(rows, default=0) * 50

    def _leftward(self, day: int, text: float) -> bool:
        return self.x(day) + text > WIDTH - 8

    def _backs(self) -> list[SafeString]:
        parts = [
            tag("rect", class_="pl-lane pl-lane--you", x=0, y=TOP, width=WIDTH, height=self.you_height),
            tag("text", self.drawing.you, class_="pl-who", x=20, y=TOP + self.you_height / 2 - 4),
            tag("text", self.drawing.you_sub, class_="pl-sub", x=20, y=TOP + self.you_height / 2 + 17),
        ]
        for lane, top, height in self.lanes:
            parts += [
                tag("rect", class_="pl-lane", x=0, y=top, width=WIDTH, height=height),
                tag("text", lane.who, class_="pl-who", x=20, y=top + height / 2 - 4),
                tag("text", lane.sub, class_="pl-sub", x=20, y=top + height / 2 + 17),
            ]
        return parts

    def _grid(self) -> list[SafeString]:
        drawing, parts = self.drawing, []
        every = 1 if drawing.days <= 24 else 5
        for day in [*range(0, drawing.days, every), drawing.days]:
            end = day == drawing.days
            parts.append(
                tag(
                    "line",
                    class_="pl-end" if end else "pl-grid",
                    x1=self.x(day),
                    x2=self.x(day),
                    y1=52,
                    y2=self.height - 8,
                )
            )
        for day in self._dated():
            end = day == drawing.days
            date, weekday = drawing.dates[day]
            parts.append(tag("text", date, class_="pl-date", x=self.x(day), y=22, text_anchor="middle"))
            second, classes = (drawing.done, "pl-endt") if end else (weekday, "pl-day")
            parts.append(tag("text", second, class_=classes, x=self.x(day), y=42, text_anchor="middle"))
        return parts

    def _dated(self) -> list[int]:
        """Days whose date is written: both ends, then those on which something ends, as far as there is room."""
        ends = [b.ends for b in sorted(self.drawing.bars, key=lambda b: (not b.critical, b.ends))]
        wanted = dict.fromkeys([self.drawing.days, 0, *(a.day for a in self.drawing.acts), *ends])
        kept: list[int] = []
        for day in wanted:
            if all(abs(self.x(day) - self.x(other)) >= 84 for other in kept):
                kept.append(day)
        return kept

    def _links(self) -> list[SafeString]:
        used: dict[str, set[float]] = defaultdict(set)
        halos, lines = [], []
        for link in self.drawing.links:
            others = [x for source, xs in used.items() if source != link.source for x in xs]
            path, x, head = self._route(link, used[link.source], others)
            used[link.source].add(x)
            crit = " pl-out--crit" if link.critical else ""
            halos.append(tag("path", class_="pl-halo", d=path))
            lines.append(tag("path", class_=f"pl-out{crit}", d=path))
            self.heads.append(tag("path", class_="pl-arrow pl-arrow--crit" if link.critical else "pl-arrow", d=head))
        return halos + lines

    def _route(self, link: Link, used: set[float], others: list[float]) -> tuple[str, float, str]:
        """The path, the x of its vertical part, and the arrow's head."""
        source, target = self.placed[link.source], self.placed[link.target]
        down = target.y > source.y
        start = source.bottom if down else source.top
        boxes = [box for box in self.boxes if box.owner != link.source]
        if link.serial:
            y = (target.top + target.bottom) / 2
            candidates = steps(target.left - 12, source.left + 4, -8) or [target.left - 12]
            free = [box for box in boxes if box.owner != link.target]
            x = best_x(candidates, min(start, y), max(start, y), free, used=used, shunned=others)
            head = f"M{target.left:.1f} {y:.1f}l-9-5v10z"
            turn = y - 8 if down else y + 8
            return f"M{x:.1f} {start:.1f}V{turn:.1f}Q{x:.1f} {y:.1f} {x + 8:.1f} {y:.1f}H{target.left - 8:.1f}", x, head
        end = target.top if down else target.bottom
        last = max(source.right - 6, target.right - 8)
        candidates = [source.right - 6, *steps(source.right + 2, last)]
        x = best_x(candidates, min(start, end), max(start, end), boxes, used=used, shunned=others)
        sign = 1 if down else -1
        head = f"M{x:.1f} {end:.1f}l-5 {-8 * sign}h10z"
        first, lead = self._beginning(source, x, sign)
        return f"{first}{lead}V{end - sign * 8:.1f}", x, head

    @staticmethod
    def _beginning(source: Placed, x: float, sign: int) -> tuple[str, str]:
        """Where the line leaves: under the bar's end, under its chip, or along the gap below (above) the track."""
        edge = source.bottom if sign > 0 else source.top
        if x <= source.right:
            return f"M{x:.1f} {edge:.1f}", ""
        if source.chip and source.chip[0] + 6 <= x <= source.chip[1] - 6:
            return f"M{x:.1f} {edge + sign * 2:.1f}", ""
        gap = edge + sign * 6
        return f"M{source.right - 6:.1f} {edge:.1f}V{gap:.1f}", f"H{x:.1f}"

    def _threads(self) -> list[SafeString]:
        parts = []
        for act in self.drawing.acts:
            served = [self.placed[key] for key in act.bars if key in self.placed]
            if act.visit and served:
                x = self.x(act.day)
                lowest = max(one.bottom for one in served)
                parts.append(tag("path", class_="pl-thread", d=f"M{x:.1f} {TOP + 46:.1f}V{lowest - 10:.1f}"))
                parts += [tag("circle", class_="pl-knot", cx=x, cy=one.bottom - 10, r=5) for one in served]
        return parts

    def _acts(self) -> list[SafeString]:
        parts = []
        for act, row in zip(self.drawing.acts, self.you_rows, strict=True):
            x, y = self.x(act.day), TOP + 34 + row * 50
            text = max(width_of(act.title, LABEL), width_of(act.sub, CHIP)) + 40
            left = self._leftward(act.day, text)
            at, anchor = (x - 24, "end") if left else (x + 24, "start")
            parts.append(tag("circle", class_="pl-pin" if act.visit else "pl-you", cx=x, cy=y, r=16))
            parts.append(glyph(act.icon, x, y, 0.8))
            parts.append(tag("text", act.title, class_="pl-name", x=at, y=y - 2, text_anchor=anchor))
            parts.append(tag("text", act.sub, class_="pl-sub", x=at, y=y + 17, text_anchor=anchor))
        return parts


def glyph(name: str, x: float, y: float, scale: float) -> SafeString:
    """An icon of a drawing, centred."""
    shape = tag("path", d=PATHS[name])
    move = f"translate({x - 12 * scale:.1f} {y - 12 * scale:.1f}) scale({scale})"
    return tag("g", shape, class_="pl-glyph", transform=move)


def _extent(one: Placed) -> tuple[float, float]:
    left = min(one.left, one.label)
    return left, max(one.right, one.label + one.label_width, one.chip[1] if one.chip else 0)


def _bar(one: Placed) -> list[SafeString]:
    bar = one.bar
    label = join([bar.name + " ", tag("tspan", bar.length, class_="pl-len")])
    classes = "pl-bar pl-bar--crit" if bar.critical else "pl-bar"
    parts = [
        tag("text", label, class_="pl-name pl-haloed", x=one.label, y=one.y + 17),
        tag("rect", class_=classes, x=one.left, y=one.top, width=one.right - one.left, height=20, rx=6),
    ]
    if one.chip:
        left, right = one.chip
        parts += [
            tag("rect", class_="pl-doc", x=left, y=one.top - 2, width=right - left, height=24, rx=6),
            tag("path", class_="pl-docmark", d=f"M{left + 9:.1f} {one.top + 4:.1f}h6l3 3v9h-9z"),
            tag("text", bar.gives, class_="pl-doct", x=left + 24, y=one.top + 15),
        ]
    return parts
