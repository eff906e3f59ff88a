"""From home to receipt and tracking through the pages, with the real content and register."""

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
