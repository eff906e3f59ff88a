"""Single changes on small events: what is not there stays away, what an article orders stays."""

from dataclasses import replace
from decimal import Decimal

import pytest

from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import Accept, AcceptKind, LifeEvent, Mode, ModeKind, Output, Sequence, Service, Step
from onevisit.core.levers.applying import apply, undone
from onevisit.core.levers.lawful import EvidenceByLaw, NotOnPromise, PresenceByLaw, SequenceByLaw
from onevisit.core.levers.model import Change, ChangeKind, Estimate, Lever
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.plan import make_plan
from onevisit.core.text import Text
from tests.core.planning.catalogues import READ, event, need, service, steps

HABIT = Basis(Mark.MEMORY, note=Text("习惯", "habit"))
FREE = Estimate(Decimal(0), Text("改革办", "the office"), Text("不花钱", "nothing to pay"))
K = ChangeKind


def lever(*changes: Change, key: str = "one") -> Lever:
    return Lever(key, Text("一招", "a lever"), changes, FREE, Basis(Mark.READ, "某规定", "5"))


def only_at(place: str, basis: Basis = HABIT) -> tuple[Step, ...]:
    """Apply and fetch at one place, five days between."""
    modes = (Mode(ModeKind.COUNTER, basis, (place,)),)
    return tuple(replace(one, modes=modes) if one.modes else one for one in steps(5))


def two(**of_second: object) -> LifeEvent:
    """A licence that is fetched at H after five days and carried to the second service, at G."""
    first = service("a", steps=only_at("H"), outputs=(Output("a-licence", False),))
    more: dict[str, object] = {
        "evidence": (need("a-paper", Accept(AcceptKind.OUTPUT, "a-licence")),),
        "steps": only_at("G"),
    }
    return event((first, service("b", **(more | of_second))), ())


def visits(of: LifeEvent) -> int:
    return make_plan(compile_event(of, ""), {}).count.worst.low


def second(of: LifeEvent) -> Service:
    return of.services[1]


def test_what_is_carried_and_fetched_at_two_places_takes_four_visits_and_each_lever_saves_some():
    before = two()
    assert visits(before) == 4
    passes = lever(Change(K.TRANSFER, ("a",)))
    hall = lever(Change(K.PLACE, ("b",), places=("H",)), key="hall")
    sent = lever(Change(K.COURIER, ("a", "b")), key="sent")
    assert visits(apply(before, [passes])) == 4
    assert visits(apply(before, [passes, hall])) == 2
    assert visits(apply(before, [passes, hall, sent])) == 1


def test_services_merged_need_one_application_and_carry_nothing_between_them():
    before = two()
    merged = apply(before, [lever(Change(K.MERGE, ("a", "b")))])
    assert visits(merged) == 2  # apply for both, fetch both
    assert [one.after for one in second(merged).sequences] == ["a"]
    assert second(merged).evidence[0].when is not None
    assert apply(merged, [lever(Change(K.MERGE, ("a", "b")))]) == merged


def test_merging_gives_the_second_no_counter_that_it_did_not_have():
    online = replace(two(), services=(two().services[0], service("b", steps=steps(5)[:2])))
    apply_step = second(online).steps[0]
    only = replace(apply_step, modes=(Mode(ModeKind.ONLINE, READ),))
    online = replace(online, services=(online.services[0], replace(second(online), steps=(only,))))
    merged = apply(online, [lever(Change(K.MERGE, ("a", "b")))])
    assert [mode.kind for mode in second(merged).steps[0].modes] == [ModeKind.ONLINE]


def test_a_lever_about_what_is_not_there_leaves_the_event_as_it_is():
    before = two()
    for change in (
        Change(K.SHARE, evidence=("nothing",), ref="population"),
        Change(K.TRANSFER, ("nobody",)),
        Change(K.COURIER, ("a",), steps=("dance",)),
        Change(K.DROP_EVIDENCE, evidence=("nothing",)),
        Change(K.MERGE, ("nobody", "a")),
    ):
        assert apply(before, [lever(change)]) == before


def test_an_evidence_without_article_is_dropped_and_one_with_an_article_is_not():
    habit = replace(need("neighbours", Accept(AcceptKind.ORIGINAL)), basis=HABIT)
    asked = two(evidence=(habit, need("identity", Accept(AcceptKind.ORIGINAL))))
    dropped = apply(asked, [lever(Change(K.DROP_EVIDENCE, evidence=("neighbours",)))])
    assert [one.evidence for one in second(dropped).evidence] == ["identity"]
    with pytest.raises(EvidenceByLaw) as refused:
        apply(asked, [lever(Change(K.DROP_EVIDENCE, evidence=("identity",)))])
    assert refused.value.code == "evidence-by-law"
    assert str(refused.value) == (
        "“一招”不能做：材料“identity”有法律依据（《law》第 1 条），不能取消。请改为数据共享，或者认电子证照。"
    )


def test_a_wait_without_article_is_dropped_and_one_with_an_article_is_not():
    habit = two(evidence=(), sequences=(Sequence("a", HABIT),))
    assert second(apply(habit, [lever(Change(K.PARALLEL, ("b",)))])).sequences == ()
    ordered = two(evidence=(), sequences=(Sequence("a", READ),))
    with pytest.raises(SequenceByLaw, match="依法要等前一事项办完（《law》第 1 条）"):
        apply(ordered, [lever(Change(K.PARALLEL, ("b",)))])


def test_presence_that_an_article_demands_is_not_replaced_and_a_habit_is():
    demanded = two(steps=only_at("G", READ))
    with pytest.raises(PresenceByLaw):
        apply(demanded, [lever(Change(K.E_SIGNATURE, ("b",), ("apply",)))])
    choice = Basis(Mark.READ, "浙江省保障“最多跑一次”改革规定", "6")
    for basis in (HABIT, choice):
        free = two(steps=only_at("G", basis))
        signed = apply(free, [lever(Change(K.E_SIGNATURE, ("b",), ("apply",)))])
        assert [mode.kind for mode in second(signed).steps[0].modes] == [ModeKind.ONLINE, ModeKind.COUNTER]


def test_what_touches_health_or_safety_is_not_granted_on_a_promise():
    change = Change(K.APPROVAL_ON_PROMISE, ("b",), ref="matter.promise", offer=Text("承诺", "a promise"))
    assert second(apply(two(), [lever(change)])).offer_fact == "matter.promise"
    with pytest.raises(NotOnPromise, match="不适用告知承诺"):
        apply(two(excluded_from_promise=READ), [lever(change)])


def test_undone_and_done_again_the_visits_are_the_same():
    easy = event((service("a"), service("b")), ())
    assert visits(easy) == 0
    changes = (
        Change(K.PRESENCE_ONLY),
        Change(K.AT_HALL, ("b",), places=("G",)),
        Change(K.LENGTHEN, ("a", "b"), days=9),
    )
    before = undone(easy, changes, HABIT)
    assert visits(before) == 4
    assert all(mode.basis == HABIT for one in before.services for step in one.steps for mode in step.modes)
    back = lever(Change(K.E_SIGNATURE, ("a", "b")), Change(K.COURIER, ("a", "b")), Change(K.SHORTEN, ("a", "b")))
    assert visits(apply(before, [back])) == 0


def test_a_promise_is_never_longer_than_the_acts_that_it_holds():
    shorter = apply(two(), [lever(Change(K.SHORTEN, ("b",), days=2))])
    assert second(shorter).promise.amount == 2
    assert apply(two(), [lever(Change(K.SHORTEN, ("b",), days=30))]) == two()
