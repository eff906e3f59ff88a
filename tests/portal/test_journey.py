"""From home to receipt and tracking through the pages, with the real content and register."""

import re

import pytest

from tests.portal import walk

pytestmark = pytest.mark.django_db


def test_anonymous_answers_then_signs_in_and_keeps_everything(client, content, register, sign_in):
    assert "开餐饮店" in client.get("/?q=面馆").content.decode()
    assert "最多" in client.get("/guides/open-restaurant").content.decode()
    draft = walk.begin(client)
    assert walk.answer_all(client, draft) >= 3
    plan = client.get(f"/drafts/{draft}/plan").content.decode()
    assert "用文字看这张图" in plan and "食品经营许可" in plan
    assert client.get(f"/drafts/{draft}/known")["Location"].startswith("/sign-in?next=")
    sign_in("xiaoman")
    assert "公安局" in client.get(f"/drafts/{draft}/known").content.decode()
    walk.fill_form(client, draft)
    assert walk.upload_all(client, draft) >= 2
    number = walk.submit(client, draft)
    receipt = client.get(f"/cases/{number}/receipt").content.decode()
    assert number in receipt and "<svg" in receipt
    track = client.get(f"/cases/{number}").content.decode()
    assert "食品经营许可" in track and "经过" in track
    for page in ("questions", "plan", "known", "form", "uploads", "check"):
        assert client.get(f"/drafts/{draft}/{page}")["Location"] == f"/cases/{number}/receipt"
    assert number in client.get("/cases").content.decode()


def test_the_guide_says_for_whom_a_service_is_at_which_level_and_with_what_account(client, content):
    page = " ".join(client.get("/guides/open-restaurant").content.decode().split())
    rows = re.findall(r"<h3>([^<]+)</h3>(?:(?!<h3>).)*?谁能办：(.*?) </p>", page)
    assert dict(rows)["个体工商户设立登记"] == "个人 · 办理层级：县级 · 网上办要：实名账号"
    assert dict(rows)["食品经营许可"] == "个人、企业 · 办理层级：县级 · 网上办要：实名账号"


def test_a_draft_goes_on_on_another_device(client, content, register, sign_in):
    sign_in("xiaoman")
    draft = walk.begin(client)
    walk.answer_all(client, draft)
    client.cookies.clear()
    assert client.get(f"/drafts/{draft}").status_code == 404
    sign_in("xiaoman")
    assert f"/drafts/{draft}" in client.get("/cases").content.decode()
    assert f"/drafts/{draft}" in client.get("/").content.decode()
    assert client.get(f"/drafts/{draft}")["Location"] == f"/drafts/{draft}/plan"


def test_a_commitment_is_taken_and_taken_back(client, content, register, sign_in):
    draft = walk.begin(client)
    walk.answer_all(client, draft, {"matter.area": "400"})
    page = client.get(f"/drafts/{draft}/plan").content.decode()
    assert "我愿意承诺" in page and "不承诺了" not in page
    client.post(f"/drafts/{draft}/offers", {"fact": "matter.fire_promise", "value": "true"})
    assert "不承诺了" in client.get(f"/drafts/{draft}/plan").content.decode()
    client.post(f"/drafts/{draft}/offers", {"fact": "matter.fire_promise", "value": "false"})
    assert "我愿意承诺" in client.get(f"/drafts/{draft}/plan").content.decode()
    client.post(f"/drafts/{draft}/offers", {"fact": "matter.area", "value": "1"})
    assert "400 平方米" in client.get(f"/drafts/{draft}/plan").content.decode()


def test_staff_cannot_begin_a_draft_here(client, content, sign_in):
    sign_in("officer")
    assert client.post("/drafts", {"event": "open-restaurant"}).status_code == 403
    assert client.get("/cases").status_code == 403


def test_unknown_things_are_not_found(client, content):
    assert client.get("/guides/no-such-thing").status_code == 404
    assert client.post("/drafts", {"event": "no-such-thing"}).status_code == 404
    assert "没有找到" in client.get("/?q=xyz").content.decode()
