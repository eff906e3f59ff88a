"""Completeness: one notice per case, and what the law makes of silence."""

from datetime import UTC, date, datetime

import pytest

from onevisit.cases.actions import accept, grant, not_accept, refuse, report_missing, settle_due
from onevisit.cases.actions.supplement import supplement
from onevisit.cases.errors import (
    AcceptedBySilence,
    AlreadyTold,
    AnswersRefused,
    CompetentMissing,
    FromGovernment,
    GroundMissing,
    IdentityIsKnown,
    NothingMissing,
    NothingToSupply,
    NotOfThisService,
    ReasonsMissing,
    StillAwaited,
    TooLong,
)
from onevisit.cases.models import CorrectionItem, CorrectionNotice, Decision
from onevisit.cases.queries import case as case_view
from onevisit.cases.queries import cases_of, verify, work
from onevisit.cases.values import MissingInput
from onevisit.core.law.procedure import Check, NotLawful, State
from onevisit.notices.models import Notice
from onevisit.notices.queries import of_case as notices_of
from tests.cases.procedures.conftest import APPLICANT, later, officer

LAYOUT = [MissingInput("layout", "", "平面图看不清，请重拍")]
LAST_DAY = datetime(2026, 12, 1, 1, 30, tzinfo=UTC)  # fifth working day after 24 November
LAST_EVENING = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)  # 17:00 in China
DAY_AFTER = datetime(2026, 12, 1, 16, 30, tzinfo=UTC)  # 00:30 of 2 December in China


def says(case, service, items, now):
    report_missing(case.ids[service], items, by=officer(service), now=now)


def told(case):
    return CorrectionNotice.objects.filter(pk=case.case.pk).first()


def kinds(case):
    return [notice.kind for notice in notices_of(case.case.pk)]


def test_the_notice_goes_out_when_all_have_checked(submit, now):
    case = submit("food", "fire", "tax", "sign")
    says(case, "food", LAYOUT, now)
    assert told(case) is None
    says(case, "fire", [MissingInput("", "matter.area", "请填使用面积"), *LAYOUT], now)
    assert told(case) is None
    accept(case.ids["tax"], by=officer("tax"), now=later(now, days=1))
    assert told(case).due == date(2026, 12, 9)
    assert kinds(case) == ["acceptance", "correction"]
    assert case.kinds()[-1] == "case.correction_told"
    assert settle_due(later(now, days=2)) == 0


def test_nobody_is_asked_for_what_government_issues(submit, now):
    case = submit("business", "food")
    with pytest.raises(FromGovernment):
        says(case, "food", [MissingInput("business-licence", "", "请交执照复印件")], now)
    assert not CorrectionItem.objects.exists()


def test_serial_procedures_are_checked_at_submission_too(submit, now):
    case = submit("business", "tobacco")
    accept(case.ids["business"], by=officer("business"), now=now)
    says(case, "tobacco", [MissingInput("", "matter.name", "缺")], now)
    assert told(case) is not None
    assert case.state("tobacco") is State.WAITING
    grant(case.ids["business"], "k", by=officer("business"), now=now)
    assert case.state("tobacco") is State.RECEIVED  # its clock does not run: it is not complete
    assert case.row("tobacco").completeness == Check.MISSING


def test_what_officers_may_ask_for(submit, now):
    case = submit("food", "tax")
    with pytest.raises(NothingMissing):
        says(case, "food", [], now)
    with pytest.raises(NothingMissing):
        says(case, "food", [MissingInput("layout", "", " ")], now)
    with pytest.raises(TooLong):
        says(case, "food", [MissingInput("layout", "", "长" * 501)], now)
    with pytest.raises(NotOfThisService, match="手机号"):
        says(case, "food", [MissingInput("", "applicant.phone", "请填")], now)
    assert CorrectionItem.objects.count() == 0


def test_who_the_applicant_is_cannot_be_asked_for_again(submit, now):
    case = submit("food", "tax", number="S4")
    with pytest.raises(IdentityIsKnown, match="姓名"):
        says(case, "food", [*LAYOUT, MissingInput("", "applicant.name", "请填真实姓名")], now)
    assert CorrectionItem.objects.count() == 0
    assert [one.key for one in work(case.ids["food"], by=officer("food"), now=now).facts if one.identity] == [
        "applicant.name"
    ]


def test_who_the_applicant_is_cannot_be_typed_over(submit, now):
    case = submit("food", number="S4")
    says(case, "food", [MissingInput("", "matter.name", "店名不对")], now)
    CorrectionItem.objects.update(fact="applicant.name")  # asked for before that was refused
    with pytest.raises(AnswersRefused) as refused:
        supplement("S4", {"applicant.name": "别人"}, {}, by=APPLICANT, now=now)
    assert "账号" in refused.value.errors["applicant.name"].zh
    case.case.refresh_from_db()
    assert case.case.facts["applicant.name"] == "王小满"
    supplement("S4", {"applicant.name": "王小满"}, {}, by=APPLICANT, now=now)  # he may confirm it
    case.case.refresh_from_db()
    assert (case.case.facts["applicant.name"], case.case.sources["applicant.name"]) == ("王小满", "population")


def test_never_a_second_notice(submit, now):
    case = submit("food", "fire", "tax")
    says(case, "food", LAYOUT, now)
    with pytest.raises(StillAwaited):
        says(case, "food", LAYOUT, now)
    accept(case.ids["fire"], by=officer("fire"), now=now)
    assert settle_due(LAST_DAY) == 0  # not before five in the afternoon
    assert settle_due(LAST_EVENING) == 1
    assert told(case).issued_at == LAST_EVENING
    with pytest.raises(AlreadyTold):
        says(case, "tax", LAYOUT, LAST_EVENING)
    assert settle_due(DAY_AFTER) == 1  # tax never spoke
    assert case.state("tax") is State.ACCEPTED
    assert CorrectionNotice.objects.count() == 1
    assert kinds(case).count("correction") == 1


def test_a_silent_agency_has_accepted_from_receipt(submit, now):
    case = submit("labour", "tax")
    assert settle_due(LAST_EVENING) == 0
    with pytest.raises(AcceptedBySilence):
        says(case, "labour", LAYOUT, DAY_AFTER)
    assert settle_due(DAY_AFTER) == 1
    assert settle_due(DAY_AFTER) == 0
    row = case.row("labour")
    assert (row.state, row.accepted_at) == (State.ACCEPTED, now)
    assert row.due == date(2026, 12, 1)  # five working days from the receipt, so overdue the day after
    entry = case.case.entries.filter(kind="procedure.accepted_by_silence").first()
    assert "32(1)(4)" in entry.body
    assert case.kinds().count("procedure.accepted_by_silence") == 2
    assert kinds(case) == ["acceptance", "acceptance"]
    assert verify(case.case.number) == []


def dead_over_the_deadline(submit, now, *others):
    """One agency missed something in time; no worker was there to tell it."""
    case = submit("fire", *others, number="D1")
    says(case, "fire", [MissingInput("", "matter.area", "面积不对")], now)
    return case


def test_what_was_not_told_in_time_is_accepted_from_receipt(submit, now):
    case = dead_over_the_deadline(submit, now, "labour", "tax")
    accept(case.ids["labour"], by=officer("labour"), now=now)
    with pytest.raises(AcceptedBySilence):
        accept(case.ids["fire"], by=officer("fire"), now=DAY_AFTER)
    before = work(case.ids["fire"], by=officer("fire"), now=DAY_AFTER)
    assert (before.can, "依法" in before.cannot_why.zh, len(before.missing)) == ((), True, 1)
    assert "视为受理" in before.procedure.next_action.zh
    assert settle_due(DAY_AFTER) == 1
    assert (told(case), kinds(case)) == (None, ["acceptance", "acceptance", "acceptance"])
    assert (case.state("fire"), case.row("fire").accepted_at) == (State.ACCEPTED, now)
    assert "32(1)(4)" in case.case.entries.filter(kind="procedure.accepted_by_silence").first().body
    assert case.row("tax").accepted_at == now
    assert work(case.ids["fire"], by=officer("fire"), now=DAY_AFTER).missing == ()
    assert case_view("D1", by=APPLICANT, now=DAY_AFTER).correction is None
    assert settle_due(DAY_AFTER) == 0
    with pytest.raises(NothingToSupply):
        supplement("D1", {"matter.area": "90"}, {}, by=APPLICANT, now=DAY_AFTER)
    assert verify("D1") == []


def test_no_other_act_sends_the_notice_too_late(submit, now):
    case = dead_over_the_deadline(submit, now, "business", "tobacco")
    accept(case.ids["business"], by=officer("business"), now=now)
    refuse(case.ids["business"], "不符合条件", "", "k", by=officer("business"), now=DAY_AFTER)
    assert case.state("tobacco") is State.NOT_RECEIVED  # the last one that had not been checked
    assert told(case) is None
    assert settle_due(DAY_AFTER) == 1
    assert (told(case), case.state("fire")) == (None, State.ACCEPTED)


def test_the_notice_still_goes_out_on_the_last_evening(submit, now):
    case = dead_over_the_deadline(submit, now, "tax")
    assert settle_due(datetime(2026, 12, 1, 15, 59, tzinfo=UTC)) == 1  # a minute before midnight in China
    assert told(case) is not None
    assert settle_due(DAY_AFTER) == 1
    assert (case.state("fire"), case.state("tax")) == (State.RECEIVED, State.ACCEPTED)


def test_a_serial_procedure_that_was_not_told_counts_as_complete(submit, now):
    case = submit("business", "tobacco")
    says(case, "tobacco", [MissingInput("", "matter.name", "缺")], now)
    assert settle_due(DAY_AFTER) == 1
    row = case.row("tobacco")
    assert (row.state, row.completeness, row.accepted_at) == (State.WAITING, Check.COMPLETE, None)
    assert told(case) is None


def test_a_silent_serial_agency_has_found_it_complete(submit, now):
    case = submit("business", "tobacco")
    accept(case.ids["business"], by=officer("business"), now=now)
    assert settle_due(DAY_AFTER) == 1
    row = case.row("tobacco")
    assert (row.state, row.completeness, row.accepted_at) == (State.WAITING, Check.COMPLETE, None)
    grant(case.ids["business"], "k", by=officer("business"), now=DAY_AFTER)
    assert case.row("tobacco").accepted_at == DAY_AFTER


def test_an_applicant_silent_past_his_time_has_withdrawn(submit, now):
    case = submit("business", "tobacco", "labour")
    says(case, "business", LAYOUT, now)
    accept(case.ids["labour"], by=officer("labour"), now=now)
    accept(case.ids["tobacco"], by=officer("tobacco"), now=now)
    due = told(case).due
    on_last_day = datetime(due.year, due.month, due.day, 12, tzinfo=UTC)
    assert settle_due(on_last_day) == 0
    assert settle_due(later(on_last_day, days=1)) == 1
    assert case.state("business") is State.WITHDRAWN
    assert case.state("tobacco") is State.NOT_RECEIVED
    assert case.state("labour") is State.ACCEPTED
    assert settle_due(later(on_last_day, days=2)) == 0
    assert verify(case.case.number) == []


@pytest.fixture
def supplied(submit, now):
    """A case whose one missing thing came in."""
    case = submit("fire", "labour", number="S1", draft=None)
    says(case, "fire", [MissingInput("", "matter.area", "面积不对")], now)
    accept(case.ids["labour"], by=officer("labour"), now=now)
    supplement("S1", {"matter.area": "90"}, {}, by=APPLICANT, now=later(now, days=2))
    return case


def test_what_was_supplied_is_checked_again(supplied, now):
    assert supplied.row("fire").completeness == Check.SUPPLIED
    assert supplied.row("fire").check_due == date(2026, 12, 3)
    with pytest.raises(AlreadyTold):
        says(supplied, "fire", [MissingInput("", "matter.area", "还是不对")], later(now, days=3))
    accept(supplied.ids["fire"], by=officer("fire"), now=later(now, days=3))
    assert supplied.state("fire") is State.ACCEPTED


def test_supplied_and_still_wrong_is_not_accepted(supplied, now):
    with pytest.raises(ReasonsMissing):
        not_accept(supplied.ids["fire"], "", by=officer("fire"), now=later(now, days=3))
    not_accept(supplied.ids["fire"], "补正后面积仍与图不符", by=officer("fire"), now=later(now, days=3))
    assert supplied.state("fire") is State.NOT_ACCEPTED
    assert Decision.objects.get().outcome == "not_accepted"
    assert "non_acceptance" in kinds(supplied)
    assert verify("S1") == []


def test_silence_after_supply_counts_from_supply(supplied, now):
    assert settle_due(datetime(2026, 12, 4, 1, tzinfo=UTC)) == 1
    assert supplied.row("fire").accepted_at == later(now, days=2)


def test_what_comes_too_late_is_not_taken(submit, now):
    case = submit("fire", number="S2")
    says(case, "fire", [MissingInput("", "matter.area", "面积不对")], now)
    with pytest.raises(NothingToSupply):
        supplement("S2", {"matter.area": "90"}, {}, by=APPLICANT, now=later(now, days=30))


def test_what_has_ended_asks_for_nothing_more(submit, now):
    case = submit("business", "tobacco", "fire", number="S3")
    says(case, "tobacco", [MissingInput("", "matter.name", "缺")], now)
    says(case, "fire", [MissingInput("", "matter.area", "面积不对")], now)
    accept(case.ids["business"], by=officer("business"), now=now)
    refuse(case.ids["business"], "住所不实", "", "k", by=officer("business"), now=now)
    supplement("S3", {"matter.area": "90"}, {}, by=APPLICANT, now=now)
    assert told(case).supplied_at == now
    assert case.row("fire").completeness == Check.SUPPLIED


@pytest.fixture
def wanted_by_two(submit, now):
    """A case of which two agencies miss something, told by one notice."""
    case = submit("fire", "labour", "food", number="S5")
    says(case, "fire", [MissingInput("", "matter.area", "面积不对"), MissingInput("", "matter.name", "店名不对")], now)
    says(case, "food", LAYOUT, now)
    accept(case.ids["labour"], by=officer("labour"), now=now)
    return case


def test_each_goes_back_once_its_own_items_are_in(wanted_by_two, now):
    case = wanted_by_two
    supplement("S5", {"matter.area": "90"}, {}, by=APPLICANT, now=now)
    assert case.row("fire").completeness == Check.MISSING  # its other item is open
    supplement("S5", {"matter.name": "小满面馆"}, {}, by=APPLICANT, now=later(now, days=1))
    assert (case.row("fire").completeness, case.row("food").completeness) == (Check.SUPPLIED, Check.MISSING)
    assert case.row("fire").check_due == date(2026, 12, 2)
    assert told(case).supplied_at is None
    accept(case.ids["fire"], by=officer("fire"), now=later(now, days=2))
    shown = case_view("S5", by=APPLICANT, now=later(now, days=2))
    assert (shown.state, [item.supplied for item in shown.correction.items]) == ("correction", [True, True, False])


def test_only_what_was_not_completed_lapses(wanted_by_two, now):
    case = wanted_by_two
    supplement("S5", {"matter.area": "90", "matter.name": "小满面馆"}, {}, by=APPLICANT, now=later(now, days=2))
    assert settle_due(later(now, days=30)) == 1
    assert case.state("food") is State.WITHDRAWN
    assert (case.state("fire"), case.row("fire").accepted_at) == (State.ACCEPTED, later(now, days=2))
    assert case.kinds().count("procedure.lapsed") == 1
    shown = case_view("S5", by=APPLICANT, now=later(now, days=30))
    assert (shown.state, len(shown.correction.items)) == ("running", 2), "it asks for nothing more"
    assert cases_of(APPLICANT).rows[0].state == "running"
    assert verify("S5") == []


def test_not_needed_or_not_competent(submit, now):
    case = submit("labour", "tax")
    by = officer("labour")
    with pytest.raises(GroundMissing):  # papers that are wrong are no ground: they are told
        not_accept(case.ids["labour"], "材料不对", by=by, now=now)
    for nobody in ("", "  ", "长" * 101):
        with pytest.raises(CompetentMissing):
            not_accept(case.ids["labour"], "不归我们", ground="not-competent", competent=nobody, by=by, now=now)
    assert case.state("labour") is State.RECEIVED
    not_accept(case.ids["labour"], "不归我们", ground="not-competent", competent="德清县某局", by=by, now=now)
    assert case.state("labour") is State.NOT_ACCEPTED
    assert Decision.objects.get().article == "《行政许可法》第三十二条第一款第二项"
    letter = Notice.objects.get(kind="non_acceptance").data
    assert (letter["competent"], letter["basis"]) == ("德清县某局", "《行政许可法》第三十二条第一款第二项")
    assert "德清县某局" in case.case.entries.get(kind="procedure.not_accepted").body
    with pytest.raises(NotLawful):  # a registration is refused after acceptance (市场主体登记管理条例 20)
        not_accept(case.ids["tax"], "不予", ground="not-needed", by=officer("tax"), now=now)


def test_not_needed_names_nobody(submit, now):
    case = submit("labour")
    by = officer("labour")
    not_accept(case.ids["labour"], "不用许可", ground="not-needed", competent="某局", by=by, now=now)
    assert Notice.objects.get(kind="non_acceptance").data["competent"] == ""
    assert Decision.objects.get().article == "《行政许可法》第三十二条第一款第一项"


def test_not_accepting_while_his_time_runs(submit, now):
    case = submit("food", "labour")
    says(case, "food", LAYOUT, now)
    with pytest.raises(StillAwaited):
        not_accept(case.ids["food"], "缺材料", by=officer("food"), now=now)
    with pytest.raises(StillAwaited):
        accept(case.ids["food"], by=officer("food"), now=now)
