"""The fewest visits of a plan's worst-off person, and nothing else of the plan: what causes and levers ask for most.

The whole optimum (core/planning/choosing.py) also weighs papers, trips and days. For this number alone a way of doing
an act without coming beats every other, and so does a source that is no paper and waits for nobody: little is left.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onevisit.core.catalogue import EvidenceType, Mode
from onevisit.core.planning.choosing import NOT_POSSIBLE, edges_of
from onevisit.core.planning.network import Edge, Network, schedule, visit_problem
from onevisit.core.planning.options import Burden, Context, Item, items_of, modes_of, takes, with_any_mode
from onevisit.core.planning.visits import NoArrangement, VisitAnswer, VisitProblem, solve

NEVER = NOT_POSSIBLE.worst
Way = tuple[Burden, tuple[Edge, ...]]  # how a source is handed in, and what waits for it


def fewest(
    net: Network, context: Context, types: Mapping[str, EvidenceType], solved: dict[VisitProblem, VisitAnswer]
) -> int:
    """The fewest visits of the person who is worst off, over all sources and modes; the first part of `choose`'s cost.

    `solved` remembers visit problems.
    """
    items = items_of(net, context, types)
    modes = modes_of(net, context, items)
    ways = []
    for item in with_any_mode(items, modes):
        found = tuple(dict.fromkeys(_ways(net, item, modes.get(item.node, ()))))
        best = next((way for way in found if way == (Burden.FREE, ())), None)
        ways.append((item.node, (best,) if best else found))
    return _Fewest(net, modes, sorted(ways, key=lambda one: len(one[1])), solved).run()


def _ways(net: Network, item: Item, modes: tuple[Mode, ...]) -> Iterator[Way]:
    """Its sources by what they change: papers that every mode of the act takes change nothing."""
    for source in item.sources:
        paper = source.burden >= Burden.COPY and not item.any_mode
        bound = paper and not all(takes(mode.kind, source.burden) for mode in modes)
        yield source.burden if bound else Burden.FREE, tuple(edges_of(net, item, source))


@dataclass(slots=True)
class _Fewest:
    """Branch and bound over the ways of all items."""

    net: Network
    modes: Mapping[int, tuple[Mode, ...]]
    ways: list[tuple[int, tuple[Way, ...]]]  # of each item: its act, its ways
    solved: dict[VisitProblem, VisitAnswer]
    best: int = NEVER
    _edges: list[Edge] = field(default_factory=list)
    _papers: list[tuple[int, Burden]] = field(default_factory=list)  # act, and a paper handed in with it

    def run(self) -> int:
        """The number."""
        self._item(0)
        return self.best

    def _item(self, number: int) -> None:
        """Choose a way from this item on."""
        while number < len(self.ways) and len(self.ways[number][1]) == 1:
            self._take(number, 0)
            number += 1
        bound = self._bound()
        if bound >= self.best:
            return
        if number == len(self.ways):
            self.best = bound
            return
        edges, papers = len(self._edges), len(self._papers)
        for k in range(len(self.ways[number][1])):
            self._take(number, k)
            self._item(number + 1)
            del self._edges[edges:], self._papers[papers:]

    def _take(self, number: int, way: int) -> None:
        act, ways = self.ways[number]
        burden, edges = ways[way]
        self._edges += edges
        if burden is not Burden.FREE:
            self._papers.append((act, burden))

    def _bound(self) -> int:
        """The fewest visits with what is chosen so far; exact once all is."""
        at = {}
        for act, modes in self.modes.items():
            papers = [burden for one, burden in self._papers if one == act]
            left = [mode for mode in modes if all(takes(mode.kind, burden) for burden in papers)]
            if not left:
                return NEVER
            if all(mode.kind.in_person for mode in left):
                at[act] = tuple(dict.fromkeys(place for mode in left for place in mode.at))
        times = schedule(self.net, self._edges)
        if times is None:
            return NEVER
        return self._worst(visit_problem(self.net, times, self._edges, at)) if at else 0

    def _worst(self, problem: VisitProblem) -> int:
        known = self.solved.get(problem)
        if known is None:
            try:
                known = solve(problem)
            except NoArrangement:
                known = NOT_POSSIBLE
            self.solved[problem] = known
        return known.worst
