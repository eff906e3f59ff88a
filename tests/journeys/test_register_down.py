"""A register that does not answer: the plan falls back and says so, and takes it back once the register answers."""

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import PHONE, check, follow, visitor
from tests.journeys.conftest import Site


def switch(site: Site, *, on: bool) -> None:
    """Switch the demonstration register, by its documented contract."""
    body = json.dumps({"on": on}).encode()
    headers = {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{site.register}/v1/switch", body, headers), timeout=5) as got:
        assert got.status == 200


@pytest.fixture
def off(site: Site) -> Iterator[None]:
    switch(site, on=False)
    yield
    switch(site, on=True)


def test_the_plan_falls_back_and_recovers(browser: Browser, site: Site, off: None):
    with visitor(browser, site.address, PHONE) as page:
        steps.begin(page)
        assert asked_for(page, "经营者身份证明") == "公安局", "before anybody signs in, nothing was asked"
        follow(page.get_by_role("link", name=re.compile("就这样办")))
        steps.sign_in(page, site, "gongsi")
        expect(page).to_have_url(re.compile("/(known|form)$"))
        plan = re.sub("/(known|form)$", "/plan", page.url)
        page.goto(plan)
        expect(page.locator("main")).to_contain_text("现在连不上")
        assert asked_for(page, "经营者身份证明") == "上传"
        check(page)
        steps.shot(page, "register-down-phone")
        switch(site, on=True)
        follow(page.get_by_role("button", name="再查一次"))
        expect(page.locator("main")).not_to_contain_text("现在连不上")
        assert asked_for(page, "经营者身份证明") == "公安局"
        page.goto(plan.replace("/plan", "/known"))
        expect(page.locator("main")).to_contain_text("沈知行")


def asked_for(page: Page, paper: str) -> str:
    """Where the plan says that this paper comes from."""
    return page.locator(".ov-ev li").filter(has_text=paper).locator(".ov-src").first.inner_text().strip()
