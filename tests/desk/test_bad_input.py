"""What goes wrong at the window, and the sentence for each; nothing typed is lost."""

import io
import re

import pytest
from django.test import Client

from onevisit.cases.models import Case, Document, Draft
from onevisit.halls.models import CheckIn
from onevisit.people.actions import make_accounts
from onevisit.people.actor import Role
from onevisit.people.models import Look, Person
from onevisit.people.values import AccountSpec
from tests.desk.conftest import WU
from tests.fixtures.files import picture
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db


def test_wrong_check_digit_phone_and_no_name_are_told_at_once(window):
    bad = {**WU, "id_number": "330521198412129963", "name": " ", "phone": "12345"}
    response = window.clerk.post("/desk/arrivals", bad)
    page = response.content.decode()
    assert response.status_code == 422
    for words in (
        "最后一位和前面对不上",
        "请填写姓名",
        'href="#f-phone"',
        'value="330521198412129963"',
        'value="12345"',
    ):
        assert words in page, words
    assert not Draft.objects.exists() and not CheckIn.objects.exists()


def test_another_name_on_the_same_number_and_no_event(window):
    other = window.clerk.post("/desk/arrivals", {**WU, "name": "吴春花"})
    assert other.status_code == 422 and "另一个姓名" in other.content.decode()
    assert Person.objects.filter(name="吴春花").count() == 0
    assert window.clerk.post("/desk/arrivals", {**WU, "event": "nothing"}).status_code == 422


def test_a_refused_name_is_in_the_log_of_whose_number_it_is(window):
    window.clerk.post("/desk/arrivals", {**WU, "name": "吴春花"})
    look = Look.objects.get(refused=True)
    assert (look.name, look.subject) == ("周窗口", Person.objects.get(name="吴秋实").pk)


def test_a_name_typed_wrong_once_is_put_right_by_the_card(window):
    who = {**WU, "id_number": "330521199311059963", "phone": ""}
    window.clerk.post("/desk/arrivals", {**who, "name": "林一芍"})
    refused = window.clerk.post("/desk/arrivals", {**who, "name": "林一勺"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "身份证上就是“林一勺”？" in page and 'value="林一勺"' in page
    card = re.search(r'name="card" value="([^"]+)"', page)
    assert card and "checked" not in page.partition('name="card"')[2].partition(">")[0]
    other = window.clerk.post("/desk/arrivals", {**who, "name": "林二勺", "card": card.group(1)})
    assert other.status_code == 422, "his word holds for the name that he read"
    assert Person.objects.get(id_number=who["id_number"]).name == "林一芍"
    done = window.clerk.post("/desk/arrivals", {**who, "name": "林一勺", "card": card.group(1)})
    person = Person.objects.get(id_number=who["id_number"])
    assert done.status_code == 302 and person.name == "林一勺"
    assert Look.objects.filter(subject=person.pk, what="更正姓名：林一芍 → 林一勺").count() == 1
    assert "林一勺" in window.clerk.get(done["Location"]).content.decode()


def test_a_name_under_which_somebody_signs_in_is_put_right_only_if_the_register_agrees(window, register):
    wrong = {**WU, "name": "吴春花", "card": f"{WU['id_number']} 吴春花"}
    refused = window.clerk.post("/desk/arrivals", wrong)
    assert refused.status_code == 422 and "派出所户籍窗口" in refused.content.decode()
    register.switch(False)
    silent = window.clerk.post("/desk/arrivals", wrong)
    assert silent.status_code == 422 and "过几分钟再试" in silent.content.decode()
    assert Person.objects.get(id_number=WU["id_number"]).name == "吴秋实"
    assert Look.objects.filter(what="更正姓名", refused=True).count() == 2


def test_a_number_that_is_not_here_stays_in_its_field_and_the_look_is_logged(ready):
    number = ready.submit()
    Case.objects.update(hall="far-hall")
    for typed, whose in (("3305NICHTS", None), (number, Case.objects.get().person_id), ("a/b", None)):
        response = ready.clerk.get("/desk/cases", {"number": f" {typed} "})
        page = response.content.decode()
        assert response.status_code == 422 and f'value="{typed}"' in page and 'href="#number"' in page
        assert Look.objects.filter(refused=True).latest("pk").subject == whose


def test_nothing_typed_is_said_as_missing_not_as_too_short(window):
    page = window.clerk.post("/desk/arrivals", {"event": "open-restaurant"}).content.decode()
    assert "请填身份证号码" in page and "您填了" not in page and "<title>要改：" in page.replace("\n", "")


def test_bad_answers_stay_as_typed_and_good_ones_are_kept(window):
    window.arrive()
    sent = {"matter.area": "一百", "matter.tobacco": "false"}
    response = window.clerk.post(f"{window.url}/answers", sent)
    page = response.content.decode()
    assert response.status_code == 422 and 'value="一百"' in page and 'href="#f-matter-area"' in page
    assert "matter.tobacco" not in window.asked()
    assert window.clerk.post(f"{window.url}/answers", {"matter.area": "120"}).status_code == 302
    assert window.clerk.post(f"{window.url}/answers", {"matter.area": "60"}).status_code == 302  # corrected
    assert Draft.objects.get().answers["matter.area"] in (60, "60", 60.0)
    assert window.clerk.post(f"{window.url}/answers", {"matter.area": ""}).status_code == 302  # taken back
    assert "matter.area" in window.asked()


def test_he_says_that_a_register_is_wrong(window):
    window.arrive()
    bad = window.clerk.post(f"{window.url}/confirmation", {"other-applicant.phone": "123"})
    assert bad.status_code == 422 and 'value="123"' in bad.content.decode()
    good = window.clerk.post(f"{window.url}/confirmation", {"other-applicant.phone": "13900000009"})
    assert good.status_code == 302
    draft = Draft.objects.get()
    assert draft.disputed == ["applicant.phone"] and "applicant.name" in draft.confirmed
    window.clerk.post(f"{window.url}/confirmation", {})
    assert Draft.objects.get().disputed == ["applicant.phone"]  # agreeing to the rest takes nothing back


def test_scans_that_cannot_be_taken(window):
    window.arrive()
    window.answer_all()
    paper = window.papers()[0]
    url = f"{window.url}/papers/{paper}"
    none = window.clerk.post(url, {"scan": "1"})
    assert none.status_code == 422 and "还没有选扫描件" in none.content.decode()
    fake = io.BytesIO(b"hello")
    fake.name = "假.pdf"
    assert "文件名说是" in window.clerk.post(url, {"file": fake, "scan": "1"}).content.decode()
    file = io.BytesIO(picture("PNG"))
    file.name = "真.png"
    assert window.clerk.post(url, {"file": file, "scan": "1"}).status_code == 302
    removal = re.search(rf'action="({window.url}/scans/[^"]+/removal)"', window.page())
    assert removal and window.clerk.post(removal.group(1)).status_code == 302
    assert not Document.objects.exists()


def test_a_paper_ticked_by_mistake_is_taken_back(window):
    window.arrive()
    window.answer_all()
    url = f"{window.url}/papers/{window.papers()[0]}"
    assert "点错了" not in window.page()
    window.clerk.post(url)
    assert "点错了，还没看" in window.page() and Draft.objects.get().seen
    assert window.clerk.post(url, {"unseen": "yes"}).status_code == 302
    assert not Draft.objects.get().seen and "还差" in window.page()


def test_nothing_is_submitted_without_declaration_or_with_something_missing(ready):
    silent = ready.clerk.post(f"{ready.url}/submission", {"key": ready.key()})
    assert silent.status_code == 422 and "承诺" in silent.content.decode()
    assert ready.clerk.post(f"{ready.url}/submission", {"declared": "yes"}).status_code == 422
    ready.clerk.post(f"{ready.url}/answers", {"matter.shop_name": ""})
    short = ready.clerk.post(f"{ready.url}/submission", {"key": "k", "declared": "yes"})
    assert short.status_code == 422 and "店名" in short.content.decode()
    assert not Case.objects.exists()


def test_the_declaration_stays_when_something_else_is_wrong(ready):
    CheckIn.objects.all().delete()
    page = ready.clerk.post(f"{ready.url}/submission", {"key": ready.key(), "declared": "yes"})
    assert page.status_code == 422 and re.search(r'name="declared" value="yes"\s+checked', page.content.decode())


def test_what_is_told_on_the_spot_stays_when_something_else_is_wrong(window):
    window.arrive()
    window.answer_all()
    paper = window.papers()[0]
    sent = {"key": "k", "declared": "yes", f"way-{paper}": "lacks", f"what-{paper}": "请带原件"}
    CheckIn.objects.all().delete()
    page = window.clerk.post(f"{window.url}/missing", sent)
    text = page.content.decode()
    assert page.status_code == 422 and "请带原件" in text and 'href="#declared"' in text
    assert re.search(r'name="declared" value="yes"\s+checked', text)


def test_another_hall_sees_nothing_and_is_logged(ready):
    number = ready.submit()
    make_accounts([AccountSpec("far", "钱窗口", role=Role.CLERK, hall="far-hall")], password=PASSWORD)
    far = Client()
    far.post("/sign-in", {"username": "far", "password": PASSWORD})
    assert far.get(f"/desk/cases/{number}").status_code == 404
    assert far.get(ready.url).status_code == 404
    assert far.post(f"{ready.url}/answers", {"matter.area": "1"}).status_code == 404
    assert Look.objects.filter(name="钱窗口", refused=True).count() == 3
    assert number not in far.get("/desk/").content.decode()
    assert Client().get("/desk/")["Location"].startswith("/sign-in")
