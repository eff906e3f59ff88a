"""The visit solver against the table of the definition, row by row."""

import pytest

from onevisit.core.planning.visits import NoArrangement, problem_to_json, solve
from tests.core.planning.problems import problem_from_json

H = ["H"]


def step(who: str, at: str = "H", window: list[int] | None = None) -> dict[str, object]:
    data: dict[str, object] = {"who": who.split(), "at": at.split()}
    return data | ({"window": window} if window else {})


TABLE = [
    ("apply, collect days later", {"a": step("x"), "c": step("x")}, [["a", "c", "split", 5]], (2, 2)),
    ("apply, collect while you wait", {"a": step("x"), "c": step("x")}, [["a", "c", "instant"]], (1, 1)),
    ("relay, days between", {"a": step("seller"), "b": step("buyer")}, [["a", "b", "split", 1]], (1, 2)),
    (
        "joint signing in the middle",
        {"a": step("seller"), "j": step("seller buyer"), "b": step("buyer")},
        [["a", "b", "split"]],
        (2, 3),
    ),
    (
        "three halls, each pair shares one",
        {"p": step("x", "H1 H2"), "q": step("x", "H2 H3"), "r": step("x", "H3 H1")},
        [],
        (2, 2),
    ),
    (
        "two halls, a circle if merged",
        {"a1": step("x"), "a2": step("x"), "b1": step("x", "G"), "b2": step("x", "G")},
        [["a1", "b1", "split", 1], ["b2", "a2", "split", 1]],
        (3, 3),
    ),
    ("windows apart", {"p": step("x", window=[1, 11]), "q": step("x", window=[20, 29])}, [], (2, 2)),
    ("windows meet", {"p": step("x", window=[1, 21]), "q": step("x", window=[20, 29])}, [], (1, 1)),
    (
        "a last day meets a wait",
        {
            "a": step("x"),
            "b": step("x", window=[21, 99]),
            "c": step("x", window=[25, 30]),
            "d": step("x", window=[20, 20]),
        },
        [["a", "b", "split", 20], ["d", "c", "split"]],
        (3, 3),
    ),
    (
        "four sign together, one collects days later",
        {"j": step("s1 s2 b1 b2"), "c": step("b1")},
        [["j", "c", "split", 3]],
        (2, 5),
    ),
    (
        "collection can wait for the last licence",
        {"c1": step("x", window=[5, 99]), "c2": step("x", window=[20, 99])},
        [],
        (1, 1),
    ),
    ("nobody in person", {}, [], (0, 0)),
]


@pytest.mark.parametrize(("steps", "order", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_table(steps: dict[str, object], order: list[object], expected: tuple[int, int]) -> None:
    answer = solve(problem_from_json({"steps": steps, "order": order}))
    assert (answer.worst, answer.total) == expected
    assert sum(len(moment.persons) for moment in answer.moments) == answer.total


def test_the_chain_names_what_forces_the_number() -> None:
    circle = TABLE[5]
    answer = solve(problem_from_json({"steps": circle[1], "order": circle[2]}))
    assert set(answer.chain) == {"a1", "a2", "b1", "b2"}
    assert {link.why for link in answer.links} >= {"place"}
    split = solve(problem_from_json({"steps": TABLE[0][1], "order": TABLE[0][2]}))
    assert split.chain == ("a", "c")
    assert [link.why for link in split.links] == ["split"]
    assert split.moments[1].day - split.moments[0].day >= 5


def test_json_goes_both_ways() -> None:
    for _, steps, order, _ in TABLE:
        problem = problem_from_json({"steps": steps, "order": order})
        assert problem_from_json(problem_to_json(problem)) == problem


def test_a_circle_has_no_arrangement() -> None:
    with pytest.raises(NoArrangement):
        solve(problem_from_json({"steps": {"a": step("x"), "b": step("x")},
                                 "order": [["a", "b", "split"], ["b", "a", "instant"]]}))  # fmt: skip
