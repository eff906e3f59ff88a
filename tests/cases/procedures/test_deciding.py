"""Grant and refuse: one writes, all follows, nothing happens twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onevisit.cases.actions import accept, grant, refuse, revoke
from onevisit.cases.errors import (
    AlreadyDecided,
    KeyMissing,
    LicenceLost,
    NotAcceptedYet,
    NotFound,
    OnlyOfficers,
    OtherAct,
    OutputNeverComes,
    ReasonsMissing,
    TooLong,
    WaitsForOutput,
)
from onevisit.cases.models import Decision, EvidenceItem
from onevisit.cases.queries import case as case_view
from onevisit.cases.queries import verify, work
from onevisit.core.law.procedure import NotLawful, State
from onevisit.licences.queries import of_case as licences_of
from onevisit.notices.queries import of_case as notices_of
from tests.cases.procedures.conftest import APPLICANT, later, officer


def accepted(case, now, *services):
    for service in services:
        accept(case.ids[service], by=officer(service), now=now)


def granted(case, now, *services):
    for service in services:
        grant(case.ids[service], f"{case.case.number}-{service}", by=officer(service), now=now)


def test_a_grant_issues_the_licence_and_tells(submit, now):
    case = submit("labour")
    accepted(case, now, "labour")
    answer = grant(case.ids["labour"], "k", by=officer("labour"), now=later(now, minutes=1))
    assert case.state("labour") is State.GRANTED
    assert case.row("labour").holder_name == "labour审批员"
    (licence,) = licences_of(case.case.pk)
    assert (licence.id, licence.number) == (answer.licence, answer.licence_number)
    assert licence.holder_name == "王小满"
    assert licence.fields == (("店名", "小满面馆"),)
    assert [notice.kind for notice in notices_of(case.case.pk)] == ["acceptance", "decision"]
    assert case.kinds()[-3:] == ["procedure.accepted", "procedure.granted", "licence.issued"]
    decision = Decision.objects.get(procedure=case.ids["labour"])
    assert (decision.outcome, decision.officer_name) == ("granted", "labour审批员")
    assert "《行政许可法》第三十八条第一款" in decision.article
    assert verify(case.case.number) == []


def test_a_grant_takes_few_round_trips(submit, now):
    case = submit()
    accepted(case, now, "business", "tobacco")
    with CaptureQueriesContext(connection) as queries:
        grant(case.ids["business"], "k", by=officer("business"), now=now)
    # inside the test's own transaction BEGIN and COMMIT are a SAVEPOINT and its RELEASE
    assert len(queries) == 4, [query["sql"][:80] for query in queries]
    assert case.state("tobacco") is State.ACCEPTED


def test_a_repeat_gets_the_first_answer(submit, now):
    case = submit("labour", "tax")
    accepted(case, now, "labour", "tax")
    first = grant(case.ids["labour"], "k", by=officer("labour"), now=now)
    assert grant(case.ids["labour"], "k", by=officer("labour"), now=later(now, minutes=1)) == first
    assert len(licences_of(case.case.pk)) == 1
    with pytest.raises(OtherAct):
        refuse(case.ids["labour"], "理由", "", "k", by=officer("labour"), now=now)
    for key in ("", "k" * 101):
        with pytest.raises(KeyMissing):
            grant(case.ids["tax"], key, by=officer("tax"), now=now)
        with pytest.raises(KeyMissing):
            refuse(case.ids["tax"], "理由", "", key, by=officer("tax"), now=now)


def test_the_second_officer_is_told_who_was_first(submit, now):
    case = submit("labour")
    accepted(case, now, "labour")
    grant(case.ids["labour"], "a", by=officer("labour"), now=now)
    with pytest.raises(AlreadyDecided, match="labour审批员于2026年11月24日 09:30"):
        grant(case.ids["labour"], "b", by=officer("labour"), now=now)
    with pytest.raises(AlreadyDecided):
        refuse(case.ids["labour"], "不符合条件", "", "c", by=officer("labour"), now=now)
    with pytest.raises(AlreadyDecided):
        accept(case.ids["labour"], by=officer("labour"), now=now)
    assert Decision.objects.count() == 1


def test_no_decision_before_acceptance(submit, now):
    case = submit("labour")
    with pytest.raises(NotAcceptedYet):
        grant(case.ids["labour"], "k", by=officer("labour"), now=now)
    with pytest.raises(NotAcceptedYet):
        refuse(case.ids["labour"], "理由", "", "k", by=officer("labour"), now=now)


def test_another_agency_finds_nothing(submit, now):
    case = submit("labour", "tax")
    for act in (
        lambda by: grant(case.ids["labour"], "k", by=by, now=now),
        lambda by: accept(case.ids["labour"], by=by, now=now),
        lambda by: refuse(case.ids["labour"], "理由", "", "k", by=by, now=now),
    ):
        with pytest.raises(NotFound) as found:
            act(officer("tax"))
        assert (found.value.case, found.value.subject) == (case.case.pk, case.case.person_id)
        with pytest.raises(OnlyOfficers):
            act(APPLICANT)


def test_a_grant_waits_for_the_output_it_takes(submit, now):
    case = submit("business", "food")
    accepted(case, now, "business", "food")
    with pytest.raises(WaitsForOutput, match="business事项"):
        grant(case.ids["food"], "f", by=officer("food"), now=now)
    number = grant(case.ids["business"], "b", by=officer("business"), now=now).licence_number
    evidence = EvidenceItem.objects.get(case=case.case, kind="output")
    assert evidence.record["number"] == number
    grant(case.ids["food"], "f", by=officer("food"), now=now)
    assert case.state("food") is State.GRANTED


def test_an_output_that_never_comes(submit, now):
    case = submit("business", "food")
    accepted(case, now, "business", "food")
    refuse(case.ids["business"], "住所不实", "市场主体登记管理条例第二十条", "b", by=officer("business"), now=now)
    with pytest.raises(OutputNeverComes):
        grant(case.ids["food"], "f", by=officer("food"), now=now)
    refuse(case.ids["food"], "没有营业执照", "", "g", by=officer("food"), now=now)


def test_a_revoked_output_counts_no_more(submit, now):
    case = submit("business", "food")
    accepted(case, now, "business", "food")
    licence = grant(case.ids["business"], "b", by=officer("business"), now=now).licence
    revoke(licence, "40-2", "以虚假材料取得", by=officer("business"), now=now)
    with pytest.raises(LicenceLost, match="business事项"):
        grant(case.ids["food"], "f", by=officer("food"), now=now)
    seen = work(case.ids["food"], by=officer("food"), now=now)
    assert seen.can == ("refuse",)
    assert "“business事项”已被撤销" in seen.cannot_why.zh
    assert {item.evidence: (item.lost, item.ready) for item in seen.evidence} == {
        "business-licence": (True, False),
        "layout": (False, False),
    }
    shown = case_view(case.case.number, by=APPLICANT, now=now)
    assert [item.evidence for item in shown.evidence if item.lost] == ["business-licence"]
    refuse(case.ids["food"], "营业执照已被撤销", "", "f", by=officer("food"), now=now)


@pytest.fixture
def on_a_held_licence(submit, now):
    """An accepted case that rests on a licence from an earlier one, and that licence."""
    earlier, case = submit("labour"), submit("tax")
    accepted(earlier, now, "labour")
    held = grant(earlier.ids["labour"], "k", by=officer("labour"), now=now)
    EvidenceItem.objects.create(
        case=case.case,
        evidence="labour-licence",
        party="matter",
        kind="licence",
        ref="labour-licence",
        services=["tax"],
        record={"number": held.licence_number},
    )
    accepted(case, now, "tax")
    return case, held.licence


def test_a_held_licence_that_is_in_force_counts(on_a_held_licence, now):
    case, _ = on_a_held_licence
    assert work(case.ids["tax"], by=officer("tax"), now=now).can == ("grant", "refuse")
    with CaptureQueriesContext(connection) as queries:
        grant(case.ids["tax"], "k", by=officer("tax"), now=now)
    assert len(queries) == 5


def test_a_held_licence_that_was_revoked_counts_no_more(on_a_held_licence, now):
    case, licence = on_a_held_licence
    revoke(licence, "69-2", "以虚假材料取得", by=officer("labour"), now=now)
    assert work(case.ids["tax"], by=officer("tax"), now=now).can == ("refuse",)
    with pytest.raises(LicenceLost, match="labour事项"):
        grant(case.ids["tax"], "k", by=officer("tax"), now=now)


def test_a_refusal_states_reasons_and_remedies(submit, now):
    case = submit("labour")
    accepted(case, now, "labour")
    with pytest.raises(ReasonsMissing):
        refuse(case.ids["labour"], "  ", "", "k", by=officer("labour"), now=now)
    with pytest.raises(TooLong):
        refuse(case.ids["labour"], "长" * 2001, "", "k", by=officer("labour"), now=now)
    answer = refuse(case.ids["labour"], "场所不符合条件", "某规定第三条", "k", by=officer("labour"), now=now)
    assert refuse(case.ids["labour"], "场所不符合条件", "某规定第三条", "k", by=officer("labour"), now=now) == answer
    decision = Decision.objects.get(procedure=case.ids["labour"])
    assert (decision.outcome, decision.reasons) == ("refused", "场所不符合条件")
    assert decision.article.startswith("某规定第三条、《行政许可法》第三十八条第二款")
    assert [notice.kind for notice in notices_of(case.case.pk)] == ["acceptance", "decision"]
    assert licences_of(case.case.pk) == []
    with pytest.raises(OtherAct):
        grant(case.ids["labour"], "k", by=officer("labour"), now=now)


@pytest.mark.parametrize(("service", "words"), [("business", "不予登记"), ("labour", "不予许可")])
def test_a_refusal_is_called_by_its_regime(submit, now, service, words):
    case = submit(service)
    accepted(case, now, service)
    refuse(case.ids[service], "理由", "某规定第三条", "k", by=officer(service), now=now)
    seen = work(case.ids[service], by=officer(service), now=now)
    assert (seen.procedure.state_words.zh, seen.refusal.zh) == (words, words)
    assert seen.history[-1].words.zh.endswith(f"：{words}")


def test_serial_procedures_follow_by_notice(submit, now):
    case = submit()
    accepted(case, now, "business", "fire", "tobacco")  # water is not looked at
    assert case.state("tobacco") is State.WAITING
    assert case.row("tobacco").accepted_at is None
    granted(case, later(now, days=1), "business")
    tobacco = case.row("tobacco")
    assert tobacco.state == State.ACCEPTED  # checked before, so its clock begins with the notice
    assert tobacco.received_at == tobacco.accepted_at == later(now, days=1)
    assert tobacco.due.isoformat() == "2026-12-02"
    granted(case, later(now, days=2), "tobacco")
    assert case.state("water") is State.WAITING  # fire is not decided
    granted(case, later(now, days=2), "fire")
    assert case.state("water") is State.RECEIVED
    accepted(case, later(now, days=2), "water")
    assert case.state("water") is State.ACCEPTED
    assert verify(case.case.number) == []


def test_a_failed_predecessor_ends_its_successors(submit, now):
    case = submit("business", "tobacco", "fire", "water")
    accepted(case, now, "business")
    refuse(case.ids["business"], "住所不实", "", "k", by=officer("business"), now=now)
    assert case.state("tobacco") is State.NOT_RECEIVED
    assert case.state("water") is State.NOT_RECEIVED
    assert case.state("fire") is State.RECEIVED
    with pytest.raises(NotLawful):
        accept(case.ids["water"], by=officer("water"), now=now)


def test_granted_on_a_promise_is_checked_afterwards(submit, now):
    case = submit("fire")
    accepted(case, now, "fire")
    assert case.row("fire").due == case.row("fire").accepted_at.date()  # on the spot: nothing is inspected before
    granted(case, now, "fire")
    entry = case.case.entries.get(kind="procedure.granted")
    assert "六十个工作日" in entry.body
    assert "14(2)" in entry.body


def test_a_filing_is_recorded_and_never_refused(submit, now):
    case = submit("sign")
    assert case.state("sign") is State.ACCEPTED
    with pytest.raises(NotLawful):
        refuse(case.ids["sign"], "理由", "", "k", by=officer("sign"), now=now)
    granted(case, now, "sign")
    assert case.kinds()[-2:] == ["procedure.recorded", "licence.issued"]


def test_a_licence_is_issued_only_where_the_catalogue_says(submit, now):
    case = submit("tax", promise=False)
    accepted(case, now, "tax")
    answer = grant(case.ids["tax"], "k", by=officer("tax"), now=now)
    assert (answer.licence, answer.licence_number) == (None, "")
    assert licences_of(case.case.pk) == []
