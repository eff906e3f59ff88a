"""The page for integrators, on a phone and on a desk, without a script; axe looks at it in test_places.py."""

from playwright.sync_api import Browser, expect

from tests.journeys.browser import DESKTOP, PHONE, visitor
from tests.journeys.conftest import Site


def test_the_page_for_integrators(browser: Browser, site: Site):
    for size in (PHONE, DESKTOP):
        with visitor(browser, site.address, size, script=False) as page:
            page.goto("/api/v1/docs")
            expect(page.get_by_role("heading", level=1)).to_contain_text("接口文档")
            page.get_by_text("请求的例子").first.click()
            expect(page.locator("details[open] pre")).to_be_visible()
