"""Finding a way for an arrow past what is in its way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that a line should not cross; `owner` is the bar it belongs to."""

    owner: str
    left: float
    top: float
    right: float
    bottom: float


def crossings(x: float, top: float, bottom: float, boxes: Iterable[Box]) -> int:
    """How many boxes a vertical line at `x` from `top` to `bottom` goes through."""
    return sum(box.left - 3 < x < box.right + 3 and box.top < bottom and box.bottom > top for box in boxes)


def best_x(
    candidates: Sequence[float],
    top: float,
    bottom: float,
    boxes: Sequence[Box],
    *,
    used: Iterable[float] = (),
    shunned: Iterable[float] = (),
) -> float:
    """The candidate with the fewest crossings; among equals one that this source uses already, then the first.

    `shunned`: where lines of other sources run; nearer than 5 counts as a crossing.
    """
    own, others = set(used), tuple(shunned)
    between = [box for box in boxes if box.top < bottom and box.bottom > top]

    def cost(order: int) -> tuple[int, bool, int]:
        x = candidates[order]
        near = sum(abs(x - other) < 5 for other in others)
        return crossings(x, top, bottom, between) + near, x not in own, order

    return candidates[min(range(len(candidates)), key=cost)]


def steps(start: float, end: float, by: float = 8) -> list[float]:
    """Points from `start` to `end`, `by` apart, in that direction; empty when they would go the other way."""
    count = int((end - start) / by)
    return [start + n * by for n in range(count + 1)] if count >= 0 else []
