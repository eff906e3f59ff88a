"""Plans of the small catalogues, by hand."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    LifeEvent,
    Mode,
    ModeKind,
    Output,
    Parameter,
    Sequence,
    Service,
    Step,
)
from onevisit.core.conditions import BadCondition, parse
from onevisit.core.facts import FactType
from onevisit.core.planning.choosing import NoPlan
from onevisit.core.planning.graph import BadEvent, Graph, compile_event
from onevisit.core.planning.guide import enumerate_guide
from onevisit.core.planning.model import Plan, Range, Truth, Unavailable
from onevisit.core.planning.plan import make_plan
from onevisit.core.text import Text
from tests.core.planning.catalogues import ASSUMED, KNOWN, READ, event, fact, need, restaurant, sale, service, steps


@pytest.fixture(scope="module")
def graph() -> Graph:
    return compile_event(restaurant(), "hash")


def planned(plan: Plan, key: str) -> Any:
    return next(p for p in plan.procedures if p.service == key)


def source(plan: Plan, key: str) -> Any:
    return next(e for e in plan.evidence if e.evidence == key)


class Weekdays:
    """Monday to Friday."""

    def add(self, day: date, days: int) -> date:
        while days:
            day += timedelta(1)
            days -= day.weekday() < 5
        return day

    def provisional(self, day: date) -> bool:
        return day.year > 2026


def test_the_whole_plan_when_everything_is_known(graph: Graph) -> None:
    plan = make_plan(graph, KNOWN)
    assert {p.service: p.status for p in plan.procedures} == {
        "business": Truth.YES,
        "food": Truth.YES,
        "small": Truth.NO,
        "fire": Truth.YES,
        "sign": Truth.YES,
        "tobacco": Truth.YES,
    }
    assert (plan.count.worst, plan.days) == (Range(0, 0), Range(11, 11))
    assert plan.critical == ("business", "food")
    assert planned(plan, "food").ordered_after == ("business",)
    assert planned(plan, "fire").waits_for == ("business",)
    assert (planned(plan, "food").begins, planned(plan, "food").ends) == (1, 11)
    assert planned(plan, "sign").begins == 1
    assert not planned(plan, "sign").critical
    assert source(plan, "business-licence").kind is AcceptKind.OUTPUT
    assert source(plan, "premises").services == ("business", "fire", "sign", "tobacco")
    assert [q.fact for q in plan.questions] == ["applicant.name"]
    assert plan.fees[0].low == plan.fees[0].high == 10
    assert "一次都不用跑" in plan.count.explanation.zh


def test_parallel_services_wait_with_their_decision_only() -> None:
    """Without an article that orders it, the later service is examined at once; only its decision waits."""
    examined = (
        Step("apply", Text("申请"), Actor.APPLICANT, modes=(Mode(ModeKind.ONLINE, ASSUMED),)),
        Step("examine", Text("审查"), Actor.AGENCY, ("apply",), most=10),
        Step("decide", Text("决定"), Actor.AGENCY, ("examine",), most=2),
    )
    takes = need("licence", Accept(AcceptKind.OUTPUT, "first-licence"))
    first = service("first", promise=8)
    parallel = event((first, service("second", steps=examined, evidence=(takes,))), ())
    ordered = event(
        (first, service("second", steps=examined, evidence=(takes,), sequences=(Sequence("first", READ),))), ()
    )
    assert make_plan(compile_event(parallel, "s"), {}).days == Range(12, 12)
    assert make_plan(compile_event(ordered, "s"), {}).days == Range(20, 20)
    plan = make_plan(compile_event(parallel, "s"), {})
    assert planned(plan, "second").begins == 0


def test_a_walk_in_gives_paper_and_comes_once(graph: Graph) -> None:
    plan = make_plan(graph, KNOWN, walk_in=True)
    assert plan.count.worst == Range(1, 1)
    assert source(plan, "layout").kind is AcceptKind.COPY
    assert {s.mode for s in plan.steps} == {ModeKind.COUNTER, ModeKind.COURIER, None}
    assert len(plan.visits) == 1
    assert len(plan.visits[0].steps) == 5
    assert (plan.visits[0].earliest_day, plan.visits[0].latest_day) == (0, 0)
    assert plan.count.explanation.zh.startswith("1 次：")


@pytest.mark.parametrize("why", list(Unavailable))
def test_a_register_that_cannot_be_used_falls_back_and_says_why(graph: Graph, why: Unavailable) -> None:
    plan = make_plan(graph, KNOWN, unavailable={"estate": why, "unknown-register": why})
    premises = source(plan, "premises")
    assert (premises.kind, premises.fallback) == (AcceptKind.UPLOAD, True)
    assert "estate" in premises.reason.zh
    assert premises.reason.en
    assert plan.unavailable == (("estate", why),)
    assert not source(plan, "id").fallback
    assert make_plan(graph, KNOWN).unavailable == ()


def test_a_need_without_any_source_is_met_by_the_applicants_own_document() -> None:
    only = need("doc", Accept(AcceptKind.RESOURCE, "estate"))
    graph = compile_event(event((service("one", evidence=(only,)),), ()), "s")
    down = {"estate": Unavailable.DOWN}
    assert source(make_plan(graph, {}, unavailable=down), "doc").kind is AcceptKind.UPLOAD
    assert source(make_plan(graph, {}, unavailable=down, walk_in=True), "doc").kind is AcceptKind.COPY


def test_a_held_licence_is_not_asked_for(graph: Graph) -> None:
    plan = make_plan(graph, KNOWN | {"matter.kind": "company"}, held=frozenset({"business-licence"}))
    assert source(plan, "business-licence").kind is AcceptKind.LICENCE
    assert planned(plan, "food").ordered_after == ()
    assert plan.days == Range(10, 10)


def test_commitments_are_offered_never_chosen(graph: Graph) -> None:
    plan = make_plan(graph, KNOWN | {"matter.small": False, "matter.sign": False, "matter.tobacco": False})
    offers = {(o.fact, o.service, o.evidence) for o in plan.offers}
    assert ("matter.fire_promise", "fire", "") in offers
    assert ("matter.layout_commitment", "food", "layout") in offers
    assert source(plan, "layout").kind is AcceptKind.UPLOAD
    assert source(plan, "layout").commitment_offered
    assert not {q.fact for q in plan.questions} & {"matter.fire_promise", "matter.layout_commitment"}
    taken = make_plan(graph, KNOWN | {"matter.layout_commitment": True, "matter.fire_promise": True})
    assert source(taken, "layout").kind is AcceptKind.COMMITMENT
    assert planned(taken, "fire").on_promise
    assert taken.offers == ()


def test_an_offer_says_how_many_days_it_saves() -> None:
    promised = service(
        "fire",
        promise=10,
        on_promise=parse("matter.promise"),
        offer_fact="matter.promise",
        offer=Text("承诺", "promise"),
    )
    graph = compile_event(event((promised,), (fact("matter.promise"),)), "s")
    plan = make_plan(graph, {})
    assert [(o.saves_days, o.saves_visits, o.service_days, o.text.zh) for o in plan.offers] == [(10, 0, 10, "承诺")]
    assert plan.days == Range(10, 10)
    assert make_plan(graph, {"matter.promise": True}).days == Range(0, 0)
    assert make_plan(graph, {"matter.promise": False}).offers == plan.offers


def test_an_offer_by_choice_is_taken_by_the_value_that_promises() -> None:
    chosen = fact("matter.way", FactType.CHOICE, "promise inspection")
    fire = service("fire", promise=10, on_promise=parse("matter.way = 'promise'"), offer_fact="matter.way")
    graph = compile_event(event((fire,), (chosen,)), "s")
    assert make_plan(graph, {}).days == Range(10, 10)
    assert make_plan(graph, {}).offers[0].saves_days == 10
    assert make_plan(graph, {"matter.way": "promise"}).days == Range(0, 0)


def test_open_facts_give_ranges_and_deciding_questions_first(graph: Graph) -> None:
    plan = make_plan(graph, {"matter.tobacco": False, "matter.small": False})
    assert planned(plan, "business").status is Truth.OPEN
    assert planned(plan, "business").decided_by == ("matter.kind",)
    assert planned(plan, "fire").because.zh == "matter.area ≥ 300"
    assert plan.days.low < plan.days.high
    asked = [q.fact for q in plan.questions]
    assert "matter.near_school" not in asked
    assert "matter.paper" not in asked
    assert [q.deciding for q in plan.questions] == sorted((q.deciding for q in plan.questions), reverse=True)
    assert next(q for q in plan.questions if q.fact == "matter.area").decides == ("fire",)
    everything = make_plan(graph, {})
    assert everything.questions[0].fact == "matter.small"
    assert everything.fees[0].low == 0
    assert everything.fees[0].high == 10
    assert "到" in everything.count.explanation.zh


def test_what_the_applicant_says_counts_even_against_a_constraint(graph: Graph) -> None:
    plan = make_plan(graph, KNOWN | {"matter.small": True})
    assert planned(plan, "small").status is Truth.YES
    assert planned(plan, "fire").status is Truth.YES


def test_facts_tied_by_a_constraint_are_asked_once() -> None:
    tied = event(
        (service("one", "matter.a"), service("two", "not matter.b")),
        (fact("matter.a"), fact("matter.b")),
        constraints=(parse("matter.a and not matter.b or matter.b and not matter.a"),),
    )
    plan = make_plan(compile_event(tied, "s"), {})
    assert [q.fact for q in plan.questions] == ["matter.a"]
    assert make_plan(compile_event(tied, "s"), {"matter.a": True}).questions == ()


def test_several_parties_sign_together_and_one_collects() -> None:
    graph = compile_event(sale(), "s")
    plan = make_plan(graph, {"seller.count": 2, "buyer.count": 2})
    assert (plan.count.worst, plan.count.total) == (Range(2, 2), Range(6, 6))
    assert plan.visits[0].persons == ("seller[1]", "seller[2]", "buyer[1]", "buyer[2]")
    assert {e.party for e in plan.evidence} == {"seller[1]", "seller[2]"}
    assert plan.count.chain[0] == "transfer.sign"
    assert "之后" in plan.count.explanation.zh
    opened = make_plan(graph, {})
    assert opened.count.total == Range(3, 9)
    assert [q.fact for q in opened.questions] == ["seller.count", "buyer.count", "buyer.name"]
    assert [q.fact for q in plan.questions] == ["buyer.name", "buyer[2].name"]


def test_an_upload_saves_the_visit_that_an_output_would_force() -> None:
    """The output makes the decision wait, so collecting becomes a second visit; an upload lets him do all at once."""
    present = (Mode(ModeKind.COUNTER, READ, ("H",)),)
    own = (
        Step("apply", Text("申请"), Actor.APPLICANT, modes=present),
        Step("decide", Text("决定"), Actor.AGENCY, ("apply",)),
        Step("collect", Text("领取"), Actor.APPLICANT, ("decide",), modes=present),
    )
    either = need("licence", Accept(AcceptKind.OUTPUT, "first-licence"), Accept(AcceptKind.UPLOAD))
    now = service("second", promise=0, steps=own, evidence=(either,))
    first = service("first", steps=(replace(steps(5)[0], modes=present), *steps(5)[1:]))
    plan = make_plan(compile_event(event((first, now), ()), "s"), {})
    assert plan.count.worst == Range(1, 1)
    assert source(plan, "licence").kind is AcceptKind.UPLOAD
    assert any("当场" in a.text.zh for a in plan.assumptions)


def test_trips_elsewhere_are_counted_apart() -> None:
    bank = (Step("sign", Text("面签"), Actor.APPLICANT, modes=(Mode(ModeKind.THIRD_PARTY, READ),)),)
    report = need("trip-report", Accept(AcceptKind.UPLOAD))
    plan = make_plan(compile_event(event((service("loan", steps=bank, evidence=(report,)),), ()), "s"), {})
    assert plan.count.worst == Range(0, 0)
    assert plan.trips == 2
    assert plan.steps[0].trip


def test_government_that_comes_makes_the_visit_itself() -> None:
    check = (Step("check", Text("核查"), Actor.APPLICANT, modes=(Mode(ModeKind.GOVERNMENT_COMES, READ),)),)
    plan = make_plan(compile_event(event((service("site", steps=check),), ()), "s"), {}, walk_in=True)
    assert plan.count.worst == Range(0, 0)
    assert plan.steps[0].note is not None


def test_a_step_only_online_is_done_at_the_counter_by_those_who_walk_in() -> None:
    online = service("one", steps=(replace(steps(1)[0], modes=(Mode(ModeKind.ONLINE, ASSUMED),)), *steps(1)[1:]))
    plan = make_plan(compile_event(event((online,), ()), "s"), {}, walk_in=True)
    assert plan.steps[0].mode is ModeKind.COUNTER
    assert plan.steps[0].places == ("H",)


def test_dates_come_from_the_calendar(graph: Graph) -> None:
    plan = make_plan(graph, KNOWN, start=date(2026, 11, 24), calendar=Weekdays())
    assert plan.dates is not None
    assert plan.dates.promised_end == date(2026, 12, 9)
    assert plan.dates.statutory_end == date(2027, 1, 19)
    assert plan.dates.provisional
    assert make_plan(graph, KNOWN, start=date(2026, 11, 24)).dates is None


def test_a_last_day_is_kept_or_there_is_no_plan() -> None:
    present = (Mode(ModeKind.COUNTER, READ, ("H",)),)

    def own(last: int) -> tuple[Step, ...]:
        collect = Step("collect", Text("领取"), Actor.APPLICANT, ("decide",), modes=present, window=(0, last))
        return (replace(steps(3)[0], modes=present), steps(3)[1], collect)

    kept = make_plan(compile_event(event((service("one", steps=own(9)),), ()), "s"), {})
    assert kept.count.worst == Range(2, 2)
    assert (kept.visits[0].latest_day, kept.visits[1].earliest_day) == (0, 3)
    with pytest.raises(NoPlan):
        make_plan(compile_event(event((service("one", steps=own(2)),), ()), "s"), {})


def test_assumptions_are_printed_with_the_plan(graph: Graph) -> None:
    plan = make_plan(graph, KNOWN)
    assert any("网上" in a.text.zh and a.service == "food" for a in plan.assumptions)
    assert all(a.text.en for a in plan.assumptions)
    assert any("消防面积" in a.text.zh for a in plan.assumptions)


def test_the_guide_of_several_people_counts_the_worst_offs_visits() -> None:
    guide = enumerate_guide(compile_event(sale(), "s"))
    assert (guide.online.worst, guide.combinations) == (2, 9)


def test_the_guide_is_a_full_enumeration(graph: Graph) -> None:
    guide = enumerate_guide(graph)
    assert guide.combinations == 3 * 2 * 2 * 2**8 * 3 // 4
    assert "穷举" in guide.method.zh
    assert (guide.online.worst, guide.walk_in.worst) == (1, 1)
    assert dict(guide.online.witness)["matter.kind"] == "sole"
    assert guide.online.chain == ("food.apply",)
    assert guide.promised_days == Range(3, 11)
    assert guide.statutory_days == Range(20, 40)
    assert guide.fees == (0, 10)
    assert any(e.evidence == "picture" and not e.always for e in guide.evidence)
    witness = make_plan(graph, dict(guide.online.witness))
    assert witness.count.worst == Range(1, 1)


def bad(**change: Any) -> LifeEvent:
    return event((service("one", **change),), (fact("matter.a"),))


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (bad(steps=(Step("a", Text("a"), Actor.AGENCY, ("b",)), Step("b", Text("b"), Actor.AGENCY, ("a",)))), "成了圈"),
        (bad(steps=(Step("a", Text("a"), Actor.AGENCY, ("z",)),)), "环节「z」不存在"),
        (bad(sequences=(Sequence("two", READ),)), "事项「two」不存在"),
        (bad(sequences=(Sequence("one", READ),)), "互相等待"),
        (bad(evidence=(need("x", role="nobody"),)), "当事人「nobody」不存在"),
        (bad(facts=("matter.z",)), "要素「matter.z」不存在"),
        (bad(offer_fact="matter.z"), "要素「matter.z」不存在"),
    ],
)
def test_a_broken_event_is_refused_with_the_reason(broken: LifeEvent, what: str) -> None:
    with pytest.raises(BadEvent, match=what):
        compile_event(broken, "s")


def test_conditions_are_checked_when_compiled() -> None:
    with pytest.raises(BadCondition, match="没有叫"):
        compile_event(bad(applies_when=parse("matter.z")), "s")
    with pytest.raises(BadCondition, match="参数"):
        compile_event(bad(applies_when=parse("matter.a = parameter.z")), "s")


def test_services_that_take_each_others_output_have_no_plan() -> None:
    def takes(own: str, other: str) -> Service:
        return service(own, evidence=(need("doc", Accept(AcceptKind.OUTPUT, f"{other}-licence")),))

    with pytest.raises(NoPlan):
        make_plan(compile_event(event((takes("a", "b"), takes("b", "a")), ()), "s"), {})


def test_a_service_without_steps_has_the_usual_ones() -> None:
    plain = service("one", promise=4, steps=(), outputs=(Output("one-licence"),))
    plan = make_plan(compile_event(event((plain,), ()), "s"), {})
    assert [s.step for s in plan.steps] == ["apply", "decide", "collect"]
    assert plan.days == Range(4, 4)


def test_an_unused_parameter_is_no_assumption() -> None:
    unused = Parameter("x", Decimal(1), Text("别的"), ASSUMED)
    plan = make_plan(compile_event(event((service("one"),), (), parameters=(unused,)), "s"), {})
    assert not any("别的" in a.text.zh for a in plan.assumptions)
