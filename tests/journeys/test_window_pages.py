"""The window's pages on a phone, a tablet and a desk: who came, what is missing, what is told, what is put right."""

import re

import pytest
from demo.reader import line
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys import test_walk_in as first
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.conftest import Site

TABLET = {"width": 768, "height": 1024}
SIZES = pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])


@SIZES
def test_what_is_missing_is_told_on_the_spot_without_script(browser: Browser, site: Site, size: dict[str, int]):
    with visitor(browser, site.address, size, script=False) as page:
        steps.sign_in(page, site, "chuangkou")
        page.goto("/desk/")
        page.get_by_label("刷身份证").fill("看不懂")
        follow(page.get_by_role("button", name="看他是谁"))
        expect(page.locator(".govuk-error-summary")).to_contain_text("看不懂")
        page.get_by_label("刷身份证").fill(line("魏素"))
        follow(page.get_by_role("button", name="看他是谁"))
        expect(page.get_by_role("heading", level=1)).to_have_text("魏素（示范）")
        follow(page.get_by_role("button", name="开餐饮店"))
        ask(page)
        follow(page.get_by_role("link", name="缺的今天没带：当场告知，或者容缺受理"))
        page.get_by_label("他本人看过，承诺内容和材料真实").check()
        page.get_by_role("textbox", name=re.compile("经营场所平面图")).fill("没有带来，请画出厨房和通道")
        follow(page.get_by_role("button", name="提交，打印回执和补正单"))
        expect(page.get_by_role("heading", name=re.compile("^等他补"))).to_be_visible()
        expect(page.get_by_text("他没有电话：文书由窗口打印")).to_be_visible()
        for letter in ("收件回执", "补正告知书"):
            address = page.get_by_role("link", name=letter).get_attribute("href") or ""
            assert page.request.get(address).body().startswith(b"%PDF")
        follow(page.get_by_role("link", name="今天的窗口"))
        expect(page.get_by_role("region", name="等在这个窗口的，期限近的在前")).to_contain_text("魏")
        post = page.get_by_role("button", name=re.compile("寄出了，或者当面给了"))
        before = post.count()
        follow(post.first)
        expect(post).to_have_count(before - 1)


@SIZES
def test_every_page_of_the_window_is_fit_for_people(browser: Browser, site: Site, size: dict[str, int]):
    with visitor(browser, site.address, size) as page:
        steps.sign_in(page, site, "chuangkou")
        page.goto("/desk/")
        page.get_by_label("刷身份证").fill(line("魏素"))
        follow(page.get_by_role("button", name="看他是谁"))
        look(page, "person")
        follow(page.get_by_role("button", name="开餐饮店"))
        look(page, "asked")
        ask(page)
        look(page, "papers-to-see")
        follow(page.get_by_role("link", name="缺的今天没带：当场告知，或者容缺受理"))
        look(page, "missing")
        follow(page.get_by_role("button", name="提交，打印回执和补正单"))
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        look(page, "missing-undeclared")
        page.get_by_label("他本人看过，承诺内容和材料真实").check()
        follow(page.get_by_role("button", name="提交，打印回执和补正单"))
        look(page, "told")
        follow(page.get_by_role("link", name="填错了，更正"))
        look(page, "answers")
        page.get_by_role("textbox", name="店名").fill("阿满小馆（示范）")
        follow(page.get_by_role("button", name="存下改过的"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("开餐饮店")
        page.goto("/desk/")
        look(page, "today")


def look(page: Page, name: str) -> None:
    """Fit for people, and a picture for who wants to look."""
    steps.shot(page, f"desk-{name}-{page.viewport_size['width']}")
    check(page)


def ask(page: Page) -> None:
    """Everything, as the other walk does; but he has no telephone."""
    for _ in range(9):
        none = page.get_by_role("button", name="他没有电话，全部给纸质的")
        if none.count():
            follow(none)
        elif page.get_by_role("region", name="问他").count():
            first.answer(page)
        elif (heard := page.get_by_role("button", name="念过了，其余的他说对")).count():
            follow(heard)
        else:
            return
    raise AssertionError(f"the window still asks at {page.url}")
