"""Sources and modes chosen together: branch and bound for the one optimum of a network of services.

The order of what counts: visits of the worst-off person, all visits, trips elsewhere, originals, copies, uploads,
promised days. Among equals the source and mode that stand first win.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from onevisit.core.catalogue import EvidenceType, Mode, ModeKind
from onevisit.core.errors import Refusal
from onevisit.core.planning.network import Edge, Network, Schedule, schedule, visit_problem
from onevisit.core.planning.options import (
    Burden,
    Context,
    Item,
    Source,
    items_of,
    modes_of,
    takes,
    with_any_mode,
)
from onevisit.core.planning.visits import NoArrangement, VisitAnswer, VisitProblem, solve
from onevisit.core.text import Text

Cost = tuple[int, int, int, int, int, int, int]  # worst, all, trips, originals, copies, uploads, days
Visits = tuple[int, int]
_NEVER = (10**9, 10**9)
NOT_POSSIBLE = VisitAnswer(*_NEVER, (), (), ())  # what is remembered of a problem without an arrangement
_PLACE = {Burden.ORIGINAL: 1, Burden.COPY: 2, Burden.UPLOAD: 3}  # in the tail of a cost, after trips


class NoPlan(Refusal):
    """Services wait for each other in a circle, or a last day cannot be kept, whatever is chosen."""

    code: ClassVar[str] = "no-plan"
    sentence: ClassVar[str] = "「{services}」互相等待或赶不上期限，排不出方案：请检查目录里的先后关系。"


@dataclass(frozen=True, slots=True)
class Choice:
    """The best choice: a source for each item, a mode for each act of the applicant, its cost and times."""

    items: tuple[Item, ...]
    sources: tuple[Source, ...]
    modes: Mapping[int, Mode]
    cost: Cost
    edges: tuple[Edge, ...]
    times: Schedule
    problem: VisitProblem


def edges_of(net: Network, item: Item, source: Source) -> list[Edge]:
    """The edges that a chosen source adds: an output is waited for by the decision, or carried by the applicant."""
    if source.producer < 0:
        return []
    state = net.states[source.producer]
    if source.internal:
        return [(a, b) for a in net.numbers(source.producer, state.decides) for b in item.waiting]
    given = net.numbers(source.producer, state.ends)
    return [(a, b) for a in given for b in ((item.node,) if item.node >= 0 else item.waiting)]


@dataclass(slots=True)
class Chooser:
    """The search over one network; `solved` remembers visit problems across searches."""

    net: Network
    items: tuple[Item, ...]
    modes: Mapping[int, tuple[Mode, ...]]
    solved: dict[VisitProblem, VisitAnswer]
    edges: Mapping[tuple[int, Source], list[Edge]] | None = None  # of each item's sources, if the network cannot say
    best: Choice | None = None
    _cost: Cost = (*_NEVER, 0, 0, 0, 0, 0)
    _sources: list[Source] = field(default_factory=list)
    _uses: dict[object, int] = field(default_factory=dict)
    _tail: list[int] = field(default_factory=lambda: [0, 0, 0, 0])  # trips, originals, copies, uploads so far
    _picked: dict[int, Mode] = field(default_factory=dict)
    _papers: dict[int, list[Burden]] = field(default_factory=dict)  # act → what is handed in on paper with it
    _edges: list[Edge] = field(default_factory=list)
    _acts: list[int] = field(default_factory=list)
    _least_visits: Visits = (0, 0)
    _least_days: int = 0

    def run(self) -> Choice | None:
        """The best choice; None if none is possible."""
        self._acts = sorted(self.modes)
        relaxed = schedule(self.net, ())
        if relaxed is None:
            return None
        self._least_days = relaxed.days
        self._least_visits = self._relaxed_visits()
        self._item(0)
        return self.best

    def _count(self, what: object, place: int, change: int) -> None:
        """Count a document or trip once, however often it is used; `place` in the tail of the cost."""
        before = self._uses.get(what, 0)
        self._uses[what] = before + change
        if before == 0 or before + change == 0:
            self._tail[place] += change

    def _use(self, item: Item, source: Source, change: int) -> None:
        """Add (1) or take back (-1) what a source costs the applicant."""
        if source.burden is not Burden.FREE:
            self._count((source.burden, item.key, source.producer), _PLACE[source.burden], change)
            if item.trip and source.producer < 0:
                self._count(item.key, 0, change)

    def _pick(self, act: int, mode: Mode, change: int) -> None:
        """Add (1) or take back (-1) a mode."""
        if mode.kind is ModeKind.THIRD_PARTY:
            self._tail[0] += change * len(self.net.acts[act].persons)
        if change > 0:
            self._picked[act] = mode
        else:
            del self._picked[act]

    def _beaten(self) -> bool:
        """Whether nothing below this point can be better than the best found."""
        visits = self._least_visits
        if self.best is not None and (*visits, *self._tail, self._least_days) < self._cost:
            visits = self._relaxed_visits() if self._cost[:2] > visits else visits
        return (*visits, *self._tail, self._least_days) >= self._cost

    def _relaxed_visits(self) -> Visits:
        """A lower bound: acts still open stay away from government if any mode allows it, open sources wait not."""
        at = {}
        for number, modes in self.modes.items():
            options = (self._picked[number],) if number in self._picked else modes
            if all(mode.kind.in_person for mode in options):
                at[number] = tuple(dict.fromkeys(place for mode in options for place in mode.at))
        if not at:
            return (0, 0)
        times = schedule(self.net, self._edges)
        return _NEVER if times is None else self._visits(visit_problem(self.net, times, self._edges, at))

    def _visits(self, problem: VisitProblem) -> Visits:
        """The least (worst, all) visits of a problem, remembered."""
        known = self.solved.get(problem)
        if known is None:
            try:
                known = solve(problem)
            except NoArrangement:
                known = NOT_POSSIBLE
            if len(self.solved) > 4096:
                self.solved.clear()
            self.solved[problem] = known
        return known.worst, known.total

    def _item(self, number: int) -> None:
        """Choose sources from this item on, then modes."""
        if number == len(self.items):
            self._papers = {}
            for one, chosen in zip(self.items, self._sources, strict=True):
                if chosen.burden >= Burden.COPY and not one.any_mode:
                    self._papers.setdefault(one.node, []).append(chosen.burden)
            self._mode(0)
            return
        item = self.items[number]
        for source in item.sources:
            added = edges_of(self.net, item, source) if self.edges is None else self.edges[number, source]
            self._sources.append(source)
            self._use(item, source, 1)
            self._edges += added
            if len(item.sources) == 1 or not self._beaten():
                self._item(number + 1)
            self._use(item, source, -1)
            self._sources.pop()
            del self._edges[len(self._edges) - len(added) :]

    def _mode(self, number: int) -> None:
        """Choose modes from this act on; each must take the papers chosen for its act."""
        if number == len(self._acts):
            self._leaf()
            return
        act = self._acts[number]
        papers = self._papers.get(act, ())
        for mode in self.modes[act]:
            if all(takes(mode.kind, burden) for burden in papers):
                self._pick(act, mode, 1)
                if len(self.modes[act]) == 1 or not self._beaten():
                    self._mode(number + 1)
                self._pick(act, mode, -1)

    def _leaf(self) -> None:
        """Take the complete choice if it is better than the best."""
        times = schedule(self.net, self._edges)
        if times is None:
            return
        at = {n: mode.at for n, mode in self._picked.items() if mode.kind.in_person}
        problem = visit_problem(self.net, times, self._edges, at)
        visits = self._visits(problem) if at else (0, 0)
        cost = _cost(visits, self._tail, times.days)
        if visits != _NEVER and cost < self._cost:
            self._cost = cost
            self.best = Choice(
                self.items, tuple(self._sources), dict(self._picked), cost, tuple(self._edges), times, problem
            )


def _cost(visits: Visits, tail: list[int], days: int) -> Cost:
    trips, originals, copies, uploads = tail
    return (*visits, trips, originals, copies, uploads, days)


def tail_of(net: Network, items: Sequence[Item], sources: Sequence[Source], modes: Mapping[int, Mode]) -> list[int]:
    """What a choice costs beside visits and days: trips, originals, copies, uploads."""
    chooser = Chooser(net, tuple(items), {}, {})
    for item, source in zip(items, sources, strict=True):
        chooser._use(item, source, 1)
    for act, mode in modes.items():
        chooser._pick(act, mode, 1)
    return chooser._tail


def choose(
    net: Network, context: Context, types: Mapping[str, EvidenceType], solved: dict[VisitProblem, VisitAnswer]
) -> Choice:
    """The best sources and modes of a network, over all of them together; raises `NoPlan` if none is possible."""
    items = items_of(net, context, types)
    modes = modes_of(net, context, items)
    choice = Chooser(net, with_any_mode(items, modes), modes, solved).run()
    if choice is None:
        raise NoPlan(services=Text.row(state.service.name for state in net.states))
    return choice
