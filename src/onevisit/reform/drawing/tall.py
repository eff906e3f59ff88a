"""The drawing for phones: boxes one under the other as they come, lines at their left; boxes name their agencies."""

from onevisit.core.drawing.columns import columns
from onevisit.core.drawing.model import Line, Picture
from onevisit.reform.drawing.cards import card_of
from onevisit.reform.drawing.place import Layout, pins
from onevisit.reform.drawing.routes import Net, Point, grouped, trunks

WIDTH, EDGE, FIRST, TRACK, GAP = 344.0, 4.0, 16.0, 10.0, 16.0
ROW = 4  # visits in a row
HEAD = 62.0  # who comes, and how often


def layout(picture: Picture) -> Layout:
    """The whole drawing, placed."""
    out = Layout(picture, width=WIDTH)
    keys = [box.key for box in picture.boxes]
    column = columns(keys, [(line.source, line.target) for line in picture.lines])
    order = sorted(keys, key=lambda key: (column[key], keys.index(key)))
    found = grouped(picture.lines)
    place = {key: float(n) for n, key in enumerate(order)}
    track, count = _tracks(found, place)
    left = FIRST + TRACK * count
    cards = {box.key: card_of(picture, box, WIDTH - EDGE - left) for box in picture.boxes}
    out.strip = _strip(out)
    y = out.strip + GAP
    for key in order:
        cards[key].left, cards[key].top = left, y
        y += cards[key].height + GAP
    out.cards = {key: cards[key] for key in order}
    out.height = y - GAP + EDGE
    for n, net in enumerate(found):
        for line in net.lines:
            out.ways.append((line, net.look, _points(out, net, line, left - FIRST / 2 - 8 - TRACK * track[n])))
    return out


def _strip(out: Layout) -> float:
    """The row of visits; returns its height."""
    out.pins, bottom = pins(out.picture.trips, ROW, (WIDTH - 2 * EDGE) / ROW, EDGE, HEAD if out.picture.trips else 0.0)
    out.nobody_at = (16.0, 58.0)
    return max(bottom, 76.0)


def _tracks(found: list[Net], place: dict[str, float]) -> tuple[dict[int, int], int]:
    """The track of each net, and how many there are."""
    spans = {}
    for n, net in enumerate(found):
        ends = [place[net.source], *(place[line.target] for line in net.lines)]
        spans[n, -1] = (0, min(ends), max(ends))
    track, count = trunks(spans)
    return {n: track[n, -1] for n in range(len(found))}, count[0]


def _points(out: Layout, net: Net, line: Line, x: float) -> list[Point]:
    """Out of the box at its lower left, along the edge, into the other from the left."""
    source, target = out.cards[net.source], out.cards[line.target]
    start, end = source.top + source.height - 14 - 8 * net.port, target.port(line.paper)
    return [(source.left, start), (x, start), (x, end), (target.left, end)]
