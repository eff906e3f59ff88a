"""Tallies: the sum of their parts, whatever the parts; and the diff of the proofs."""

import random
from dataclasses import replace

from onevisit.core.planning.options import Context
from onevisit.core.proving.proof import prove
from onevisit.core.replay.comparing import Difference, Numbers, Verdict, compare
from onevisit.core.replay.pairs import drawn, in_words, pair_of
from onevisit.core.replay.proofs import diff_of_proofs
from onevisit.core.replay.tally import EXAMPLES, OPEN, SPREAD, Example, Tally
from tests.core.planning.catalogues import restaurant, service, steps

DRAFT = replace(
    restaurant(), services=(*restaurant().services[:-1], service("noise", "matter.sign and matter.area > 50", 7))
)
PAIR = pair_of(restaurant(), DRAFT)


def some(number: int) -> list[tuple[dict[str, object], Difference]]:
    found = []
    for n in range(number):
        chance = random.Random(n)
        facts = drawn(PAIR, chance.randrange)
        if n % 7 == 0:
            facts.pop("matter.sign")
        one = compare(PAIR, facts, Context(walk_in=n % 2 == 1))
        assert one is not None
        found.append((facts, one))
    return found


def tallied(people: list[tuple[dict[str, object], Difference]], first: int = 0) -> Tally:
    tally = Tally()
    for place, (facts, one) in enumerate(people, first):
        if tally.wants(one):
            tally.show(Example(place, False, in_words(PAIR, facts), one))
        tally.add(one)
    return tally


def test_totals_are_the_naive_sums() -> None:
    people = some(200)
    tally = tallied(people)
    differences = [one for _, one in people]
    assert (tally.applicants, tally.too_open) == (200, 0)
    assert {v: tally.verdicts[v] for v in Verdict} == {v: sum(d.verdict is v for d in differences) for v in Verdict}
    assert min(tally.verdicts.values()) > 0
    for n in range(len(Numbers._fields)):
        assert tally.before.low[n] == sum(d.before.low[n] for d in differences)
        assert tally.after.high[n] == sum(d.after.high[n] for d in differences)
    loads = [load for d in differences for load in d.after.loads if load.agency == "noise-agency"]
    sums = [sum(load.procedures.low for load in loads), sum(load.procedures.high for load in loads)]
    assert tally.after.agencies["noise-agency"] == [*sums, *(7 * n for n in sums)]
    assert "noise-agency" not in tally.before.agencies
    assert tally.gained["noise"] == sum("noise" in d.gained for d in differences)
    assert tally.lost["tobacco"] == sum("tobacco" in d.lost for d in differences)
    assert tally.undecided == sum(bool(d.missing) for d in differences) == tally.missing["matter.sign"]


def test_parts_merge_in_any_order_to_the_whole() -> None:
    people = some(150)
    whole = tallied(people)
    parts = [tallied(people[n : n + 25], n) for n in range(0, 150, 25)]
    for order in (parts, parts[::-1], parts[3:] + parts[:3]):
        merged = Tally()
        for part in order:
            merged.merge(part)
        assert merged == whole
    assert all(len(examples) <= EXAMPLES for examples in whole.examples.values())
    unchanged = [one for one in whole.examples[Verdict.SAME] if one.difference.before == one.difference.after]
    assert len(unchanged) <= 1, "of those for whom nothing changes one is enough"


def test_what_is_too_open_is_counted_apart() -> None:
    tally = Tally()
    tally.add(None)
    assert not tally.wants(None)
    assert (tally.applicants, tally.too_open, sum(tally.before.low)) == (0, 1, 0)


def test_how_many_have_how_much_adds_up() -> None:
    people = some(200)
    tally = tallied(people)
    for total, side in ((tally.before, "before"), (tally.after, "after")):
        for name in SPREAD:
            assert total.spread[name].total() == 200
        for much, number in total.spread["visits"].items():
            figures = [getattr(d, side) for _, d in people]
            exact = [one.low.visits for one in figures if one.low.visits == one.high.visits]
            assert number == (200 - len(exact) if much == OPEN else exact.count(much))


def test_proofs_differ_where_the_catalogues_do() -> None:
    before, after = prove(PAIR.before), prove(PAIR.after)
    assert diff_of_proofs(before, before) == ()
    lines = diff_of_proofs(before, after)
    assert {line.key for line in lines} == {"assumptions"}
    assert all((line.before.zh == "") != (line.after.zh == "") for line in lines)
    at_the_window = service("noise", "matter.sign", 7, steps=steps(7, courier=False, online=False))
    worse = prove(pair_of(restaurant(), replace(restaurant(), services=(*DRAFT.services[:-1], at_the_window))).after)
    told = {line.key: (line.before.zh, line.after.zh) for line in diff_of_proofs(before, worse)}
    assert told["online"] == (f"{before.channels[0].worst}，已证明", f"{worse.channels[0].worst}，已证明")
    assert worse.channels[0].worst > before.channels[0].worst
    assert told["online_why"] == (before.channels[0].explanation.zh, worse.channels[0].explanation.zh)
    channel = replace(worse.channels[0], proved=False)
    doubtful = replace(worse, channels=(channel, worse.channels[1]))
    (line, _) = diff_of_proofs(worse, doubtful)
    assert line.after.zh == f"看到的最多 {channel.worst}，没有证明"
