"""The officer's face: what is due first, what he may see, what he can do."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onevisit.cases.actions import accept, grant, refuse, report_missing
from onevisit.cases.errors import NotFound, OnlyOfficers
from onevisit.cases.models import Procedure
from onevisit.cases.queries import clock, inbox, ledger, searching, work
from onevisit.cases.values import MissingInput
from onevisit.people.queries import looks_at
from tests.cases.procedures.conftest import APPLICANT, firm, later, officer
from tests.cases.procedures.event import KEYS


def test_the_inbox_shows_the_own_agency_by_what_is_due_first(submit, now):
    cases = [submit("labour", "tax", number=f"C{n}", title=f"第{n}家") for n in range(4)]
    for days, case in enumerate(cases[:3]):
        accept(case.ids["labour"], by=officer("labour"), now=later(now, days=2 - days))
    page = inbox(by=officer("labour"), now=later(now, days=2))
    assert [row.number for row in page.rows] == ["C2-01", "C1-01", "C0-01"]
    assert [row.due.isoformat() for row in page.rows] == ["2026-12-01", "2026-12-02", "2026-12-03"]
    assert page.counts == {"check": 1, "decide": 3, "waiting": 0, "done": 0}
    assert {row.applicant for row in page.rows} == {"王**"}
    assert [row.number for row in inbox(by=officer("labour"), now=now, tab="check").rows] == ["C3-01"]
    with pytest.raises(OnlyOfficers):
        inbox(by=APPLICANT, now=now)


def test_pages_follow_each_other(submit, now):
    for n in range(45):
        submit("tax", number=f"C{n:02}")
    seen, after = [], ""
    for size in (20, 20, 5):
        page = inbox(by=officer("tax"), now=now, tab="check", after=after)
        assert len(page.rows) == size
        seen += [row.number for row in page.rows]
        after = page.next
    assert after == ""
    assert seen == [f"C{n:02}-01" for n in range(45)]
    assert len(inbox(by=officer("tax"), now=now, tab="check", after="nonsense").rows) == 20


def test_pages_of_several_days_follow_each_other_also_without_a_day(submit, now):
    for n in range(45):
        case = submit("tax", number=f"C{n:02}")
        day = [date(2026, 12, 1), date(2026, 12, 2), None][n % 3]
        Procedure.objects.filter(pk=case.ids["tax"]).update(check_due=day)
    pages = [inbox(by=officer("tax"), now=now, tab="check")]
    while pages[-1].next:
        pages.append(inbox(by=officer("tax"), now=now, tab="check", after=pages[-1].next))
    numbers = [f"C{n:02}-01" for rest in range(3) for n in range(rest, 45, 3)]
    assert [row.number for page in pages for row in page.rows] == numbers


def test_search(submit, now):
    submit("tax", number="330521A", title="小满面馆")
    submit("tax", number="330521B", title="秋实茶铺")
    found = inbox(by=officer("tax"), now=now, tab="check", q="秋实")
    assert [row.number for row in found.rows] == ["330521B-01"]
    assert found.counts["check"] == 1
    assert [row.number for row in inbox(by=officer("tax"), now=now, tab="check", q=" 330521a").rows] == ["330521A-01"]
    assert inbox(by=officer("tax"), now=now, tab="check", q="%\0").rows == ()


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("面", ["C1"]),
        ("满面", ["C1"]),
        ("面满", []),
        ("小", ["C0", "C1"]),
        ("café", ["C0"]),
        ("100%", ["C2"]),
        ("0%_", ["C2"]),
        ("%", ["C2"]),
        ("_", ["C2"]),
        ("c", ["C0", "C1", "C2"]),
        ("c1-", ["C1"]),
        ("1", ["C2"]),
        ("C9", []),
        ("满" * 200, []),
    ],
)
def test_words_of_any_length_as_they_stand_in_the_title_or_begin_a_number(submit, now, q, found):
    for n, title in enumerate(["小CAFÉ", "小满面馆", "100%_果汁"]):
        submit("tax", "fire", number=f"C{n}", title=title)
    page = inbox(by=officer("tax"), now=now, tab="check", q=q)
    assert [row.number for row in page.rows] == [f"{number}-01" for number in found]
    assert page.counts["check"] == len(found)
    assert not page.cut


def test_a_search_that_finds_too_much_shows_the_latest_and_says_so(submit, now, monkeypatch):
    monkeypatch.setattr(searching, "FOUND", 3)
    for n in range(3):
        submit("tax", number=f"C{n}")
    assert not inbox(by=officer("tax"), now=now, tab="check", q="面馆").cut
    submit("tax", number="C3")
    for q in ("面馆", "c"):
        page = inbox(by=officer("tax"), now=now, tab="check", q=q)
        assert page.cut
        assert [row.number for row in page.rows] == ["C1-01", "C2-01", "C3-01"]
        assert page.counts["check"] == 3


def test_the_inbox_takes_a_constant_number_of_queries(submit, now):
    def count():
        with CaptureQueriesContext(connection) as queries:
            inbox(by=officer("tax"), now=now, tab="check")
        return len(queries)

    submit("tax")
    count()  # reads the catalogue, once in a process
    first = count()
    for _ in range(12):
        submit()
    assert count() == first <= 3


def test_the_colour_of_the_law(submit, now):
    case = submit("labour")
    pk = case.ids["labour"]
    accept(pk, by=officer("labour"), now=now)  # 24 November; due on 1 December
    days = {
        "2026-11-24": "ontime",
        "2026-11-27": "ontime",
        "2026-11-30": "near",
        "2026-12-01": "near",
        "2026-12-02": "overdue",
    }
    for day, colour in days.items():
        at = datetime.combine(date.fromisoformat(day), now.timetz())
        assert clock(pk, now=at).status == colour, day
    seen = clock(pk, now=datetime(2026, 11, 27, 1, tzinfo=UTC))
    assert (seen.start, seen.due, seen.statutory_due) == (date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 22))
    assert (seen.used, seen.allowed, seen.left) == (3, 5, 2)
    assert [cell.kind for cell in seen.cells] == ["used", "used", "today", "left", "left"]
    assert any(basis.article == "12(1)" for basis in seen.basis)
    assert not seen.provisional
    late = clock(pk, now=datetime(2026, 12, 3, 1, tzinfo=UTC))
    assert (late.left, [cell.kind for cell in late.cells][-2:]) == (-2, ["over", "over"])


def test_what_the_officer_sees_and_no_more(submit, now):
    case = submit()
    seen = work(case.ids["fire"], by=officer("fire"), now=now)
    assert [fact.key for fact in seen.facts] == ["matter.name", "matter.area"]
    assert [item.evidence for item in seen.evidence] == ["layout"]
    assert seen.can == ("accept", "missing", "not_accept")
    assert seen.cannot_why is not None
    assert len(seen.siblings) == 7
    assert {event.words.zh.split("：")[0] for event in seen.history if "：" in event.words.zh} == {"fire事项"}
    (look,) = looks_at(case.case.person_id)
    assert (look.agency, look.what) == ("fire", seen.procedure.number)
    with pytest.raises(NotFound) as refused:
        work(case.ids["fire"], by=officer("tax"), now=now)
    assert refused.value.subject == case.case.person_id
    with pytest.raises(OnlyOfficers):
        work(case.ids["fire"], by=APPLICANT, now=now)


def test_work_takes_a_constant_number_of_queries(submit, now):
    def count(case, key):
        with CaptureQueriesContext(connection) as queries:
            work(case.ids[key], by=officer(key), now=now)
        return len(queries)

    small, large = submit("labour"), submit()
    assert count(small, "labour") == count(large, "fire") <= 10


def test_what_can_be_done_follows_the_state(submit, now):
    case = submit("business", "food", "tobacco")
    by = officer("food")
    accept(case.ids["food"], by=by, now=now)
    seen = work(case.ids["food"], by=by, now=now)
    assert seen.can == ("refuse",)
    assert "business事项" in seen.cannot_why.zh
    assert [code for code, _ in seen.grounds] == ["《行政许可法》第三十八条第二款"]
    assert work(case.ids["tobacco"], by=officer("tobacco"), now=now).procedure.waits_for[0].zh == "business事项"
    accept(case.ids["business"], by=officer("business"), now=now)
    grant(case.ids["business"], "k", by=officer("business"), now=now)
    ready = work(case.ids["food"], by=by, now=now)
    assert ready.can == ("grant", "refuse")
    assert next(item for item in ready.evidence if item.kind == "output").ready
    done = work(case.ids["business"], by=officer("business"), now=now)
    assert done.can == ("revoke",)
    assert [code for code, _ in done.grounds][-1] == "40-2-notice"
    assert done.procedure.clock.status == "done"
    assert done.procedure.licence is not None


def test_every_state_has_words_and_a_next_action(submit, now):
    case = submit()
    report_missing(case.ids["food"], [MissingInput("layout", "", "请重拍")], by=officer("food"), now=now)
    accept(case.ids["business"], by=officer("business"), now=now)
    accept(case.ids["fire"], by=officer("fire"), now=now)
    refuse(case.ids["business"], "不符", "", "k", by=officer("business"), now=now)
    grant(case.ids["fire"], "k", by=officer("fire"), now=now)
    for key in KEYS:
        seen = work(case.ids[key], by=officer(key), now=now).procedure
        assert seen.state_words.zh and seen.state_words.en
        assert seen.next_action.zh and seen.next_action.en
        assert seen.clock.words.zh and seen.clock.words.en
    waiting = work(case.ids["food"], by=officer("food"), now=now)
    assert waiting.procedure.state_words.zh == "待补正"
    assert [item.what for item in waiting.missing] == ["请重拍"]
    words = [event.words.zh for event in ledger(case.case.number, by=APPLICANT, now=now)]
    assert words[0] == "提交申请，各部门同时收件"
    assert not [text for text in words if "." in text]


def test_a_company_is_named_in_full(submit, now):
    case = submit("tax")
    case.case.organisation = firm(case.case.person)
    case.case.save()
    assert inbox(by=officer("tax"), now=now, tab="check").rows[0].applicant == "示范餐饮有限公司"
    assert work(case.ids["tax"], by=officer("tax"), now=now).applicant == "示范餐饮有限公司"


def test_the_clock_is_recomputed_from_rows(submit, now):
    case = submit("labour")
    before = clock(case.ids["labour"], now=now)
    assert (before.due, before.allowed, before.status) == (date(2026, 12, 1), 5, "ontime")
    Procedure.objects.filter(pk=case.ids["labour"]).update(check_due=date(2027, 1, 5))
    assert clock(case.ids["labour"], now=now).provisional  # past the last year of the table
