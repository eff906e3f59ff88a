"""The drawing of an event as SVG, from back to front: lanes, lines, boxes, pins."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from onevisit.core.drawing.model import Origin, Picture
from onevisit.reform.drawing import place, tall
from onevisit.reform.drawing.cards import ICON, LINE, PAD, SMALL, TITLE_LINE, Card, PaperRow, StopRow
from onevisit.reform.drawing.place import Lane, Layout, Pin
from onevisit.reform.drawing.routes import path
from onevisit.ui.svg import join, tag, wrapped
from onevisit.ui.words import say

_MARKS = {  # each its own shape, so that none is told by its colour alone; 16 by 16
    Origin.HELD: ("ed-held", "M2 8a6 6 0 1 1 12 0a6 6 0 1 1-12 0M5 8.200l2.200 2.200 4-4.600"),
    Origin.PASSED: ("ed-passed", "M1 8h9M7.500 4.500L11.500 8l-4 3.500M14.500 3v10"),
    Origin.CARRIED: ("ed-carried", "M1.500 4h13v9h-13zM5.500 4V2h5v2M1.500 8.500h13"),
    Origin.SENT: ("ed-sent", "M8 13V3.500M4.500 7L8 3.500 11.500 7M2.500 14.500h11"),
    Origin.BROUGHT: ("ed-brought", "M3 1.500h7l3 3v10H3zM10 1.500v3h3M5.500 8h5M5.500 11h5"),
    Origin.PROMISED: ("ed-promised", "M2.500 13.500l1-3.500 7.500-7.500 2.500 2.500L6 12.500z"),
}


def draw(picture: Picture, title: str, summary: str, nobody: str) -> SafeString:
    """The picture twice, for wide screens and for phones; style shows one.

    `summary` says in a sentence what is on it, `nobody` stands in a row of visits that has none.
    """
    layouts = {"wide": place.layout(picture), "tall": tall.layout(picture)}
    return join(_Drawing(out, name, title, summary, nobody).draw() for name, out in layouts.items())


def mark(origin: Origin, x: float = 0.0, y: float = 0.0) -> SafeString:
    """The sign of where a paper comes from, its middle at x, y."""
    name, shape = _MARKS[origin]
    return tag("path", class_=f"ed-mark {name}", d=shape, transform=f"translate({x - 8:.1f} {y - 8:.1f})")


class _Drawing:
    """Draws one layout."""

    def __init__(self, out: Layout, name: str, title: str, summary: str, nobody: str) -> None:
        self.out, self.name, self.title, self.summary, self.nobody = out, name, title, summary, nobody

    def draw(self) -> SafeString:
        out = self.out
        parts = [
            tag("title", self.title, id=f"{self.name}-title"),
            tag("desc", self.summary, id=f"{self.name}-desc"),
            *(part for lane in out.lanes for part in self._lane(lane)),
            *self._strip(),
            *self._lines(),
            *(part for card in out.cards.values() for part in self._card(card)),
        ]
        box = f"0 0 {out.width:.0f} {out.height:.0f}"
        classes = "ed-svg ed-tall" if self.name == "tall" else "ed-svg ed-wide"
        labels = f"{self.name}-title {self.name}-desc"
        size = {"width": round(out.width), "height": round(out.height)}
        return tag("svg", *parts, class_=classes, viewBox=box, role="img", aria_labelledby=labels, **size)

    def _lane(self, lane: Lane) -> list[SafeString]:
        middle = lane.top + lane.height / 2 - 10 * len(lane.name) + 15
        return [
            tag("rect", class_="pl-lane", x=0, y=lane.top, width=self.out.width, height=lane.height, rx=10),
            *(tag("text", line, class_="pl-who", x=16, y=middle + 20 * n) for n, line in enumerate(lane.name)),
        ]

    def _strip(self) -> list[SafeString]:
        """The row of visits: who goes, how often, and where."""
        out, picture = self.out, self.out.picture
        parts = [tag("rect", class_="pl-lane pl-lane--you", x=0, y=0, width=out.width, height=out.strip, rx=10)]
        count = len(picture.trips)
        first = say(picture.who) if picture.who else gettext("申请人")
        top = 30.0 if count or self.name == "tall" else out.strip / 2 + 6
        second = ngettext("跑 %(count)d 次", "跑 %(count)d 次", count) % {"count": count} if count else ""
        parts.append(tag("text", first, class_="pl-who", x=16, y=top))
        parts.append(tag("text", second, class_="ed-count", x=16, y=54))
        if not count:
            x, y = out.nobody_at
            lines = wrapped(self.nobody, out.width - x - 12, 15.0)
            parts += [tag("text", line, class_="ed-none", x=x, y=y + 20 * n) for n, line in enumerate(lines)]
        for one, other in zip(out.pins, out.pins[1:], strict=False):
            if one.y == other.y:
                parts.append(tag("path", class_="ed-walk", d=f"M{one.x + 16:.1f} {one.y:.1f}H{other.x - 16:.1f}"))
        return parts + [part for pin in out.pins for part in self._pin(pin)]

    @staticmethod
    def _pin(pin: Pin) -> list[SafeString]:
        texts = (
            tag("text", line, class_="ed-place", x=pin.x, y=pin.y + 32 + 15 * n, text_anchor="middle")
            for n, line in enumerate(pin.place)
        )
        return [
            tag("circle", class_="pl-pin", cx=pin.x, cy=pin.y, r=15),
            tag("text", str(pin.trip.number), class_="ed-number", x=pin.x, y=pin.y + 5, text_anchor="middle"),
            *texts,
        ]

    def _lines(self) -> list[SafeString]:
        halos, lines, heads = [], [], []
        order = {"passed": 0, "carried": 1, "serial": 2}
        for _, look, points in sorted(self.out.ways, key=lambda way: order[way[1]]):
            x, y = points[-1]
            way = path([*points[:-1], (x - 7, y)])
            halos.append(tag("path", class_="pl-halo", d=way))
            lines.append(tag("path", class_=f"ed-line is-{look}", d=way))
            heads.append(tag("path", class_=f"ed-head is-{look}", d=f"M{x:.1f} {y:.1f}l-9-5v10z"))
        return [*halos, *lines, *heads]

    def _card(self, card: Card) -> list[SafeString]:
        x, y = card.left, card.top
        state = " is-some" if card.box.when else " is-go" if card.stops else ""
        parts = [
            tag("rect", class_=f"ed-card{state}", x=x, y=y, width=card.width, height=card.height, rx=10),
        ]
        text = y + PAD + 14
        for line in card.title:
            parts.append(tag("text", line, class_="pl-name", x=x + PAD, y=text))
            text += TITLE_LINE
        for line in card.sub:
            parts.append(tag("text", line, class_="ed-sub", x=x + PAD, y=text - 1))
            text += LINE
        for row in card.papers:
            parts += self._paper(card, row)
        if card.stops:
            parts.append(self._ground(card))
            parts += [part for stop in card.stops for part in self._stop(card, stop)]
            parts.append(tag("rect", class_="ed-edge", x=x, y=y, width=card.width, height=card.height, rx=10))
        return parts

    @staticmethod
    def _ground(card: Card) -> SafeString:
        """The lower part of a box, where the visits stand."""
        left, top, right, bottom = card.left, card.top + card.stops_top, card.right, card.top + card.height
        shape = f"M{left:.1f} {top:.1f}H{right:.1f}V{bottom - 10:.1f}q0 10-10 10H{left + 10:.1f}q-10 0-10-10z"
        return tag("path", class_="ed-visits", d=shape)

    @staticmethod
    def _paper(card: Card, row: PaperRow) -> list[SafeString]:
        x, y = card.left + PAD, card.top + row.y
        return [
            mark(row.paper.origin, x + 8, y),
            *(
                tag("text", line, class_="ed-row", x=x + ICON, y=y + SMALL * 0.36 + LINE * n)
                for n, line in enumerate(row.lines)
            ),
        ]

    @staticmethod
    def _stop(card: Card, row: StopRow) -> list[SafeString]:
        x, y = card.left + PAD, card.top + row.y
        return [
            tag("circle", class_="pl-pin", cx=x + 9, cy=y, r=10),
            tag("text", str(row.stop.visit), class_="ed-small", x=x + 9, y=y + 4, text_anchor="middle"),
            *(
                tag("text", line, class_="ed-row is-step", x=x + ICON + 4, y=y + SMALL * 0.36 + LINE * n)
                for n, line in enumerate(row.lines)
            ),
        ]
