"""What open facts can still change: which are asked, by the solver; how much, over completions that are looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from onevisit.core.planning.completing import Completion, completions, number_of
from onevisit.core.planning.core import Core, core_of
from onevisit.core.planning.deciding import Deciding, Known
from onevisit.core.planning.graph import Classes, Graph
from onevisit.core.planning.model import Range
from onevisit.core.planning.options import Context
from onevisit.core.planning.questions import Questions, questions_of

MOST_AHEAD = 1024  # completions that are looked at for one page
MOST_ACTS = 500  # acts in all of their plans together
MOST_PLANS = 64  # where they are more, and nothing is published that holds for all of them


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the open facts leave possible, and the facts worth asking."""

    first: Core  # of the plans with the fewest services, the first: it is shown while facts are open
    first_classes: Completion
    always: frozenset[str]  # services in every plan
    ever: frozenset[str]  # services in some plan
    visits: tuple[Range, Range]  # worst, total
    days: Range
    fees: dict[tuple[str, int], tuple[Decimal, Decimal]]
    deciding: tuple[Deciding, ...]
    complete: bool  # whether all plans were looked at; else the ranges hold for a part of them


def outlook(graph: Graph, known: Classes, context: Context) -> Outlook:
    """What can still change: questions, services and fees exactly, visits and days as far as is looked ahead."""
    questions = questions_of(graph)
    with questions.lock:
        one = questions.know(known, context)
        deciding = questions.asked(one)
        always, ever = questions.services(one)
        fees = questions.fees(one)
        looked = _looked(graph, questions, one, decided=not deciding)
        first = looked[0] if looked else questions.fewest(one)
        complete = bool(looked)
        if not looked and graph.bounds is None:  # else what is published holds for all
            looked = list(islice(_ahead(graph, questions, one, _held_back(graph, known)), MOST_PLANS))
    cores = [core_of(graph, classes, context) for classes in dict.fromkeys((first, *looked))]
    return Outlook(
        first=cores[0],
        first_classes=first,
        always=always,
        ever=ever,
        visits=(_range(c.choice.cost[0] for c in cores), _range(c.choice.cost[1] for c in cores)),
        days=_range(core.days for core in cores),
        fees=fees,
        deciding=deciding,
        complete=complete,
    )


def _looked(graph: Graph, questions: Questions, one: Known, *, decided: bool) -> list[Completion]:
    """A completion for each plan that there may be, the fewest services first; none, if too many for one page."""
    if number_of(graph, one.classes) > MOST_AHEAD:
        return []
    if decided:  # all of them have the same plan
        return list(islice(_ahead(graph, questions, one), 1))
    found: dict[tuple[int, ...], Completion] = {}
    acts = 0
    for classes in _ahead(graph, questions, one):
        states = graph.states(classes)
        key = tuple([id(state) for state in states])  # equal states are one object
        if key not in found:
            found[key] = classes
            acts += sum(len(state.acts) for state in states)
            if acts > MOST_ACTS:
                return []
    return [found[key] for key in sorted(found, key=len)]


def _ahead(
    graph: Graph, questions: Questions, one: Known, held_back: frozenset[int] = frozenset()
) -> Iterator[Completion]:
    """The completions; where what is known bursts the bounds of facts, what the applicant says counts all the same."""
    left_out = questions.left_out(one)
    nothing = True
    for classes in completions(graph, one.classes, held_back=held_back, left_out=left_out):
        nothing = False
        yield classes
    if nothing and graph.derived:
        yield from completions(graph, one.classes, held_back=held_back, left_out=left_out, bounded=False)


def _held_back(graph: Graph, known: Classes) -> frozenset[int]:
    """Facts that have their first class where completions are looked at, so that they are few enough for one page.

    The facts of parties first, then their numbers, then the last of the others.
    """
    opened = [
        p
        for p, own in enumerate(known)
        if own is None and graph.domains[p].key not in graph.commitments and len(graph.domains[p].possible) > 1
    ]
    grouped = [[p for own in group.parties for p in own if p in opened] for group in reversed(graph.groups)]
    counts = [group.count for group in reversed(graph.groups) if group.count in opened]
    inside = {p for unit in grouped for p in unit} | set(counts)
    units = [*grouped, *([p] for p in counts), *([p] for p in reversed(opened) if p not in inside)]
    held: frozenset[int] = frozenset()
    for unit in units:
        if number_of(graph, known, held) <= MOST_AHEAD:
            break
        held |= frozenset(p for p in unit if p is not None)
    return held


def _range(numbers: Iterable[int]) -> Range:
    found = set(numbers)
    return Range(min(found), max(found))
