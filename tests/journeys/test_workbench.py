"""The reform office takes an unreformed event to one visit, in a real browser: by levers, then by the cheapest set."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.installation import Site

EVENTS = {"newborn": 8, "open-restaurant": 16, "sell-home": 10}


def worst(page: Page) -> list[str]:
    """Most visits after the levers, online and walking in."""
    return [one.locator("b").nth(1).inner_text() for one in page.locator(".ov-trips__sum").all()]


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_levers_one_by_one_then_the_cheapest(browser: Browser, site: Site, script: bool):
    with visitor(browser, site.address, DESKTOP, script=script) as page:
        steps.sign_in(page, site, "gaige")
        page.goto("/reform/")
        follow(page.get_by_role("link", name="改革手段：改什么，少跑几次").first)
        page.goto("/reform/workbench/newborn")
        assert worst(page) == ["8", "8"]
        for name in ("证明、户口内页、社保卡寄到家", "医保、社保卡由综合窗口收"):
            page.get_by_text(name, exact=True).click()
        follow(page.get_by_role("button", name="看看变化"))
        assert worst(page) == ["4", "4"]
        expect(page.get_by_role("checkbox", name="证明、户口内页、社保卡寄到家")).to_be_checked()
        follow(page.get_by_role("button", name="找最便宜的一组"))
        assert worst(page) == ["1", "1"]
        expect(page.get_by_role("heading", name="每个人最多跑一次：做到了，已证明")).to_be_visible()
        if script:
            check(page)
            steps.shot(page, "workbench-desktop")


@pytest.mark.parametrize("slug", EVENTS)
def test_each_unreformed_event_on_a_phone(browser: Browser, site: Site, slug: str):
    with visitor(browser, site.address, PHONE) as page:
        steps.sign_in(page, site, "gaige")
        page.set_default_timeout(30_000)
        page.goto(f"/reform/workbench/{slug}")
        assert worst(page) == [str(EVENTS[slug])] * 2
        check(page)
        follow(page.get_by_role("button", name="找最便宜的一组"))
        assert worst(page)[1] == "1"
        steps.shot(page, f"workbench-{slug}-phone")
