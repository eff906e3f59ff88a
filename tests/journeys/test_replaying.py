"""A change is replayed from the workbench in a real browser: asked for, computed by the worker, looked at."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.installation import Site

LEVERS = ("证明、户口内页、社保卡寄到家", "医保、社保卡由综合窗口收")


def ask(page: Page) -> None:
    """From the workbench to a run of 300 synthetic applicants."""
    page.goto("/reform/workbench/newborn")
    for name in LEVERS:
        page.get_by_text(name, exact=True).click()
    follow(page.get_by_role("button", name="拿这些手段去重放"))
    page.get_by_label("多少个合成的申请人").fill("很多")
    follow(page.get_by_role("button", name="开始算"))
    expect(page.get_by_role("alert")).to_contain_text("从 1 到 10,000")
    page.get_by_label("多少个合成的申请人").fill("300")
    follow(page.get_by_role("button", name="开始算"))


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_asked_for_computed_and_looked_at(browser: Browser, site: Site, script: bool):
    with visitor(browser, site.address, DESKTOP, script=script) as page:
        page.set_default_timeout(60_000)
        steps.sign_in(page, site, "gaige")
        ask(page)
        expect(page.get_by_role("heading", name=re.compile("300 个人里"))).to_be_visible(timeout=60_000)  # by itself
        if script:
            check(page)
            steps.shot(page, "replay-desktop")
        follow(page.get_by_role("link", name="重放", exact=True).first)
        expect(page.get_by_role("cell", name="算好了").first).to_be_visible()
        if script:
            steps.shot(page, "replays-desktop")


def test_on_a_phone_and_in_english(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE) as page:
        page.set_default_timeout(60_000)
        steps.sign_in(page, site, "gaige")
        ask(page)
        steps.shot(page, "replay-running-phone")
        expect(page.get_by_role("heading", name=re.compile("300 个人里"))).to_be_visible(timeout=60_000)
        check(page)
        steps.shot(page, "replay-phone")
        follow(page.get_by_role("button", name="English"))
        expect(page.get_by_role("heading", name=re.compile("Of 300 people"))).to_be_visible()
        check(page)
        steps.shot(page, "replay-phone-en")
        page.set_viewport_size(DESKTOP)
        steps.shot(page, "replay-desktop-en")
        page.goto("/reform/replay/of/newborn?of=now&pull=courier-results")
        check(page)
        steps.shot(page, "replay-begin-desktop-en")
