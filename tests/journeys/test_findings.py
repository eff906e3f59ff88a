"""The examination's findings in a real browser: looked through, given to somebody by a day, closed with a reason."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.installation import Site

SEAL = "「公章刻制备案」没有写依据哪部法的哪一条"
TAX = re.compile("个人所得税 1%（卖方）」没有写收费依据")


def decide(page: Page, state: str, **typed: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{state}")).check()
    for label, text in typed.items():
        page.get_by_label(label, exact=True).fill(text)
    follow(page.get_by_role("button", name="记下来"))


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_the_list_to_a_decision_and_back(browser: Browser, site: Site, script: bool):
    with visitor(browser, site.address, DESKTOP, script=script) as page:
        steps.sign_in(page, site, "gaige")
        page.goto("/reform/")
        follow(page.get_by_role("link", name="目录体检"))
        follow(page.get_by_role("button", name="现在再查一遍"))
        expect(page.get_by_text("上次体检")).to_be_visible()
        follow(page.get_by_role("link", name="警告"))
        expect(page.get_by_role("link", name=SEAL)).to_be_visible()
        follow(page.get_by_role("link", name="税务局"))
        expect(page.get_by_role("link", name=SEAL)).to_have_count(0)
        follow(page.get_by_role("link", name=TAX))
        decide(page, "正在改", 说明="税务局在查依据", 最迟哪天改好="")
        expect(page.get_by_role("alert")).to_contain_text("请写一个最迟哪天改好")
        expect(page.get_by_label("说明", exact=True)).to_have_value("税务局在查依据")
        decide(page, "正在改", 最迟哪天改好="2099-12-08")
        expect(page.get_by_role("listitem").filter(has_text="最迟2099年12月8日").first).to_be_visible()
        if script:
            check(page)
            steps.shot(page, "finding-desktop")
        decide(page, "还没有人管", 最迟哪天改好="", 说明="")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_list_in_both_languages(browser: Browser, site: Site, size: dict[str, int]):
    name = "phone" if size is PHONE else "desktop"
    with visitor(browser, site.address, size) as page:
        steps.sign_in(page, site, "gaige")
        page.goto("/reform/findings/")
        check(page)
        steps.shot(page, f"findings-{name}")
        follow(page.get_by_role("button", name="English"))
        expect(page.get_by_role("heading", name="Examination", exact=True)).to_be_visible()
        check(page)
        steps.shot(page, f"findings-{name}-en")
        follow(page.get_by_role("link", name=re.compile("names no law")).first)
        steps.shot(page, f"finding-{name}-en")
