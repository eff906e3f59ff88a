"""The least number of visits of a plan, exactly: the arrangement of steps into moments and the chain that forces it.

A step stands at a moment (moments are ordered, each on a working day) and at one of its places. Along a split the later
step's moment is strictly later and its day later by at least the wait; along an instant edge it is not earlier. At one
moment a person is at one place. A visit of a person is a moment at which he has a step. The answer is the arrangement
with the least (visits of the person who is worst off, then all visits).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from onevisit.core.errors import Refusal
from onevisit.core.planning.arranging import Search, Tables, Ties


class NoArrangement(Refusal):
    """No legal arrangement exists: the order runs in a circle or a window closes too early."""

    code: ClassVar[str] = "no-arrangement"
    sentence: ClassVar[str] = "这些环节排不出合法的先后：请检查先后关系和日期窗口。"


@dataclass(frozen=True, slots=True)
class VisitStep:
    """An in-person step: who is there together, at which places it can be, on which working days."""

    name: str
    who: tuple[str, ...]
    at: tuple[str, ...]
    window: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An edge: `wait` working days at least until the later step, or None = while you wait."""

    earlier: str
    later: str
    wait: int | None = 1


@dataclass(frozen=True, slots=True)
class VisitProblem:
    """What is left once sources and modes are chosen."""

    steps: tuple[VisitStep, ...]
    order: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Steps done together at one place; `number` orders moments, `day` is counted from the start."""

    number: int
    day: int
    place: str
    persons: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Why two neighbours of the chain cannot share a visit: split, place, window or order."""

    earlier: str
    later: str
    why: str


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """The least visits, an arrangement that reaches them, and the steps that force the worst-off person's number."""

    worst: int
    total: int
    moments: tuple[Moment, ...]
    chain: tuple[str, ...]
    links: tuple[Link, ...]


def problem_to_json(problem: VisitProblem) -> dict[str, object]:
    """The JSON form published with a plan (key `visit_problem`)."""
    steps: dict[str, dict[str, object]] = {}
    for step in problem.steps:
        steps[step.name] = {"who": list(step.who), "at": list(step.at)}
        if step.window:
            steps[step.name]["window"] = list(step.window)
    order = [[o.earlier, o.later, "instant"] if o.wait is None else [o.earlier, o.later, "split", o.wait]
             for o in problem.order]  # fmt: skip
    return {"steps": steps, "order": order}


def solve(problem: VisitProblem) -> VisitAnswer:
    """The least visits of a problem, exactly; raises `NoArrangement` when there is no legal arrangement."""
    if not problem.steps:
        return VisitAnswer(0, 0, (), (), ())
    if (at := _one_place(problem)) and all(o.wait is None for o in problem.order):
        return _one_moment(problem, at)
    tables = _tables(problem)
    search = Search(tables)
    groups = search.best()
    if groups is None:
        raise NoArrangement
    worst, total = search.worst, search.total
    chain = _chain(tables, worst)
    names = [step.name for step in problem.steps]
    moments = tuple(
        Moment(number, day, problem.steps[members[0]].at[0] if place is None else tables.places[place],
               tuple(p for k, p in enumerate(tables.persons) if people >> k & 1), tuple(names[s] for s in members))
        for number, day, place, people, members in search.moments(groups)
    )  # fmt: skip
    position = {name: moment.number for moment in moments for name in moment.steps}
    chain = sorted(chain, key=lambda s: (position[names[s]], s))
    links = tuple(
        Link(names[a], names[b], _why(tables, a, b)) for a, b in pairwise(chain)
    )  # fmt: skip
    return VisitAnswer(worst, total, moments, tuple(names[s] for s in chain), links)


def _one_place(problem: VisitProblem) -> str:
    """The first place that serves all steps, if there is one and no step has its days."""
    common = [p for p in problem.steps[0].at if all(p in step.at for step in problem.steps)]
    return common[0] if common and not any(step.window for step in problem.steps) else ""


def _one_moment(problem: VisitProblem, at: str) -> VisitAnswer:
    """Everything while you wait at one place: one visit of each person; any step forces it."""
    persons = tuple(dict.fromkeys(p for step in problem.steps for p in step.who))
    names = tuple(step.name for step in problem.steps)
    first = next(step.name for step in problem.steps if step.who) if persons else ""
    chain = (first,) if first else ()
    return VisitAnswer(min(1, len(persons)), len(persons), (Moment(0, 0, at, persons, names),), chain, ())


def _tables(problem: VisitProblem) -> Tables:
    """The problem in numbers: bit masks of persons and places, and the transitive order."""
    persons = list(dict.fromkeys(p for step in problem.steps for p in step.who))
    places = list(dict.fromkeys(p for step in problem.steps for p in step.at))
    person_bit = {p: 1 << k for k, p in enumerate(persons)}
    place_bit = {p: 1 << k for k, p in enumerate(places)}
    index = {step.name: k for k, step in enumerate(problem.steps)}
    direct = [(index[o.earlier], index[o.later], o.wait) for o in problem.order]
    return Tables(
        persons=persons,
        places=places,
        who=[sum(person_bit[p] for p in set(step.who)) for step in problem.steps],
        at=[sum(place_bit[p] for p in set(step.at)) for step in problem.steps],
        window=[step.window for step in problem.steps],
        ties=Ties.closed(len(problem.steps), direct),
    )


def _chain(tables: Tables, worst: int) -> list[int]:
    """A smallest set of steps that forces the worst-off person's number.

    A person's steps of which no two can share a visit, where these are enough; else steps are left out one by one as
    long as the number stays (what is left cannot do without any of its steps).
    """
    if worst == 0:
        return []
    for k in range(len(tables.persons)):
        chain = tables.apart([s for s, who in enumerate(tables.who) if who >> k & 1])
        if len(chain) == worst:
            return chain
    kept = list(range(len(tables.who)))
    for step in range(len(tables.who)):
        fewer = [s for s in kept if s != step]
        search = Search(tables.only(fewer))
        if search.best() is not None and search.worst >= worst:
            kept = fewer
    return kept


def _why(tables: Tables, a: int, b: int) -> str:
    if tables.ties.strictly(a, b):
        return "split"
    if not tables.at[a] & tables.at[b]:
        return "place"
    first, second = tables.window[a], tables.window[b]
    if first and second and max(first[0], second[0]) > min(first[1], second[1]):
        return "window"
    return "order"
