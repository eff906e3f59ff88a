"""Somebody who walked in comes again, or writes: he supplies what is missing, or withdraws."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from onevisit.cases import actions
from onevisit.cases.models import Case, CorrectionItem, Entry, EvidenceItem, Procedure
from onevisit.cases.values import MissingInput
from onevisit.halls.models import CheckIn
from onevisit.licences.tasks import render_pending as render_licences
from onevisit.notices.tasks import render_pending
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id
from tests.fixtures.costs import MOST_BYTES, MOST_QUERIES, measured
from tests.fixtures.files import picture

pytestmark = pytest.mark.django_db
PLAN = MissingInput("layout-plan", "", "图上看不清洗手池，请重画")
MANAGER = MissingInput("", "matter.food_manager", "请写真实姓名")


def officer(procedure: Procedure) -> Actor:
    return Actor(new_id(), None, None, "李审批", Role.OFFICER, agency=procedure.agency)


@pytest.fixture
def told(ready) -> str:
    """A case whose applicant has left, and has been told what is missing; its number."""
    number, now = ready.submit(), timezone.now()
    for row in Procedure.objects.filter(case__number=number):
        if row.service == "food-licence":
            actions.report_missing(row.pk, [PLAN, MANAGER], by=officer(row), now=now)
        else:
            actions.accept(row.pk, by=officer(row), now=now)
    assert Case.objects.get(number=number).correction
    CheckIn.objects.update(day=timezone.localdate() - timedelta(days=1))
    Case.objects.update(submitted_at=now - timedelta(days=1))
    return number


def names(page: str) -> dict[str, str]:
    """The controls of the form, by what they are."""
    plan, manager = (CorrectionItem.objects.get(what=one.what).pk for one in (PLAN, MANAGER))
    return {"plan": f"item-{plan}", "manager": f"item-{manager}", "seen": f"seen-{plan}"}


def image() -> io.BytesIO:
    file = io.BytesIO(picture("PNG"))
    file.name = "布局图.png"
    return file


def came(number: str) -> int:
    return CheckIn.objects.filter(person=Case.objects.get(number=number).person_id).count()


def test_the_case_says_what_is_missing_for_whom_until_when(ready, told):
    page = ready.clerk.get(f"/desk/cases/{told}").content.decode()
    for words in (
        "等他补 2 项",
        PLAN.what,
        MANAGER.what,
        "市场监管局",
        f"/desk/cases/{told}/supplement",
        "吴秋实",
        "330***",
    ):
        assert words in page, words
    due = Case.objects.get(number=told).correction.due
    assert ">最晚<" not in page, "nobody can promise a day while it waits for him"
    assert f"最迟 {due.year}年{due.month}月{due.day}日" in page
    assert "您" not in page.partition("<main")[2].partition("</main")[0], "the clerk is not the applicant"
    assert "等他补正" in ready.clerk.get("/desk/").content.decode()


def test_he_brings_everything_and_gets_a_receipt(ready, told, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    url = f"/desk/cases/{told}/supplement"
    form = ready.clerk.get(url).content.decode()
    of = names(form)
    assert "收下一份复印件" in form and f'name="{of["seen"]}"' in form and f'type="file" id="u-{of["plan"]}"' in form
    done = ready.clerk.post(url, {of["seen"]: "yes", of["manager"]: "林一勺", "came": "yes"})
    assert done.status_code == 302 and done["Location"] == f"/desk/cases/{told}"
    assert came(told) == 2
    row = Procedure.objects.get(service="food-licence")
    assert row.completeness == "supplied"
    new = EvidenceItem.objects.filter(evidence="layout-plan").latest("pk")
    assert new.kind == "copy" and new.services == ["food-licence"] and new.seen_at.date() == timezone.now().date()
    page = ready.clerk.get(f"/desk/cases/{told}").content.decode()
    assert "等他补" not in page and "补正回执" in page and re.search(r"来了</dt>\s*<dd[^>]*>2 次", page)
    render_pending(timezone.now())
    notices = re.findall(
        rf"/desk/cases/{told}/notices/[^/]+/pdf", ready.clerk.get(f"/desk/cases/{told}").content.decode()
    )
    assert ready.clerk.get(notices[-1]).content.startswith(b"%PDF")
    assert ready.clerk.get(url)["Location"] == f"/desk/cases/{told}"  # nothing is open any more


def test_what_is_sent_is_no_visit(ready, told):
    url = f"/desk/cases/{told}/supplement"
    of = names("")
    assert ready.clerk.post(url, {of["plan"]: image(), of["manager"]: "林一勺"}).status_code == 302
    assert came(told) == 1
    item = EvidenceItem.objects.exclude(document=None).get(evidence="layout-plan", kind="upload")
    document = ready.clerk.get(f"/desk/documents/{item.document_id}")
    assert document.status_code == 200


def test_who_is_here_already_is_not_asked_again(ready, told):
    url = f"/desk/cases/{told}/supplement"
    assert 'name="came"' in ready.clerk.get(url).content.decode()
    ready.clerk.post(f"/desk/cases/{told}/arrival")
    page = ready.clerk.get(url).content.decode()
    assert 'name="came"' not in page and "今天已登记到场" in page


def test_what_cannot_be_taken_stays_and_the_rest_is_in(ready, told):
    url, of = f"/desk/cases/{told}/supplement", names("")
    empty = ready.clerk.post(url, {})
    assert empty.status_code == 422 and "还没有补任何一项" in empty.content.decode()
    fake = io.BytesIO(b"hello")
    fake.name = "假.pdf"
    bad = ready.clerk.post(url, {of["plan"]: fake, of["manager"]: "林一勺"})
    page = bad.content.decode()
    assert bad.status_code == 422 and f'href="#u-{of["plan"]}"' in page and "文件名说是" in page and "已补" in page
    assert CorrectionItem.objects.get(what=MANAGER.what).supplied_at
    assert came(told) == 1


def test_bad_words_stay_as_typed_and_the_tick_too(ready, told):
    url, of = f"/desk/cases/{told}/supplement", names("")
    CorrectionItem.objects.filter(what=MANAGER.what).update(fact="matter.staff_ids")
    bad = ready.clerk.post(url, {of["manager"]: "12345"})
    page = bad.content.decode()
    assert bad.status_code == 422 and ">12345</textarea>" in page and f'href="#f-{of["manager"]}"' in page


def test_withdrawn_only_when_it_is_said_by_whom(ready, told):
    url = f"/desk/cases/{told}/withdrawal"
    assert url in ready.clerk.get(f"/desk/cases/{told}").content.decode()
    page = ready.clerk.get(url).content.decode()
    assert "撤回申请？" in page and "他寄来的信" in page
    unsaid = ready.clerk.post(url, {"asked": "", "mandatary": "张三"})
    assert unsaid.status_code == 422 and 'href="#f-asked"' in unsaid.content.decode()
    assert 'value="张三"' in unsaid.content.decode()
    unnamed = ready.clerk.post(url, {"asked": "mandatary", "mandatary": " "})
    assert unnamed.status_code == 422 and 'href="#f-mandatary"' in unnamed.content.decode()
    assert ready.clerk.post(url, {"asked": "mandatary", "mandatary": "张" * 51}).status_code == 422
    assert not Procedure.objects.filter(state="withdrawn").exists()
    assert ready.clerk.post(url, {"asked": "mandatary", "mandatary": " 张三 "}).status_code == 302
    assert {row.state for row in Procedure.objects.all()} == {"withdrawn"}
    page = ready.clerk.get(f"/desk/cases/{told}").content.decode()
    assert "申请不再办理" in page and url not in page
    assert ready.clerk.get(url)["Location"] == f"/desk/cases/{told}"
    body = Entry.objects.filter(kind="procedure.withdrawn").first().body
    assert '"asked":"mandatary"' in body and '"mandatary":"张三"' in body
    assert came(told) == 1


def test_who_withdraws_at_the_window_has_come(ready, told):
    assert ready.clerk.post(f"/desk/cases/{told}/withdrawal", {"asked": "himself"}).status_code == 302
    assert came(told) == 2


def test_every_page_is_cheap_light_and_safe(ready, told):
    row = Procedure.objects.get(service="sole-trader-registration")
    actions.grant(row.pk, "key", by=officer(row), now=timezone.now())
    render_licences(timezone.now())
    costs = {
        page: measured(ready.clerk, f"/desk/cases/{told}{page}")
        for page in ("", "/steps", "/supplement", "/withdrawal")
    }
    assert {page: queries for page, (queries, _) in costs.items() if queries > MOST_QUERIES} == {}
    assert {page: size for page, (_, size) in costs.items() if size > MOST_BYTES} == {}
