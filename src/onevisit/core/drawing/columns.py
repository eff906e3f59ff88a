"""Where boxes stand: columns by the longest chain of waits, lanes in the order in which lines are short."""

from collections.abc import Mapping, Sequence

Pair = tuple[str, str]
UPWARD = 20  # a line that goes up counts as so many that go down: what is done first stands on top


def columns(keys: Sequence[str], pairs: Sequence[Pair]) -> dict[str, int]:
    """The column of each box: behind all that it waits for, else as near as can be to what waits for it.

    Pairs that close a circle (sources that exclude each other may) are left out.
    """
    after: dict[str, list[str]] = {key: [] for key in keys}
    for earlier, later in forward(pairs):
        after[earlier].append(later)
    found = dict.fromkeys(keys, 0)
    for key in _order(keys, after):
        for later in after[key]:
            found[later] = max(found[later], found[key] + 1)
    led = {later for many in after.values() for later in many}
    for key in reversed(_order(keys, after)):
        if key not in led and after[key]:
            found[key] = min(found[later] for later in after[key]) - 1
    return found


def forward(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs in their order, without those that would close a circle."""
    kept: list[Pair] = []
    for earlier, later in dict.fromkeys(pairs):
        reached, ahead = {later}, [later]
        while ahead:
            here = ahead.pop()
            more = [b for a, b in kept if a == here and b not in reached]
            reached.update(more)
            ahead += more
        if earlier not in reached:
            kept.append((earlier, later))
    return kept


def _order(keys: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[str]:
    """Each key behind all that come before it."""
    left = dict.fromkeys(keys, 0)
    for many in after.values():
        for later in many:
            left[later] += 1
    order = [key for key in keys if not left[key]]
    for key in order:  # grows while it is read
        for later in after[key]:
            left[later] -= 1
            if not left[later]:
                order.append(later)
    return order


def lanes(first: Sequence[str], pairs: Sequence[Pair], column: Mapping[str, int]) -> list[str]:
    """The lanes from top to bottom: `first` as it comes, neighbours changed as long as lines between lanes get shorter.

    `pairs`: from lane to lane; `column`: the earliest column of each lane, which counts among equals.
    """
    order = sorted(first, key=lambda lane: (column[lane], first.index(lane)))
    weights: dict[Pair, int] = {}
    for pair in pairs:
        weights[pair] = weights.get(pair, 0) + 1

    def length(lanes: Sequence[str]) -> int:
        place = {lane: n for n, lane in enumerate(lanes)}
        ways = ((place[b] - place[a], weight) for (a, b), weight in weights.items())
        return sum(weight * (way if way > 0 else -way * UPWARD) for way, weight in ways)

    shorter = True
    while shorter:
        shorter = False
        for n in range(len(order) - 1):
            other = [*order[:n], order[n + 1], order[n], *order[n + 2 :]]
            if length(other) < length(order):
                order, shorter = other, True
    return order
