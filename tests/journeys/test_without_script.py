"""The whole way in a browser without JavaScript: question, receipt, decision, licence, verification."""

import re

from playwright.sync_api import Browser, expect

from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, follow, visitor
from tests.journeys.conftest import Site


def test_everything_works_without_script(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE, script=False) as page:
        steps.ready(page, site, "chen")
        number = steps.submit(page)
        with visitor(browser, site.address, DESKTOP, script=False) as desk:
            assert steps.grant_all(desk, site, "shichang", number) == 2
        follow(page.get_by_role("link", name="看进度"))
        steps.until(page.get_by_text("下载 PDF", exact=True), 2)
        follow(page.get_by_role("link", name="看小餐饮店登记证"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("小餐饮店登记证")
        address = page.get_by_role("link", name=re.compile("PDF")).first.get_attribute("href")
        licence = page.request.get(address or "").body()
        verify(page, licence, "有效")
        verify(page, licence[:5000] + bytes([licence[5000] ^ 1]) + licence[5001:], "改过")


def verify(page, licence: bytes, words: str) -> None:
    """Give a licence's file to the public page."""
    page.goto("/verify")
    page.locator("input[type=file]").set_input_files(
        {"name": "证照.pdf", "mimeType": "application/pdf", "buffer": licence}
    )
    follow(page.get_by_role("button", name=re.compile("验")).first)
    expect(page.locator("main")).to_contain_text(re.compile(words))
