"""A naive search for the least visits, written from the definition alone: it tries every sequence of moments.

It shares no code with the solver. A sequence is built moment by moment; each moment takes any set of steps that may
stand there: steps before them by a split are done at earlier moments, steps before them by an instant edge are done or
stand there too; every person is at one place. Each moment gets the first day that its windows, its waits and the
moment before allow (nothing is gained by a later one: all that follows is only pushed back).
"""

import random
from itertools import combinations, product
from typing import Any

Problem = dict[str, Any]


def least_visits(problem: Problem) -> tuple[int, int] | None:
    """The least (worst, all); None if no arrangement is legal."""
    steps = list(problem["steps"])
    persons = sorted({p for s in steps for p in problem["steps"][s]["who"]})
    before = {s: [(e[0], e[2], e[3] if len(e) == 4 else 1) for e in problem["order"] if e[1] == s] for s in steps}
    windowed = any("window" in s for s in problem["steps"].values())
    lasts = [s["window"][1] for s in problem["steps"].values() if "window" in s]
    first_day = min([0, *lasts]) - sum(e[3] if len(e) == 4 else 1 for e in problem["order"])
    together = {frozenset(c): _at_one_place_each(problem, c) for n in range(1, len(steps) + 1)
                for c in combinations(steps, n)}  # fmt: skip
    states: dict[Any, set[tuple[int, ...]]] = {(frozenset(), first_day, ()): {(0,) * len(persons)}}
    found: list[tuple[int, int]] = [(max(v, default=0), sum(v)) for v in states[next(iter(states))] if not steps]
    while states:
        following: dict[Any, set[tuple[int, ...]]] = {}
        for (done, day, days), counts in states.items():
            day_of = dict(days)
            for group, possible in together.items():
                if not possible or group & done or not _order_holds(group, done, before):
                    continue
                at = day
                if windowed:
                    when = _day(problem, group, before, day_of, day)
                    if when is None:
                        continue
                    at = when
                there = {p for s in group for p in problem["steps"][s]["who"]}
                more = {tuple(c + (p in there) for c, p in zip(v, persons, strict=True)) for v in counts}
                now = done | group
                if len(now) == len(steps):
                    found += [(max(v, default=0), sum(v)) for v in more]
                    continue
                history = tuple(sorted({**day_of, **dict.fromkeys(group, at)}.items())) if windowed else ()
                following.setdefault((now, at, history), set()).update(more)
        states = following
    return min(found, default=None)


def _at_one_place_each(problem: Problem, group: tuple[str, ...]) -> bool:
    """Whether places can be chosen so that at this moment everybody is at one place."""
    for places in product(*(problem["steps"][s]["at"] for s in group)):
        where: dict[str, str] = {}
        pairs = [(p, place) for s, place in zip(group, places, strict=True) for p in problem["steps"][s]["who"]]
        if all(where.setdefault(p, place) == place for p, place in pairs):
            return True
    return False


def _order_holds(group: frozenset[str], done: frozenset[str], before: dict[str, list[Any]]) -> bool:
    return all(
        earlier in done or (kind == "instant" and earlier in group) for s in group for earlier, kind, _ in before[s]
    )


def _day(
    problem: Problem, group: frozenset[str], before: dict[str, list[Any]], day_of: dict[str, int], day: int
) -> int | None:
    windows = [problem["steps"][s]["window"] for s in group if "window" in problem["steps"][s]]
    waits = [day_of[e] + wait for s in group for e, kind, wait in before[s] if kind == "split"]
    at = max([day, *waits, *(w[0] for w in windows)])
    return at if all(at <= w[1] for w in windows) else None


def random_problem(chance: random.Random, *, windows: bool) -> Problem:
    """Up to 7 steps, 3 people, 3 places; the order runs along a hidden one, so that most problems have answers."""
    size = chance.choice([1, 2, 3, 4, 4, 5, 5, 6, 6, 7]) if not windows else chance.choice([2, 3, 3, 4, 4, 5, 5, 6, 7])
    people = ["x", "y", "z"][: chance.choice([1, 1, 2, 2, 3])]
    places = ["H1", "H2", "H3"][: chance.choice([1, 2, 3])]
    steps: dict[str, Any] = {}
    for n in range(size):
        who = chance.sample(people, chance.choice([1, 1, 1, min(2, len(people)), len(people)]))
        at = chance.sample(places, chance.choice([1, 1, min(2, len(places))]))
        steps[f"s{n}"] = {"who": who, "at": at}
        if windows and chance.random() < 0.6:
            first = chance.randint(0, 25)
            steps[f"s{n}"]["window"] = [first, first + chance.choice([0, 3, 10, 30])]
    hidden = chance.sample(list(steps), size)
    order: list[list[Any]] = []
    for _ in range(chance.randint(0, size + 1)):
        a, b = sorted(chance.sample(range(size), 2)) if size > 1 else (0, 0)
        if a == b:
            continue
        if chance.random() < 0.04:
            a, b = b, a
        wait = [chance.randint(1, 20)] if chance.random() < 0.7 else []
        kind = ["split", *wait] if chance.random() < 0.55 else ["instant"]
        order.append([hidden[a], hidden[b], *kind])
    return {"steps": steps, "order": order}
