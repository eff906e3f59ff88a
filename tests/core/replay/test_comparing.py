"""One applicant by two catalogues: by examples, and against what the planner says of each of them alone."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from onevisit.core.catalogue import Accept, LifeEvent
from onevisit.core.conditions import parse
from onevisit.core.facts import FactType, Option
from onevisit.core.parties import is_there, those_there
from onevisit.core.planning.choosing import NoPlan
from onevisit.core.planning.model import Range, Truth, Unavailable
from onevisit.core.planning.options import Context
from onevisit.core.planning.plan import make_plan
from onevisit.core.replay import pairs
from onevisit.core.replay.comparing import Difference, Verdict, compare
from onevisit.core.replay.pairs import NobodyDrawn, Pair, drawn, fitting, in_words, known_to_one, pair_of
from onevisit.core.text import Text
from tests.core.planning.catalogues import KNOWN, K, fact, need, restaurant, sale, service, steps
from tests.core.planning.random_catalogues import random_event

ONLINE, WALKS_IN = Context(), Context(walk_in=True)


def changed(event: LifeEvent, key: str, **fields: Any) -> LifeEvent:
    """The event with some fields of one service changed."""
    services = tuple(replace(own, **fields) if own.key == key else own for own in event.services)
    return replace(event, services=services)


def compared(draft: LifeEvent, facts: dict[str, Any], context: Context = ONLINE) -> Difference:
    found = compare(pair_of(restaurant(), draft), facts, context)
    assert found is not None
    return found


def test_a_draft_that_drops_an_evidence() -> None:
    food = next(own for own in restaurant().services if own.key == "food")
    draft = changed(restaurant(), "food", evidence=tuple(e for e in food.evidence if e.evidence != "layout"))
    fire = compared(draft, KNOWN)
    assert fire.verdict is Verdict.SAME, "the fire check still asks for the same drawing"
    small = compared(draft, KNOWN | {"matter.area": Decimal(200)})
    assert small.verdict is Verdict.BETTER
    assert (small.before.low.uploads, small.after.low.uploads) == (2, 1)
    assert small.before.low.days == small.after.low.days
    walks = compared(draft, KNOWN | {"matter.area": Decimal(200)}, WALKS_IN)
    assert walks.before.low.copies - walks.after.low.copies == 1


def test_a_draft_that_moves_a_service_to_another_hall() -> None:
    draft = changed(restaurant(), "sign", steps=steps(5, counter="G"))
    walks = compared(draft, KNOWN, WALKS_IN)
    assert walks.verdict is Verdict.WORSE
    assert (walks.before.low.visits, walks.after.low.visits) == (1, 2)
    assert compared(draft, KNOWN).verdict is Verdict.SAME, "who does it online goes to no hall"
    assert compared(draft, KNOWN | {"matter.sign": False}, WALKS_IN).verdict is Verdict.SAME


def test_a_draft_that_adds_a_condition_asks_what_nobody_said() -> None:
    tobacco = changed(
        restaurant(), "tobacco", applies_when=parse("matter.tobacco and not matter.near_school and matter.new")
    )
    draft = replace(tobacco, facts=(*tobacco.facts, fact("matter.new")))
    one = compared(draft, KNOWN | {"matter.kind": "sole", "matter.small": True, "matter.area": Decimal(200)})
    assert (one.verdict, one.missing) == (Verdict.OPEN, ("matter.new",))
    assert (one.before.low.days, one.after.low.days, one.after.high.days) == (8, 5, 8)
    assert (one.gained, one.lost) == ((), ()), "the tobacco licence may be needed still"
    load = next(load for load in one.after.loads if load.service == "tobacco")
    assert (load.procedures, load.days) == (Range(0, 1), Range(0, 8))
    assert one.before.low == one.before.high
    none = compared(draft, KNOWN | {"matter.tobacco": False})
    assert (none.verdict, none.missing) == (Verdict.SAME, ()), "it decides nothing for him"
    assert none.after.low.questions == none.before.low.questions + 1


def test_a_service_gained_and_its_days() -> None:
    draft = restaurant()
    draft = replace(draft, services=(*draft.services, service("noise", "matter.sign", 30)))
    one = compared(draft, KNOWN)
    assert (one.verdict, one.gained, one.lost) == (Verdict.WORSE, ("noise",), ())
    assert (one.before.low.days, one.after.low.days) == (11, 30)
    back = compare(pair_of(draft, restaurant()), KNOWN, ONLINE)
    assert back is not None
    assert (back.verdict, back.gained, back.lost) == (Verdict.BETTER, (), ("noise",))


def test_visits_count_before_days_and_days_before_evidence() -> None:
    longer = changed(restaurant(), "food", steps=steps(20))
    assert compared(longer, KNOWN).verdict is Verdict.WORSE
    closer = changed(changed(restaurant(), "sign", steps=steps(40)), "food", evidence=())
    assert compared(closer, KNOWN).verdict is Verdict.WORSE, "fewer papers do not make up for more days"


def test_registers_and_licences_count_for_both_as_they_were() -> None:
    down = Context(unavailable=(("estate", Unavailable.ABSENT),))
    one = compared(restaurant(), KNOWN, down)
    assert one.verdict is Verdict.SAME
    assert one.before.low.uploads == compared(restaurant(), KNOWN).before.low.uploads + 1
    sign = next(own for own in restaurant().services if own.key == "sign")
    draft = changed(restaurant(), "sign", evidence=(need("business-licence", Accept(K.UPLOAD)), *sign.evidence[1:]))
    sole = KNOWN | {"matter.kind": "sole"}
    assert compared(draft, sole, Context(held=frozenset({"business-licence"}))).verdict is Verdict.WORSE


def test_an_option_that_the_draft_has_not_is_open_there() -> None:
    facts = tuple(
        replace(f, options=(*f.options, Option("club", Text("club")))) if f.key == "matter.kind" else f
        for f in restaurant().facts
    )
    before = replace(restaurant(), facts=facts)
    pair = pair_of(before, restaurant())
    assert known_to_one(pair) == {"matter.kind": ("club",)}
    assert "matter.kind" not in fitting(pair.after, {"matter.kind": "club"})
    one = compare(pair, KNOWN | {"matter.kind": "club"}, ONLINE)
    assert one is not None
    assert "matter.kind" in one.missing
    picked = random.Random(1).randrange
    assert {drawn(pair, picked)["matter.kind"] for _ in range(50)} == {"new", "sole", "company"}


def test_too_many_answers_are_missing() -> None:
    assert compare(pair_of(restaurant(), restaurant()), {}, ONLINE) is None


@pytest.mark.parametrize("seed", range(40))
def test_a_draft_equal_to_what_is_in_force_changes_nothing(seed: int) -> None:
    """Whoever applies, also with answers missing."""
    chance = random.Random(seed)
    event = random_event(chance, conditional=True)
    pair = pair_of(event, event)
    for _ in range(20):
        facts = drawn(pair, chance.randrange)
        facts = {key: value for key, value in facts.items() if chance.random() < 0.8}
        one = compare(pair, facts, Context(walk_in=chance.random() < 0.5))
        assert one is not None
        assert (one.verdict, one.before, one.gained, one.lost) == (Verdict.SAME, one.after, (), ())


@pytest.mark.parametrize("seed", range(40))
def test_each_side_is_what_the_planner_says(seed: int) -> None:
    """The numbers of both sides, also as ranges, are those of the plans that applicants see."""
    chance = random.Random(seed)
    pair = pair_of(random_event(chance, conditional=True), random_event(chance, conditional=True))
    for _ in range(10):
        try:
            facts = drawn(pair, chance.randrange)
        except NobodyDrawn:
            return
        facts = {key: value for key, value in facts.items() if chance.random() < 0.7}
        walk_in = chance.random() < 0.5
        try:
            one = compare(pair, facts, Context(walk_in=walk_in))
        except NoPlan:  # two of its services wait for each other: a draft like that cannot be published
            continue
        assert one is not None
        for graph, found in ((pair.before, one.before), (pair.after, one.after)):
            plan = make_plan(graph, fitting(graph, facts), walk_in=walk_in)
            assert plan.count.worst == Range(found.low.visits, found.high.visits)
            assert plan.count.total == Range(found.low.all_visits, found.high.all_visits)
            assert plan.days == Range(found.low.days, found.high.days)
            needed = {p.service for p in plan.procedures if p.status is Truth.YES}
            assert needed == {load.service for load in found.loads if load.procedures.low}
            ever = {p.service for p in plan.procedures if p.status is not Truth.NO}
            assert ever == {load.service for load in found.loads}


def test_applicants_are_drawn_within_the_constraints_of_both() -> None:
    draft = replace(restaurant(), constraints=(parse("not matter.small or matter.area < 100"),))
    pair = pair_of(restaurant(), draft)
    people = [drawn(pair, random.Random(n).randrange) for n in range(300)]
    assert all(not one["matter.small"] or one["matter.area"] < 100 for one in people)
    assert {one["matter.kind"] for one in people} == {"new", "sole", "company"}
    assert {one["matter.fire_promise"] for one in people} == {True, False}, "offers are taken too"
    assert drawn(pair, random.Random(7).randrange) == people[7]
    nobody = replace(restaurant(), constraints=(parse("matter.small and not matter.small"),))
    with pytest.raises(NobodyDrawn):
        drawn(pair_of(restaurant(), nobody), random.Random(1).randrange)


def test_parties_are_drawn_too() -> None:
    people = [drawn(pair_of(sale(), sale()), random.Random(n).randrange) for n in range(60)]
    assert {(one["seller.count"], one["buyer.count"]) for one in people} == {
        (s, b) for s in (1, 2, 3) for b in (1, 2, 3)
    }


def test_who_is_there_is_said_alike_of_one_fact_and_of_all() -> None:
    event = sale()
    keys = [f"{role}[{n}].name" for role in ("seller", "buyer") for n in (1, 2, 3)]
    keys += ["seller.name", "seller.count", "matter.x", "someone.name"]
    for number in (0, 1, 2, 3):
        facts = {"seller.count": number, "buyer.count": 2} if number else {}
        assert those_there(event, keys, facts) == {key for key in keys if is_there(event, key, facts)}


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST_STATES", 20)
    small, large = pair_of(restaurant(), restaurant()), pair_of(restaurant(), restaurant())
    chance = random.Random(3)
    people = [drawn(small, chance.randrange) for _ in range(200)]
    found = [compare(small, one, ONLINE) for one in people]
    assert sum(len(table.states) for table in (*small.before.tables, *small.after.tables)) < 60
    monkeypatch.setattr(pairs, "MOST_STATES", 10_000)
    assert found == [compare(large, one, ONLINE) for one in people]


def test_answers_in_words_are_no_finer_than_the_conditions() -> None:
    pair = pair_of(restaurant(), changed(restaurant(), "sign", applies_when=parse("matter.area > 100")))
    words = {label.zh: value.zh for label, value in in_words(pair, KNOWN | {"matter.area": Decimal("217.5")})}
    assert words["matter.area"] == "> 100，< 300"
    assert words["matter.tobacco"] == "是"
    assert "applicant.name" not in words


def test_dates_numbers_and_texts_in_words() -> None:
    facts = (fact("matter.day", FactType.DATE), fact("matter.n", FactType.INTEGER), fact("matter.town", FactType.TEXT))
    one = service("one", "matter.day >= '2026-01-01' and matter.n = 3 and matter.town = 'A'")
    pair: Pair = pair_of(*[replace(restaurant(), facts=facts, services=(one,), constraints=())] * 2)
    said = {
        label.zh: value.zh
        for label, value in in_words(pair, {"matter.day": date(2025, 5, 5), "matter.n": 3, "matter.town": "else"})
    }
    assert said == {"matter.day": "< 2026年1月1日", "matter.n": "3", "matter.town": "其他"}
