"""What pages show, from plans of the real content."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from onevisit.catalogue.load import read_content
from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import AcceptKind
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.model import Range, Unavailable
from onevisit.core.planning.plan import make_plan
from onevisit.portal.show import planned
from onevisit.portal.show.drawing import drawing_of
from onevisit.portal.show.words import article_words, basis_words, days_words, yuan

CONTENT = read_content(Path(__file__).resolve().parents[3] / "content")
EVENT = CONTENT.events["open-restaurant"]
GRAPH = compile_event(EVENT, "s" * 64)
BIG = {"matter.kind": "new_sole", "matter.area": Decimal(400), "matter.sign": "large", "matter.tobacco": True}
START = date(2026, 11, 28)  # a Saturday


def test_drawing_has_a_lane_an_agency_and_a_bar_a_procedure():
    drawing = drawing_of(make_plan(GRAPH, BIG), EVENT, start=START, calendar=CONTENT.calendar)
    assert drawing is not None
    assert len(drawing.lanes) == 4 and len(drawing.bars) == 5
    assert drawing.dates[0] == ("11月30日", "周一"), "work begins on a working day"
    assert {link.source for link in drawing.links} == {"sole-trader-registration"}
    assert [act.icon for act in drawing.acts] == ["phone", "licence"]
    assert "您跑 0 次" in drawing.summary


def test_a_walk_in_sees_where_to_go():
    drawing = drawing_of(make_plan(GRAPH, BIG, walk_in=True), EVENT, start=START, calendar=CONTENT.calendar)
    assert drawing is not None
    visit = next(act for act in drawing.acts if act.visit)
    assert "德清县行政服务中心" in visit.title and visit.bars


def test_nothing_is_drawn_while_nothing_is_certain():
    assert drawing_of(make_plan(GRAPH, {}), EVENT, start=START, calendar=CONTENT.calendar) is None


def test_papers_fall_into_three_groups_and_say_why_one_is_not_fetched():
    plan = make_plan(GRAPH, BIG, unavailable={"population": Unavailable.DOWN})
    groups = planned.papers(plan, EVENT)
    up = {paper.name: paper for paper in groups["up"]}
    assert "连不上" in up["经营者身份证明"].note
    assert up["经营者身份证明"].note.endswith("请您自己提供。由公安局出具。")
    assert any(paper.chip == "plan" for paper in groups["gov"])
    assert groups["show"] == []
    assert any("人口库" in line for line in planned.notices(plan, EVENT))


def test_reasons_name_what_is_needed_open_and_not_needed():
    reasons = planned.reasons(make_plan(GRAPH, {"matter.area": Decimal(30)}), EVENT)
    by_name = {reason.name: reason for reason in reasons}
    assert by_name["小餐饮店登记"].status == "yes"
    assert by_name["食品经营许可"].status == "no" and "50" in by_name["食品经营许可"].because
    assert by_name["烟草专卖零售许可"].facts == ("卖卷烟",)
    assert [r.status for r in reasons] == sorted((r.status for r in reasons), key=["yes", "open", "no"].index)


def test_a_commitment_is_offered_with_what_it_saves_and_can_be_taken_back():
    offered = planned.offers(make_plan(GRAPH, BIG), EVENT)
    assert offered[0].fact == "matter.fire_promise" and "快" in offered[0].saves and offered[0].value == "true"
    facts = {**BIG, "matter.fire_promise": True}
    assert planned.offers(make_plan(GRAPH, facts), EVENT) == []
    assert planned.taken(EVENT, sorted(GRAPH.commitments), facts)[0].value == "false"


def test_dates_and_head():
    plan = make_plan(GRAPH, BIG)
    when = planned.when(plan, start=START, calendar=CONTENT.calendar)
    assert when.end == CONTENT.calendar.add(date(2026, 11, 30), plan.days.high), "begun on the next working day"
    assert planned.head(plan) == "一次都不用跑"
    assert planned.head(make_plan(GRAPH, BIG, walk_in=True)) == "跑 1 次就办好"
    assert planned.fees_total(plan.fees) == "不收费" and planned.fees_by_payee(plan.fees) == []


@pytest.mark.parametrize(
    ("article", "words"),
    [("32", "第32条"), ("32(1)(4)", "第32条第1款第4项"), ("12(1)", "第12条第1款"), ("16、19", "第16、19条"), ("", "")],
)
def test_articles_are_read_aloud(article, words):
    assert article_words(article) == words


def test_small_words():
    basis = Basis(Mark.READ, "消防法", "15")
    assert basis_words((basis, basis, Basis(Mark.ASSUMED))) == "消防法第15条"
    assert yuan(Decimal(0), Decimal(0)) == "不收费" and yuan(Decimal("10.5"), Decimal(20)) == "10.50–20 元"
    assert days_words(Range(0, 0)) == "当场" and days_words(Range(0, 3)) == "当场到 3 个工作日"
    assert Period(2, Unit.MONTH, basis).words.zh == "2 个月" and Period(0, Unit.DAY, basis).words.zh == "当场"
    assert AcceptKind.UPLOAD in planned._CHIPS
