"""What goes wrong in an applicant's hands: each ends in a sentence that helps, and nothing typed is lost."""

import io
import re

import pytest

from onevisit.cases.models import Case
from onevisit.people.models import Look
from tests.fixtures.files import picture
from tests.fixtures.people import PASSWORD
from tests.fixtures.shop import SHOP
from tests.portal import walk

pytestmark = pytest.mark.django_db


def test_a_question_left_empty_or_unreadable_comes_back_as_typed(client, content):
    draft = walk.begin(client)
    page = client.post(f"/drafts/{draft}/questions", {"fact": "matter.area", "matter.area": "很大"})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'value="很大"' in text and "请只填数字" in text and 'href="#f-matter-area"' in text
    empty = client.post(f"/drafts/{draft}/questions", {"fact": "matter.area"})
    assert empty.status_code == 422 and "请先回答这一题" in empty.content.decode()


def test_back_shows_the_answer_and_it_can_be_changed(client, content):
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    page = client.get(f"/drafts/{draft}/questions?fact=matter.area").content.decode()
    assert 'value="120"' in page
    client.post(f"/drafts/{draft}/questions", {"fact": "matter.area", "matter.area": "30"})
    assert "小餐饮店登记" in client.get(f"/drafts/{draft}/plan").content.decode()


def test_every_chosen_file_is_kept_whichever_button_is_pressed(client, content, sign_in, register):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    page = client.get(f"/drafts/{draft}/uploads").content.decode()
    wanted = re.findall(r'name="(file-[\w-]+)"', page)
    assert len(wanted) > 1

    def files(names):
        found = {name: io.BytesIO(picture()) for name in names}
        for name, file in found.items():
            file.name = f"{name}.jpg"
        return found

    beside = client.post(f"/drafts/{draft}/uploads", {"evidence": wanted[0][5:], **files(wanted[:-1])})
    assert beside.status_code == 302
    page = client.post(f"/drafts/{draft}/uploads", {}).content.decode()
    assert page.count("还没传：") == 2, "one document, said above and beside it"
    going_on = client.post(f"/drafts/{draft}/uploads", files(wanted[-1:]))
    assert (going_on.status_code, going_on["Location"]) == (302, f"/drafts/{draft}/check#main")


def test_a_company_that_answers_as_a_person_is_told_on_every_page(client, content, sign_in, register):
    sign_in("gongsi")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    for page in ("plan", "known", "form", "uploads", "check"):
        assert "只能由个人办，您用的是企业账号" in client.get(f"/drafts/{draft}/{page}").content.decode(), page


def test_somebody_elses_draft_is_not_found(client, content, sign_in, register):
    draft = walk.begin(client)
    client.cookies.clear()
    for page in ("", "/questions", "/plan"):
        assert client.get(f"/drafts/{draft}{page}").status_code == 404
    sign_in("qiushi")
    assert client.get(f"/drafts/{draft}/known").status_code == 404
    assert client.post(f"/drafts/{draft}/questions", {"fact": "matter.area", "matter.area": "9"}).status_code == 404


def test_form_keeps_what_was_typed_beside_each_sentence(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    client.post(f"/drafts/{draft}/known", {})
    names = walk.fields_of(client.get(f"/drafts/{draft}/form").content.decode())
    typed = {name: SHOP[name] for name in names} | {
        "matter.staff_ids": "330521199002149982",
        "matter.food_manager": "",
    }
    page = client.post(f"/drafts/{draft}/form", typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert "330521199002149982" in text and 'href="#f-matter-staff_ids"' in text
    assert "请填“食品安全管理人员”" in text
    assert 'value="小满面馆"' in text
    again = client.get(f"/drafts/{draft}/form").content.decode()
    assert 'value="小满面馆"' in again, "the good answers are kept"


def test_nothing_chosen_is_said_beside_the_choice(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    client.post(f"/drafts/{draft}/known", {})
    form = client.get(f"/drafts/{draft}/form").content.decode()
    sent = re.findall(r'type="hidden" name="(matter[^"]+)" value=""', form)
    page = client.post(f"/drafts/{draft}/form", dict.fromkeys(sent, ""))
    assert page.status_code == 422 and "请选“经营项目”" in page.content.decode()


def test_an_address_that_a_register_gives_can_stay_empty(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    client.post(f"/drafts/{draft}/known", {})
    assert "这一项先空着" in client.get(f"/drafts/{draft}/form").content.decode()
    certificate = {"matter.premises_certificate": SHOP["matter.premises_certificate"]}
    page = client.post(f"/drafts/{draft}/form", certificate | {"matter.premises_address": ""}).content.decode()
    assert "请填“店面地址”" not in page and "这一项先空着" not in page


def test_a_bad_file_has_its_own_sentence_and_the_good_one_stays(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    walk.fill_form(client, draft)
    page = client.get(f"/drafts/{draft}/uploads").content.decode()
    wanted = re.findall(r'name="evidence" value="([^"]+)"', page)[0]
    good, bad, empty = io.BytesIO(picture("PNG")), io.BytesIO(b"hello"), io.BytesIO(b"")
    good.name, bad.name, empty.name = "图.png", "假的.pdf", "空.png"
    answer = client.post(f"/drafts/{draft}/uploads", {"evidence": wanted, f"file-{wanted}": [good, bad, empty]})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "假的.pdf：文件名说是" in text and "空.png：文件是空的" in text and "图.png" in text
    nothing = client.post(f"/drafts/{draft}/uploads", {"evidence": wanted})
    assert "还没有选文件" in nothing.content.decode()
    document = re.search(r'href="(/documents/[^"]+)"', text)
    assert document
    shown = client.get(document.group(1))
    assert shown["Content-Type"] == "image/png" and "inline" in shown["Content-Disposition"]
    removal = re.search(rf'action="(/drafts/{draft}/uploads/[^"]+/removal)"', text)
    assert removal
    client.post(removal.group(1))
    assert "图.png" not in client.get(f"/drafts/{draft}/uploads").content.decode()


def test_submitting_without_what_is_missing_or_declared(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    walk.fill_form(client, draft)
    undeclared = client.post(f"/drafts/{draft}/check", {"key": "k"}, follow=True).content.decode()
    assert "请先勾选" in undeclared and "还差" in undeclared
    missing = client.post(f"/drafts/{draft}/check", {"key": "k", "declared": "yes"}, follow=True).content.decode()
    assert "请上传“" in missing
    assert not Case.objects.exists()


def test_double_submit_and_back_land_on_the_one_receipt(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    walk.fill_form(client, draft)
    walk.upload_all(client, draft)
    sent = {"key": "once", "declared": "yes"}
    first = client.post(f"/drafts/{draft}/check", sent)
    second = client.post(f"/drafts/{draft}/check", sent)
    assert first["Location"] == second["Location"]
    assert first["Location"].endswith("/receipt")
    assert Case.objects.count() == 1
    assert client.get(f"/drafts/{draft}/check")["Location"] == first["Location"]


def test_another_persons_case_is_not_found_and_the_look_is_logged(client, content, register, sign_in):
    sign_in("xiaoman")
    _, number = walk.submitted(client)
    client.post("/sign-out")
    sign_in("qiushi")
    for page in ("", "/receipt", "/supplement", "/withdrawal", "/rating"):
        assert client.get(f"/cases/{number}{page}").status_code == 404
    assert client.post(f"/cases/{number}/withdrawal").status_code == 404
    assert Look.objects.filter(refused=True, name="吴**").count() >= 5
    client.post("/sign-out")
    sign_in("xiaoman")
    assert "没让看" in client.get("/me/looks").content.decode()


def test_a_session_that_ends_in_the_form_loses_nothing(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    client.post("/sign-out")
    page = client.post(f"/drafts/{draft}/form", {"matter.shop_name": "小满面馆"})
    carried = re.search(r'name="carried" value="([^"]+)"', page.content.decode())
    assert page.status_code == 403 and carried
    there = client.post("/sign-in", {"username": "xiaoman", "password": PASSWORD, "carried": carried.group(1)})
    assert "小满面馆" in there.content.decode()


def test_a_register_that_is_down_does_not_block(client, content, register, sign_in):
    register.switch(on=False)
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    plan = client.get(f"/drafts/{draft}/plan").content.decode()
    assert "现在连不上" in plan and "再查一次" in plan
    assert client.get(f"/drafts/{draft}/form").status_code == 200


def test_a_known_fact_can_be_disputed(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    bad = client.post(f"/drafts/{draft}/known", {"other-applicant.phone": "12"})
    assert bad.status_code == 422 and 'value="12"' in bad.content.decode()
    client.post(f"/drafts/{draft}/known", {"other-applicant.phone": "13900000009"})
    page = client.get(f"/drafts/{draft}/known").content.decode()
    assert "<s>13900000001</s>" in page
