"""Where everything of the drawing stands: lanes, boxes, the ways of lines, the row of visits."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from onevisit.core.drawing.columns import columns, lanes
from onevisit.core.drawing.model import Line, Picture, Trip
from onevisit.reform.drawing.cards import PAD, TITLE_LINE, Card, card_of
from onevisit.reform.drawing.routes import TRACK, Net, Point, nets, trunks
from onevisit.ui.svg import wrapped
from onevisit.ui.words import say

LABEL = 118.0  # the lanes' names
WIDTHS = {1: 380.0, 2: 380.0, 3: 348.0, 4: 252.0}  # of a box, by how many columns there are
NARROW = 224.0
LANE_PAD, LANE_GAP, STACK = 12.0, 8.0, 14.0
GUTTER, FIRST = 34.0, 14.0
HEAD, SLOT, MOST, PLACE = 14.0, 106.0, 170.0, 12.0  # the row of visits: below it, a visit's width, letters of places
LEAST = 760.0


@dataclass(frozen=True, slots=True)
class Lane:
    """An agency's band."""

    name: list[str]
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Pin:
    """A visit in the row of visits."""

    trip: Trip
    x: float
    y: float
    place: list[str]


@dataclass(slots=True)
class Layout:
    """Everything with its place."""

    picture: Picture
    cards: dict[str, Card] = field(default_factory=dict)
    lanes: list[Lane] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    strip: float = 0.0  # height of the row of visits
    width: float = 0.0
    height: float = 0.0
    ways: list[tuple[Line, str, list[Point]]] = field(default_factory=list)  # with its look
    lefts: list[float] = field(default_factory=list)  # of the columns
    nobody_at: tuple[float, float] = (0.0, 0.0)  # where a row of visits that has none says so


def pins(trips: Sequence[Trip], row: int, slot: float, left: float, top: float) -> tuple[list[Pin], float]:
    """Visits in their order, `row` to a row, each `slot` wide; and where they end below."""
    found, y = [], top
    for first in range(0, len(trips), row):
        some = trips[first : first + row]
        names = [wrapped(say(trip.place), slot - 22, PLACE) for trip in some]
        for n, (trip, place) in enumerate(zip(some, names, strict=True)):
            found.append(Pin(trip, left + (n + 0.5) * slot, y + 28, place))
        y += 56 + 15 * max(len(place) for place in names)
    return found, y


def layout(picture: Picture) -> Layout:
    """The whole drawing, placed."""
    return _Placing(picture).place()


class _Placing:
    """Columns and lanes first, then heights, then the lines' tracks, which say how wide gutters are."""

    def __init__(self, picture: Picture) -> None:
        self.out = Layout(picture)
        keys = [box.key for box in picture.boxes]
        self.column = columns(keys, [(line.source, line.target) for line in picture.lines])
        agency = {box.key: box.agency for box in picture.boxes}
        earliest = {
            key: min(self.column[b.key] for b in picture.boxes if b.agency == key) for key, _ in picture.agencies
        }
        pairs = [(agency[line.source], agency[line.target]) for line in picture.lines]
        self.order = lanes([key for key, _ in picture.agencies], pairs, earliest)
        place = {key: n for n, key in enumerate(self.order)}
        self.lane = {key: place[agency[key]] for key in keys}
        self.count = max(self.column.values(), default=0) + 1
        self.pins_end = 0.0  # right edge of the row of visits
        self.nets = nets(picture.lines, self.column, self.lane, len(self.order))

    def place(self) -> Layout:
        """Everything."""
        out = self.out
        width = WIDTHS.get(self.count, NARROW)
        out.cards = {box.key: card_of(out.picture, box, width) for box in out.picture.boxes}
        spare = LABEL + self.count * width + (self.count - 1) * (GUTTER + 2 * TRACK) + FIRST + LANE_PAD
        out.strip = self._pins(max(spare, LEAST))
        bottom, streets = self._down(out.strip + HEAD)
        out.height = bottom
        out.nobody_at = (LABEL + FIRST, out.strip / 2 + 6)
        tracks = self._across(width, streets)
        self._ways(tracks, streets)
        return out

    def _pins(self, width: float) -> float:
        """The row of visits, as many rows as it takes; returns its height."""
        out = self.out
        trips = out.picture.trips
        room = width - LABEL - FIRST
        rows = -(-len(trips) // max(1, int(room // SLOT))) or 1
        row = -(-len(trips) // rows) or 1
        slot = min(room / row, MOST)
        self.pins_end = LABEL + FIRST + row * slot
        out.pins, bottom = pins(trips, row, slot, LABEL + FIRST, 0.0)
        return max(bottom, 72.0)

    def _down(self, y: float) -> tuple[float, dict[tuple[int, int], float]]:
        """Tops of lanes and boxes; the y of each net's street by the column it leads to."""
        gaps: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for n, net in enumerate(self.nets):
            for there, gap in net.streets.items():
                gaps[gap].append((n, there))
        streets: dict[tuple[int, int], float] = {}
        names = dict(self.out.picture.agencies)
        for number, key in enumerate([*self.order, None]):
            for key_of_street in gaps[number]:
                y += TRACK
                streets[key_of_street] = y
            y += TRACK if gaps[number] else LANE_GAP
            if key is None:
                break
            height = self._stack(key, y)
            self.out.lanes.append(Lane(wrapped(say(names[key]), LABEL - 22, 15.0), y, height))
            y += height
        return y, streets

    def _stack(self, agency: str, top: float) -> float:
        """The boxes of a lane, those of one column under each other; returns the lane's height."""
        at: dict[int, float] = defaultdict(lambda: top + LANE_PAD)
        for card in self.out.cards.values():
            if card.box.agency == agency:
                column = self.column[card.box.key]
                card.top = at[column]
                at[column] += card.height + STACK
        return max(at.values()) - STACK + LANE_PAD - top

    def _leaves(self, net: Net) -> float:
        """Where a net leaves its box."""
        return self.out.cards[net.source].top + PAD + TITLE_LINE / 2 + net.port * 8

    def _across(self, width: float, streets: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
        """Lefts of columns; the x of each net's upright parts."""
        spans: dict[tuple[int, int], tuple[int, float, float]] = {}
        for n, net in enumerate(self.nets):
            behind = self.column[net.source] + 1
            ends = [self._leaves(net), *(streets[n, there] for there in net.streets)]
            ends += [self._enters(line) for line in net.lines if self.column[line.target] == behind]
            spans[n, -1] = (behind, min(ends), max(ends))
            for there in net.streets:
                own = [self._enters(line) for line in net.lines if self.column[line.target] == there]
                own.append(streets[n, there])
                spans[n, there] = (there, min(own), max(own))
        track, count = trunks(spans)
        starts, x = [], LABEL
        for gutter in range(self.count + 1):
            lines = count[gutter] if gutter < len(count) else 0
            starts.append(x)
            x += (GUTTER + (lines - 1) * TRACK) if lines else FIRST if gutter in (0, self.count) else GUTTER
            if gutter < self.count:
                self.out.lefts.append(x)
                x += width
        for card in self.out.cards.values():
            card.left = self.out.lefts[self.column[card.box.key]]
        self.out.width = max(x, LEAST, self.pins_end)
        return {key: starts[spans[key][0]] + 14 + track[key] * TRACK for key in spans}

    def _enters(self, line: Line) -> float:
        return self.out.cards[line.target].port(line.paper)

    def _ways(self, x: dict[tuple[int, int], float], streets: dict[tuple[int, int], float]) -> None:
        """The points of every line."""
        for n, net in enumerate(self.nets):
            start = (self.out.cards[net.source].right, self._leaves(net))
            for line in net.lines:
                points: list[Point] = [start, (x[n, -1], start[1])]
                there = self.column[line.target]
                last = x[n, -1]
                if there in net.streets:
                    y, last = streets[n, there], x[n, there]
                    points += [(x[n, -1], y), (last, y)]
                end = self._enters(line)
                points += [(last, end), (self.out.cards[line.target].left, end)]
                self.out.ways.append((line, net.look, points))
