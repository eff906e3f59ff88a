"""Papers taken in at the window: accepted at once, told on the spot, or accepted while something is still to come."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from onevisit.cases import actions, queries
from onevisit.cases.errors import NotFound
from onevisit.cases.models import Case, CorrectionItem, CorrectionNotice, Draft, Entry, EvidenceItem, Procedure
from onevisit.cases.rules.taking_in import begin, later_of
from onevisit.cases.window_errors import StillProvisional
from onevisit.cases.window_values import Intake
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.law.procedure import State
from onevisit.core.planning.model import PlannedEvidence
from onevisit.core.text import Text
from onevisit.halls.models import CheckIn
from onevisit.notices.models import Notice
from onevisit.notices.tasks import render_pending
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id
from tests.fixtures.files import picture

pytestmark = pytest.mark.django_db
RULES, PLAN = "food-safety-rules", "layout-plan"


def officer(service: str) -> tuple[Procedure, Actor]:
    row = Procedure.objects.get(service=service)
    return row, Actor(new_id(), None, None, "李审批", Role.OFFICER, agency=row.agency)


def clerk() -> Actor:
    return Actor(new_id(), None, None, "周窗口", Role.CLERK, hall="county-hall")


def show_all_but(window, *left: str) -> None:
    for evidence in window.papers():
        if evidence not in left:
            assert window.clerk.post(f"{window.url}/papers/{evidence}").status_code == 302


def accept(window) -> str:
    sent = {"key": window.key(), "declared": "yes", "accept": "yes"}
    response = window.clerk.post(f"{window.url}/submission", sent)
    assert response.status_code == 302, response.content.decode()
    return response["Location"].split("/")[3]


def tell(window, **said: str) -> str:
    """Submit from the page of what is missing; the case's number."""
    url = f"{window.url}/missing"
    page = window.clerk.get(url).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key, page
    response = window.clerk.post(url, {"key": key.group(1), "declared": "yes", **said})
    assert response.status_code == 302, response.content.decode()
    return response["Location"].split("/")[3]


def words(kind: str) -> str:
    """What the printed letter of that kind says."""
    row = Notice.objects.get(kind=kind)
    pages = PdfReader(io.BytesIO(bytes(row.document or b""))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@pytest.fixture
def begun(window, settings, tmp_path):
    """Everything asked; no paper seen yet."""
    settings.SEAL_FOLDER = tmp_path
    window.arrive()
    window.answer_all()
    return window


def test_all_agencies_accept_at_once_with_one_receipt_that_keeps_the_promise(begun):
    begun.show_all()
    number = accept(begun)
    rows = {row.service: row for row in Procedure.objects.filter(case__number=number)}
    assert len(rows) > 1 and {(row.state, row.completeness) for row in rows.values()} == {("accepted", "complete")}
    today = timezone.localdate()
    assert rows["sole-trader-registration"].due == today, "on the spot is today, not the law's last day"
    entry = Entry.objects.filter(kind="procedure.accepted").first()
    assert entry and '"5(2)"' in entry.body and '"5(3)"' in entry.body and "假定" in entry.body
    assert Notice.objects.filter(kind="acceptance").count() == len(rows)
    render_pending(timezone.now())
    said = words("receipt")
    assert "一并受理" in said and "视为各部门同时受理" in said and "最迟告知日" not in said
    assert f"当场，最迟{today.year}年{today.month}月{today.day}日" in said


def test_without_that_word_agencies_check_themselves(begun):
    begun.show_all()
    begun.submit()
    assert set(Procedure.objects.values_list("state", "completeness")) == {("received", "open")}
    render_pending(timezone.now())
    said = words("receipt")
    assert "受理后当场" in said and "最迟告知日" in said


def test_what_is_missing_is_told_on_the_spot_in_the_cases_one_notice(begun):
    show_all_but(begun, PLAN)
    number = tell(begun, **{f"what-{PLAN}": "请画出洗碗池"})
    states = dict(Procedure.objects.values_list("service", "state"))
    assert states.pop("food-licence") == "received" and set(states.values()) == {"accepted"}
    assert CorrectionNotice.objects.get().due > timezone.localdate()
    page = begun.clerk.get(f"/desk/cases/{number}").content.decode()
    assert "等他补 1 项" in page and "请画出洗碗池" in page and "补正告知书" in page
    render_pending(timezone.now())
    assert "当场看过材料" in words("correction") and "请画出洗碗池" in words("correction")
    item = CorrectionItem.objects.get()
    given = begun.clerk.post(f"/desk/cases/{number}/supplement", {f"seen-{item.pk}": "yes"})
    assert given.status_code == 302
    row = Procedure.objects.get(service="food-licence")
    assert (row.state, row.completeness) == ("received", "supplied")
    assert EvidenceItem.objects.get(evidence=PLAN).seen_at, "it is among the evidence once, since it came"


def test_accepted_while_something_is_still_to_come(begun):
    show_all_but(begun, RULES)
    number = tell(begun, **{f"way-{RULES}": "later", f"what-{RULES}": "请补上张贴在厨房的那一份"})
    row, by = officer("food-licence")
    assert (row.state, row.completeness) == ("accepted", "provisional") and row.due
    assert not CorrectionNotice.objects.exists(), "a list of its own, not the one notice"
    item = CorrectionItem.objects.get()
    assert item.due and item.due > timezone.localdate()
    with pytest.raises(StillProvisional):
        actions.grant(row.pk, "k", by=by, now=timezone.now())
    page = begun.clerk.get(f"/desk/cases/{number}").content.decode()
    assert "容缺受理的，已经受理" in page and "等他补 1 项" in page
    render_pending(timezone.now())
    assert "容缺受理" in words("receipt") and "食品安全管理制度：请补上张贴在厨房的那一份" in words("receipt")
    assert "请补上张贴在厨房的那一份" in page, "what he was told stands here too"
    seen = queries.case(number, by=clerk(), now=timezone.now()).now_words.zh
    assert "到期没补就撤销受理" in seen and "视为撤回" not in seen
    file = io.BytesIO(picture("PNG"))
    file.name = "制度.png"
    sent = begun.clerk.post(f"/desk/cases/{number}/supplement", {f"item-{item.pk}": file})
    assert sent.status_code == 302, sent.content.decode()
    row.refresh_from_db()
    assert (row.state, row.completeness) == ("accepted", "complete")
    render_pending(timezone.now())
    assert "受理不变，接着审查" in words("supplied") and "视为撤回" not in words("supplied")
    actions.settle_due(timezone.now() + timedelta(days=60))
    row.refresh_from_db()
    assert row.state == "accepted", "supplied in time: all is well"


def test_what_never_comes_revokes_the_acceptance_once(begun):
    show_all_but(begun, RULES)
    tell(begun, **{f"way-{RULES}": "later"})
    now = timezone.now() + timedelta(days=30)
    assert actions.settle_due(timezone.now()) == 0
    assert actions.settle_due(now) == 1 and actions.settle_due(now) == 0
    row = Procedure.objects.get(service="food-licence")
    assert row.state == "acceptance_revoked"
    assert Procedure.objects.get(service="sole-trader-registration").state == "accepted"
    body = Entry.objects.get(kind="procedure.acceptance_revoked").body
    assert '"11(2)"' in body and RULES in body
    render_pending(now)
    said = words("acceptance_revoked")
    assert "撤销受理决定书" in said and "食品安全管理制度" in said and "行政复议" in said


def test_only_what_the_guide_names_may_come_later(begun):
    show_all_but(begun, PLAN)
    page = begun.clerk.get(f"{begun.url}/missing").content.decode()
    assert f"way-{PLAN}" not in page and "容缺受理，" not in page
    key = re.search(r'name="key" value="([^"]+)"', page)
    sent = {"key": key.group(1) if key else "", "declared": "yes", f"way-{PLAN}": "later"}
    refused = begun.clerk.post(f"{begun.url}/missing", sent)
    assert refused.status_code == 422 and "不在办事指南的容缺范围里" in refused.content.decode()
    undeclared = begun.clerk.post(f"{begun.url}/missing", {"key": "k"})
    assert undeclared.status_code == 422 and "承诺" in undeclared.content.decode()
    empty = begun.clerk.post(f"{begun.url}/missing", {"key": "k", "declared": "yes", f"what-{PLAN}": " "})
    assert empty.status_code == 422 and "请写清楚" in empty.content.decode()
    assert not Case.objects.exists()


def test_a_paper_stands_beside_what_demands_it(begun):
    page = begun.page()
    assert "受理标准" in page and "《食品安全法》第三十五条" in page and "没带的可以容缺受理，10 个工作日内补" in page


def test_a_number_that_no_register_knows_is_named(begun):
    begun.clerk.post(f"{begun.url}/answers", {"matter.premises_certificate": "浙(2024)德清县不动产权第1234567号"})
    assert "“浙(2024)德清县不动产权第1234567号”" in begun.page()


def test_missing_papers_of_somebody_who_did_not_come_today_are_not_submitted(begun):
    show_all_but(begun, PLAN)
    CheckIn.objects.all().delete()
    absent = begun.clerk.post(f"{begun.url}/missing", {"key": "k", "declared": "yes"})
    assert absent.status_code == 422 and "到场" in absent.content.decode()


def test_what_is_not_entrusted_to_the_window_is_only_received(begun):
    event = by_snapshot(Draft.objects.get().snapshot).graph.event
    food = next(one for one in event.services if one.key == "food-licence")
    need = next(one for one in food.evidence if one.evidence == RULES)
    planned = PlannedEvidence(RULES, Text("制度"), "matter", "matter", need.accepts[0].kind, "", ("food-licence",))
    own = replace(food, window_accepts=False)
    assert begin(own, [planned], Intake(accepts=True), serial=False).last.to is State.RECEIVED
    assert begin(food, [planned], Intake(accepts=True), serial=False).last.to is State.ACCEPTED
    assert later_of(replace(event, services=(own,)), planned) is None
    found = later_of(event, planned)
    assert found and found.days == 10
    stranger = Actor(new_id(), new_id(), None, "某人", Role.APPLICANT)
    with pytest.raises(NotFound):
        actions.submit(Draft.objects.get().pk, "k", by=stranger, now=timezone.now(), intake=Intake(accepts=True))
