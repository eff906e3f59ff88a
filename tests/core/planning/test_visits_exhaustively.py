"""The visit solver against a naive exhaustive search on random problems; planted faults must be found by it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from onevisit.core.planning import arranging, visits
from onevisit.core.planning.visits import NoArrangement, VisitAnswer, solve
from tests.core.planning.problems import problem_from_json
from tests.core.planning.visit_oracle import Problem, least_visits, random_problem

PROBLEMS = 2000


def problems(count: int, seed: int) -> Iterator[Problem]:
    chance = random.Random(seed)
    for number in range(count):
        yield random_problem(chance, windows=number % 5 == 0)


def answered(problem: Problem) -> tuple[int, int] | None:
    try:
        answer = solve(problem_from_json(problem))
    except NoArrangement:
        return None
    return answer.worst, answer.total


def check_arrangement(problem: Problem, answer: VisitAnswer) -> None:
    """The arrangement is legal by the definition and has as many visits as the answer says."""
    moment_of = {s: m for m in answer.moments for s in m.steps}
    assert set(moment_of) == set(problem["steps"])
    for name, step in problem["steps"].items():
        moment = moment_of[name]
        assert moment.place in step["at"]
        assert set(step["who"]) <= set(moment.persons)
        if "window" in step:
            assert step["window"][0] <= moment.day <= step["window"][1]
    for earlier, later, kind, *wait in problem["order"]:
        a, b = moment_of[earlier], moment_of[later]
        if kind == "instant":
            assert a.number <= b.number
        else:
            assert a.number < b.number
            assert a.day + (wait[0] if wait else 1) <= b.day
    for one in answer.moments:
        for other in answer.moments:
            if one.number < other.number:
                assert one.day <= other.day
            if one is not other and one.number == other.number:
                assert not set(one.persons) & set(other.persons)
    counts: dict[str, int] = {}
    for moment in answer.moments:
        for person in moment.persons:
            counts[person] = counts.get(person, 0) + 1
    assert (max(counts.values(), default=0), sum(counts.values())) == (answer.worst, answer.total)


def check_chain(problem: Problem, answer: VisitAnswer) -> None:
    """The steps of the chain alone, with the order by way of others, force the number."""
    if answer.worst < 2:
        return
    kept = set(answer.chain)
    index = {name: n for n, name in enumerate(problem["steps"])}
    names = list(index)
    direct = [(index[e[0]], index[e[1]], None if e[2] == "instant" else (e[3] if len(e) == 4 else 1))
              for e in problem["order"]]  # fmt: skip
    ties = arranging.Ties.closed(len(names), direct)
    order: list[list[Any]] = []
    for a in names:
        for b in names:
            if a in kept and b in kept and ties.after[index[a]] >> index[b] & 1:
                wait = ties.wait[index[a]].get(index[b], 0)
                order.append([a, b, "split", wait] if ties.strictly(index[a], index[b]) else [a, b, "instant"])
    forced = least_visits({"steps": {n: problem["steps"][n] for n in names if n in kept}, "order": order})
    assert forced is not None
    assert forced[0] == answer.worst


@pytest.mark.parametrize("part", range(4))
def test_exhaustive_search_agrees(part: int) -> None:
    impossible = several = 0
    for problem in problems(PROBLEMS // 4, seed=part):
        expected = least_visits(problem)
        assert answered(problem) == expected, problem
        if expected is None:
            impossible += 1
            continue
        several += expected[0] > 1
        answer = solve(problem_from_json(problem))
        check_arrangement(problem, answer)
        check_chain(problem, answer)
    assert several > PROBLEMS // 20
    assert 0 < impossible < PROBLEMS // 8


def faulty_tables(change: Callable[[arranging.Tables], arranging.Tables]) -> Callable[[Any], arranging.Tables]:
    right = visits._tables
    return lambda problem: change(right(problem))


def drop_split(monkeypatch: pytest.MonkeyPatch) -> None:
    right = arranging.Ties.closed

    def closed(size: int, direct: Any) -> arranging.Ties:
        splits = [n for n, edge in enumerate(direct) if edge[2] is not None]
        return right(size, [e for n, e in enumerate(direct) if not splits or n != splits[-1]])

    monkeypatch.setattr(arranging.Ties, "closed", closed)


def share_across_halls(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(tables: arranging.Tables) -> arranging.Tables:
        return replace(tables, at=[(1 << len(tables.places)) - 1] * len(tables.at))

    monkeypatch.setattr(visits, "_tables", faulty_tables(change))


def ignore_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "_tables", faulty_tables(lambda t: replace(t, window=[None] * len(t.window))))


def ignore_joint(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(tables: arranging.Tables) -> arranging.Tables:
        return replace(tables, who=[who & -who for who in tables.who])

    monkeypatch.setattr(visits, "_tables", faulty_tables(change))


def ignore_transitive_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(size: int, direct: Any) -> arranging.Ties:
        ties = arranging.Ties([0] * size, [0] * size, [{} for _ in range(size)])
        for a, b, wait in direct:
            ties.after[a] |= 1 << b
            ties.strict[a] |= 0 if wait is None else 1 << b
            ties.wait[a][b] = wait or 0
        return ties

    def links(self: arranging.Search, groups: list[arranging.Group]) -> Any:
        after, strict = [0] * len(groups), [0] * len(groups)
        for a, group in enumerate(groups):
            for step in arranging.bits(group.members):
                for b, other in enumerate(groups):
                    after[a] |= 1 << b if self.tables.ties.after[step] & other.members else 0
                    strict[a] |= 1 << b if self.tables.ties.strict[step] & other.members else 0
        return after, strict, []

    monkeypatch.setattr(arranging.Ties, "closed", closed)
    monkeypatch.setattr(arranging.Search, "_links", links)


FAULTS = [drop_split, share_across_halls, ignore_windows, ignore_joint, ignore_transitive_order]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_search_finds_planted_faults(fault: Callable[[pytest.MonkeyPatch], None]) -> None:
    sample = [(p, least_visits(p)) for p in problems(150, seed=99)]
    assert all(answered(p) == expected for p, expected in sample)
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        wrong = sum(_count(p) != expected for p, expected in sample)
    assert wrong > 0


def _count(problem: Problem) -> tuple[int, int] | None:
    """The number alone (a faulty solver may find no order to show)."""
    search = arranging.Search(visits._tables(problem_from_json(problem)))
    return (search.worst, search.total) if search.best() is not None else None
