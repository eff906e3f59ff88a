"""Boxes stand behind what they wait for, circles or not; lanes so that lines are short and lead down."""

from hypothesis import given
from hypothesis import strategies as st

from onevisit.core.drawing.columns import columns, forward, lanes

KEYS = [f"k{n}" for n in range(8)]
PAIRS = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=20)


@given(PAIRS)
def test_each_box_is_behind_all_that_it_waits_for(pairs):
    found = columns(KEYS, pairs)
    assert set(found) == set(KEYS)
    assert min(found.values()) == 0
    assert all(found[a] < found[b] for a, b in forward(pairs))


@given(PAIRS)
def test_only_what_closes_a_circle_is_left_out(pairs):
    kept = forward(pairs)
    assert [pair for pair in dict.fromkeys(pairs) if pair in kept] == kept
    for a, b in set(pairs) - set(kept):
        reached = {b}
        while more := {y for x, y in kept if x in reached} - reached:
            reached |= more
        assert a in reached


def test_what_nothing_leads_to_stands_next_to_what_waits_for_it():
    assert columns("abcx", [("a", "b"), ("b", "c"), ("x", "c")]) == {"a": 0, "b": 1, "c": 2, "x": 1}


def test_what_is_done_first_stands_on_top():
    pairs = [("hub", lane) for lane in "abcd"]
    column = {"hub": 0} | dict.fromkeys("abcd", 1)
    assert lanes([*"abcd", "hub"], pairs, column)[0] == "hub"


@given(st.permutations("abcd"))
def test_lanes_are_all_there_once(order):
    assert sorted(lanes(order, [("a", "d"), ("d", "b")], dict.fromkeys("abcd", 0))) == list("abcd")
