"""Who may come in, what a stranger sees, and that nothing typed is lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onevisit.people.models import Look
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.urls("tests.people.pages")
TYPED = {"shop": "小满<面馆>&", "staff": ["甲", "乙"], "words": "第一行\n第二行"}


def hidden(page: str) -> list[tuple[str, str]]:
    """The hidden fields of a page, in order, as a browser would post them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page, re.S)
    return [(name, unescape(value)) for name, value in found]


def unescape(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def as_data(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return data


def test_a_stranger_is_sent_to_sign_in_and_back(client, accounts):
    response = client.get("/test/form?tab=2")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in?next=%2Ftest%2Fform%3Ftab%3D2"
    page = client.get(response["Location"]).content.decode()
    assert 'name="next" value="/test/form?tab=2"' in page
    done = client.post("/sign-in", {"username": "xiaoman", "password": PASSWORD, "next": "/test/form?tab=2"})
    assert done["Location"] == "/test/form?tab=2"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_never_leads_elsewhere(client, accounts, wanted):
    done = client.post("/sign-in", {"username": "officer", "password": PASSWORD, "next": wanted})
    assert done["Location"] == "/office/"


def test_a_form_whose_session_ended_loses_nothing(accounts):
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in")
    token = client.cookies["csrftoken"].value
    page = client.post("/test/form?step=3", {**TYPED, "csrfmiddlewaretoken": token})
    assert page.status_code == 403
    assert "都替您留着" in page.content.decode()
    fields = as_data(hidden(page.content.decode()))
    after = client.post("/sign-in", {**fields, "username": "xiaoman", "password": PASSWORD})
    text = after.content.decode()
    assert "您刚才填的都还在" in text
    assert 'action="/test/form?step=3"' in text
    again = as_data(hidden(text))
    done = client.post("/test/form?step=3", again)
    assert done.status_code == 200
    assert done.content.decode() == f"王小满 { {k: v if isinstance(v, list) else [v] for k, v in TYPED.items()} }"


def test_a_wrong_password_on_the_way_loses_nothing_either(client, accounts):
    page = client.post("/test/form", TYPED).content.decode()
    wrong = client.post("/sign-in", {**as_data(hidden(page)), "username": "xiaoman", "password": "no"})
    assert wrong.status_code == 422
    fields = as_data(hidden(wrong.content.decode()))
    text = client.post("/sign-in", {**fields, "username": "xiaoman", "password": PASSWORD}).content.decode()
    assert ("shop", "小满<面馆>&") in hidden(text)


def test_uploads_cannot_be_carried_and_the_page_says_so(client, accounts):
    upload = SimpleUploadedFile("合同.pdf", b"%PDF-")
    page = client.post("/test/form", {"shop": "x", "contract": upload}).content.decode()
    text = client.post("/sign-in", {**as_data(hidden(page)), "username": "xiaoman", "password": PASSWORD})
    assert "请在下一页重新选" in text.content.decode()
    assert "合同.pdf" in text.content.decode()


def test_a_forged_carry_is_ignored(client, accounts):
    done = client.post("/sign-in", {"carried": "forged", "username": "xiaoman", "password": PASSWORD})
    assert done.status_code == 302


def test_a_form_from_before_signing_in_elsewhere_is_offered_again(accounts):
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in")
    old = client.cookies["csrftoken"].value
    client.post("/sign-in", {"username": "xiaoman", "password": PASSWORD, "csrfmiddlewaretoken": old})
    page = client.post("/test/form", {**TYPED, "csrfmiddlewaretoken": old}, headers={"Origin": "http://testserver"})
    assert page.status_code == 403
    assert ("words", "第一行\n第二行") in hidden(page.content.decode())
    assert client.post("/test/form", as_data(hidden(page.content.decode()))).status_code == 200


def test_a_form_of_another_site_is_offered_nothing(accounts):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/test/form", TYPED, headers={"Origin": "https://evil.example"})
    assert page.status_code == 403
    assert "小满" not in page.content.decode()


def test_a_password_is_typed_again_and_never_in_a_page(client, accounts):
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in")
    typed = {"username": "xiaoman", "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64}
    page = client.post("/sign-in", typed, headers={"Origin": "http://testserver"})
    said = page.content.decode()
    assert (page.status_code, PASSWORD in said, 'value="xiaoman"' in said) == (403, False, True)
    assert "请再输一次密码" in said
    assert "no-store" in page["Cache-Control"]
    again = {**typed, "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post("/sign-in", again).status_code == 302


def test_a_user_name_of_any_length(client, accounts):
    page = client.post("/sign-in", {"username": "x" * 100_000, "password": "y"})
    assert (page.status_code, len(page.content) < 20_000) == (422, True)


def test_another_role_is_told_to_change_accounts(client, sign_in):
    sign_in("officer")
    assert client.get("/test/inbox").content.decode() == "market-regulation"
    sign_in("clerk")
    page = client.get("/test/inbox")
    assert page.status_code == 403
    assert "换对应的账号" in page.content.decode()
    assert 'href="/desk/"' in page.content.decode()


def test_a_look_at_somebody_elses_case_is_404_and_logged(client, sign_in, accounts):
    sign_in("xiaoman")
    page = client.get("/test/other")
    assert page.status_code == 404
    assert "没有找到" in page.content.decode()
    look = Look.objects.get()
    assert (look.account, look.refused, look.what) == (accounts["xiaoman"].pk, True, "办件")


def test_headers(client):
    page = client.get("/sign-in")
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert page["Referrer-Policy"] == "same-origin"
    assert "camera=()" in page["Permissions-Policy"]
    assert "<script>" not in page.content.decode()
    assert "style=" not in page.content.decode()
