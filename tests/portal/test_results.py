"""After the submission: decisions, licences, the public page, files that were altered, correction, rating."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from onevisit.cases import actions
from onevisit.cases.models import Case, Procedure
from onevisit.cases.values import MissingInput
from onevisit.licences.tasks import render_pending
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Look
from onevisit.portal.often import MOST
from tests.fixtures.files import picture
from tests.portal import walk

pytestmark = pytest.mark.django_db


def officer(procedure: Procedure) -> Actor:
    return Actor(uuid4(), None, None, "李审批", Role.OFFICER, agency=procedure.agency)


@pytest.fixture
def case(client, content, register, sign_in):
    sign_in("xiaoman")
    _, number = walk.submitted(client)
    return number


def grant_first(now) -> Procedure:
    procedure = Procedure.objects.get(service="sole-trader-registration")
    by = officer(procedure)
    actions.accept(procedure.pk, by=by, now=now)
    actions.grant(procedure.pk, "key", by=by, now=now)
    return procedure


def test_licence_is_seen_downloaded_and_verified(client, case, now, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    grant_first(now)
    page = client.get(f"/cases/{case}").content.decode()
    found = re.search(r'href="/licences/([0-9a-f-]{36})"', page)
    assert found, page
    waiting = client.get(f"/licences/{found.group(1)}/pdf")
    assert waiting.status_code == 409 and "正在生成" in waiting.content.decode()
    render_pending(now)
    pdf = client.get(f"/licences/{found.group(1)}/pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    own = client.get(f"/licences/{found.group(1)}").content.decode()
    token = re.search(r'href="/verify/([^"]+)"', own)
    assert token and "小满面馆" in own
    assert "编号" in client.get("/licences").content.decode()
    client.post("/sign-out")
    public = client.get(f"/verify/{token.group(1)}")
    assert "有效" in public.content.decode() and "王小满" not in public.content.decode()
    assert client.get("/verify/nonsense").status_code == 404
    assert "真实有效" in verified(client, pdf.content)
    altered = pdf.content[:-200] + bytes([pdf.content[-200] ^ 1]) + pdf.content[-199:]
    assert "不能认可" in verified(client, altered)
    assert "不能认可" in verified(client, b"hello")
    assert "还没有选文件" in client.post("/verify").content.decode()
    assert client.get(f"/licences/{found.group(1)}")["Location"].startswith("/sign-in")


def test_one_address_has_so_many_files_checked_in_a_minute(client):
    cache.clear()

    def answer(address: str):
        return client.post("/verify", {"file": SimpleUploadedFile("a.pdf", b"hello")}, REMOTE_ADDR=address)

    assert {answer("192.0.2.1").status_code for _ in range(MOST)} == {200}
    refused = answer("192.0.2.1")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "请过一分钟再查" in refused.content.decode() and 'type="file"' in refused.content.decode()
    assert answer("192.0.2.2").status_code == 200
    cache.clear()


def verified(client, content: bytes) -> str:
    file = io.BytesIO(content)
    file.name = "证照.pdf"
    return client.post("/verify", {"file": file}).content.decode()


def test_another_persons_licence_is_not_found(client, case, now, sign_in):
    procedure = grant_first(now)
    page = client.get(f"/cases/{case}").content.decode()
    licence = re.search(r"/licences/([0-9a-f-]{36})", page)
    assert licence and procedure
    client.post("/sign-out")
    sign_in("qiushi")
    for address in (f"/licences/{licence.group(1)}", f"/licences/{licence.group(1)}/pdf"):
        assert client.get(address).status_code == 404
    refused = Look.objects.filter(refused=True, name="吴**").values_list("subject", flat=True)
    assert list(refused) == [Case.objects.get(number=case).person_id] * 2


def test_everything_missing_is_told_once_and_supplied_on_one_page(client, case, now):
    for procedure in Procedure.objects.filter(case__number=case):
        by = officer(procedure)
        if procedure.service == "food-licence":
            items = [
                MissingInput("layout-plan", "", "图上看不清洗手池，请重画"),
                MissingInput("", "matter.food_manager", "请写真实姓名"),
            ]
            actions.report_missing(procedure.pk, items, by=by, now=now)
        else:
            actions.accept(procedure.pk, by=by, now=now)
    actions.settle_due(now + timedelta(days=8))
    page = client.get(f"/cases/{case}").content.decode()
    assert "图上看不清洗手池，请重画" in page and "现在补" in page
    form = client.get(f"/cases/{case}/supplement").content.decode()
    names = re.findall(r'<section class="ov-up" id="(item-[^"]+)"', form)
    assert len(names) == 2
    nothing = client.post(f"/cases/{case}/supplement", {})
    assert nothing.status_code == 422 and "还没有补任何一项" in nothing.content.decode()
    fake = io.BytesIO(b"hello")
    fake.name = "假.pdf"
    file_field = next(n for n in names if f'type="file" id="u-{n}"' in form)
    word_field = next(n for n in names if n != file_field)
    bad = client.post(f"/cases/{case}/supplement", {file_field: fake, word_field: "林一勺"})
    assert bad.status_code == 422 and "文件名说是" in bad.content.decode()
    real = io.BytesIO(picture("PNG"))
    real.name = "布局图.png"
    good = client.post(f"/cases/{case}/supplement", {file_field: real})
    assert good.status_code == 302, good.content.decode()
    assert "现在补" not in client.get(f"/cases/{case}").content.decode()


def test_rating_in_five_grades(client, case, now):
    assert "还不能评" in client.get(f"/cases/{case}/rating").content.decode()
    grant_first(now)
    page = client.get(f"/cases/{case}/rating").content.decode()
    assert "非常满意" in page and "非常不满意" in page
    assert client.post(f"/cases/{case}/rating", {"words": "很好"}).status_code == 422
    assert client.post(f"/cases/{case}/rating", {"grade": "1", "words": "很好"}).status_code == 302
    assert "您评过了" in client.get(f"/cases/{case}/rating").content.decode()


def test_withdrawal_asks_once_more(client, case):
    assert "撤回申请？" in client.get(f"/cases/{case}/withdrawal").content.decode()
    assert client.post(f"/cases/{case}/withdrawal").status_code == 302
    assert "已撤回" in client.get("/cases").content.decode()
    assert client.post(f"/cases/{case}/withdrawal").status_code == 409
