"""The ways of lines: between columns and between lanes only, so that no line ever runs through a box.

A line leaves its box to the right, turns in the gutter behind it, and comes into the next box from the left. Where the
boxes are not in neighbouring columns it goes over in a street, the gap between two lanes. Lines of one box that look
alike share their way as far as it is the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onevisit.core.drawing.model import Line
from onevisit.ui.plan.model import tracks

Point = tuple[float, float]
TRACK = 12.0  # between two lines side by side


@dataclass(slots=True)
class Net:
    """Lines of one box that look alike; streets by the target's column."""

    source: str
    look: str
    lines: list[Line] = field(default_factory=list)
    streets: dict[int, int] = field(default_factory=dict)  # target's column → gap, counted from the topmost
    port: int = 0  # where it leaves, among the nets of its box


def look_of(line: Line) -> str:
    """An order is seen before who carries what."""
    return "serial" if line.serial else "carried" if line.carried else "passed"


def nets(lines: Iterable[Line], column: Mapping[str, int], lane: Mapping[str, int], lanes: int) -> list[Net]:
    """The lines in nets, each with the streets that it needs. `column`, `lane`: where each box stands."""
    found = grouped(lines)
    for net in found:
        far = {column[line.target] for line in net.lines} - {column[net.source] + 1}
        for there in sorted(far):
            ends = [lane[line.target] for line in net.lines if column[line.target] == there]
            net.streets[there] = _street([lane[net.source], *ends], lanes)
    return found


def grouped(lines: Iterable[Line]) -> list[Net]:
    """The lines in nets."""
    found: dict[tuple[str, str], Net] = {}
    ports: dict[str, int] = defaultdict(int)
    for line in lines:
        key = (line.source, look_of(line))
        if key not in found:
            found[key] = Net(*key, port=ports[line.source])
            ports[line.source] += 1
        found[key].lines.append(line)
    return list(found.values())


def _street(ends: Sequence[int], lanes: int) -> int:
    """The gap with the least way to all ends; gap n is above lane n."""
    return min(range(lanes + 1), key=lambda gap: sum(abs(gap - 0.5 - end) for end in ends))


def trunks(spans: Mapping[tuple[int, int], tuple[int, float, float]]) -> tuple[dict[tuple[int, int], int], list[int]]:
    """The track of each upright part within its gutter, and how many tracks each gutter has.

    `spans`: (net, column it leads to or -1 behind its box) → gutter, from and to.
    """
    gutters: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, (gutter, _, _) in spans.items():
        gutters[gutter].append(key)
    found: dict[tuple[int, int], int] = {}
    count = [0] * (max(gutters, default=0) + 1)
    for gutter, keys in gutters.items():
        keys.sort(key=lambda key: spans[key][1:])
        for key, track in zip(keys, tracks([spans[key][1:] for key in keys], TRACK), strict=True):
            found[key] = track
            count[gutter] = max(count[gutter], track + 1)
    return found, count


def path(points: Sequence[Point], radius: float = 7.0) -> str:
    """A path along the points, which go across and up or down by turns, with round corners."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and any(kept[-2][axis] == kept[-1][axis] == point[axis] for axis in (0, 1)):
            kept.pop()
        kept.append(point)
    parts = [f"M{kept[0][0]:.1f} {kept[0][1]:.1f}"]
    for before, here, after in zip(kept, kept[1:], kept[2:], strict=False):
        reach = min(radius, _far(before, here) / 2, _far(here, after) / 2)
        (x1, y1), (x2, y2) = _toward(here, before, reach), _toward(here, after, reach)
        parts.append(f"L{x1:.1f} {y1:.1f}Q{here[0]:.1f} {here[1]:.1f} {x2:.1f} {y2:.1f}")
    return "".join([*parts, f"L{kept[-1][0]:.1f} {kept[-1][1]:.1f}"])


def _far(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _toward(start: Point, end: Point, reach: float) -> Point:
    """The point `reach` from `start` towards `end`."""
    far = _far(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * reach / far, start[1] + (end[1] - start[1]) * reach / far
