"""From home to a verified licence, across all faces, on a phone and on a desktop screen."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.conftest import Site

OFFICERS = {"shichang": 2, "xiaofang": 1, "zhifa": 1, "yancao": 1}  # and how many services each decides


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_a_question_to_verified_licences(browser: Browser, site: Site, size: dict[str, int]):
    name = "phone" if size is PHONE else "desktop"
    with visitor(browser, site.address, size) as page:
        page.goto("/")
        look(page, f"home-{name}")
        follow(page.get_by_role("link", name=re.compile("开餐饮店")).first)
        look(page, f"guide-{name}")
        follow(page.get_by_role("button", name=re.compile("开始")))
        steps.shot(page, f"question-{name}")
        steps.answer_questions(page)
        look(page, f"plan-{name}")
        follow(page.get_by_role("link", name="就这样办，去登录"))
        look(page, f"sign-in-{name}")
        steps.sign_in(page, site, "chen")
        if page.url.endswith("/known"):
            look(page, f"known-{name}")
            follow(page.get_by_role("button", name="核对好了，接着填"))
        look(page, f"form-{name}")
        steps.fill_form(page)
        if page.url.endswith("/known"):
            look(page, f"known-more-{name}")
            follow(page.get_by_role("button", name="核对好了，接着填"))
            steps.fill_form(page)
        look(page, f"uploads-{name}")
        steps.upload_all(page)
        look(page, f"uploaded-{name}")
        follow(page.get_by_role("button", name="下一步，看一遍再提交"))
        look(page, f"check-{name}")
        page.get_by_text("我承诺：填的和交的都是真的").click()
        follow(page.get_by_role("button", name="提交"))
        expect(page).to_have_url(re.compile("/cases/.+/receipt"))
        look(page, f"receipt-{name}")
        number = page.url.split("/")[4]
        for officer in OFFICERS:
            decide(browser, site, size, officer, number)
        track(page, site, number, name)


def look(page: Page, name: str) -> None:
    steps.shot(page, name)
    check(page)


def decide(browser: Browser, site: Site, size: dict[str, int], officer: str, number: str) -> None:
    """An officer accepts and grants all of his that belong to the case."""
    name = "phone" if size is PHONE else "desktop"
    with visitor(browser, site.address, size) as page:
        steps.sign_in(page, site, officer)
        look(page, f"inbox-{officer}-{name}")
        granted = 0
        for tab, button in (("check", "材料齐全，受理"), ("decide", "准予")):
            while steps.open_work(page, number, button, tab):
                look(page, f"procedure-{officer}-{name}")
                granted += steps.press(page, button)
        assert granted == OFFICERS[officer] * 2, f"{officer} accepted and granted {granted} in all"


def track(page: Page, site: Site, number: str, name: str) -> None:
    """The applicant sees everything done, downloads, verifies, rates."""
    page.goto(f"/cases/{number}")
    look(page, f"track-{name}")
    steps.until(page.get_by_role("link", name="下载 PDF"), 5)
    expect(page.get_by_role("link", name="下载 PDF")).to_have_count(5)
    follow(page.get_by_role("link", name=re.compile("看食品经营许可证")).first)
    look(page, f"licence-{name}")
    pdf = page.request.get(page.get_by_role("link", name=re.compile("PDF")).first.get_attribute("href"))
    assert pdf.ok and pdf.body().startswith(b"%PDF")
    page.goto("/verify")
    page.locator("input[type=file]").set_input_files(
        {"name": "证照.pdf", "mimeType": "application/pdf", "buffer": pdf.body()}
    )
    follow(page.get_by_role("button", name=re.compile("查验|验")).first)
    look(page, f"verified-{name}")
    expect(page.get_by_text(re.compile("真实有效|有效")).first).to_be_visible()
    page.goto(f"/cases/{number}/rating")
    look(page, f"rating-{name}")
    page.get_by_text("非常满意", exact=True).first.click()
    follow(page.get_by_role("button").filter(has_text=re.compile("提交|评")).first)
    page.goto("/me/looks")
    look(page, f"looks-{name}")
    expect(page.get_by_text("方敏（示范）").first).to_be_visible()
