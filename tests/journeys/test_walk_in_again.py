"""Somebody without an account comes again: his name was typed wrong, something is missing, he has changed his mind."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys import test_walk_in as first
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.conftest import Site

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
PLAN, AREA = "平面图上没有洗碗池，请重画", "面积和平面图对不上，请重填"


@SIZES
def test_what_was_missing_is_brought_to_the_window(browser: Browser, site: Site, size: dict[str, int]):
    with visitor(browser, site.address, size) as page:
        number = take_in(page, site)
        with visitor(browser, site.address, DESKTOP) as office:
            report_missing(office, site, number)
        see_what_is_missing(page, number)
        supply(page)
        receipt(page)
        with visitor(browser, site.address, DESKTOP) as office:
            assert steps.grant_all(office, site, "shichang", number) == 2


@SIZES
def test_an_application_is_withdrawn_at_the_window(browser: Browser, site: Site, size: dict[str, int]):
    with visitor(browser, site.address, size) as page:
        number = take_in(page, site)
        follow(page.get_by_role("link", name="他不想办了，撤回申请"))
        expect(page.get_by_role("heading", name="撤回申请？")).to_be_visible()
        check(page)
        follow(page.get_by_role("button", name="替他撤回"))
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        steps.shot(page, f"desk-withdrawal-{page.viewport_size['width']}")
        check(page)
        page.get_by_role("radio", name=re.compile("^受他委托的人")).check()
        follow(page.get_by_role("button", name="替他撤回"))
        expect(page.get_by_role("radio", name=re.compile("^受他委托的人"))).to_be_checked()
        page.get_by_role("textbox", name="受托人姓名").fill("周阿圆（示范）")
        follow(page.get_by_role("button", name="替他撤回"))
        expect(page).to_have_url(re.compile(f"/desk/cases/{number}$"))
        expect(page.get_by_role("heading", name="已撤回")).to_be_visible()
        check(page)


@SIZES
def test_a_name_typed_wrong_once_is_put_right_by_the_card(browser: Browser, site: Site, size: dict[str, int]):
    number = {390: "330521199507120017", 1440: "330521199608230020"}[size["width"]]
    with visitor(browser, site.address, size) as page:
        steps.sign_in(page, site, "chuangkou")
        identify(page, number, "李错字")
        expect(page.get_by_role("heading", level=1)).to_contain_text("李错字")
        follow(page.get_by_role("link", name="今天的窗口"))
        identify(page, number, "李正字")
        expect(page.locator(".govuk-error-summary")).to_contain_text("另一个姓名")
        expect(page.get_by_role("textbox", name="姓名")).to_have_value("李正字")
        steps.shot(page, f"desk-other-name-{size['width']}")
        check(page)
        page.get_by_label("身份证在我手里，号码和姓名都对过了，更正登记的姓名").check()
        follow(page.get_by_role("button", name="他本人到了，开始"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("李正字")
        check(page)


def identify(page: Page, number: str, name: str) -> None:
    """Type what stands on the card."""
    page.get_by_role("textbox", name="身份证号码").fill(number)
    page.get_by_role("textbox", name="姓名").fill(name)
    follow(page.get_by_role("button", name="他本人到了，开始"))


def take_in(page: Page, site: Site) -> str:
    """A whole walk at the window; the case's number."""
    steps.sign_in(page, site, "chuangkou")
    first.arrive(page)
    first.ask(page)
    first.see_papers(page)
    return first.submit(page)


def report_missing(page: Page, site: Site, number: str) -> None:
    """The officer finds the plan and the area wrong in one procedure, and the other complete."""
    steps.sign_in(page, site, "shichang")
    page.goto(f"/office/?tab=check&q={number}")
    follow(page.get_by_role("row").filter(has_text="小餐饮店登记").get_by_role("link"))
    follow(page.get_by_role("link", name="有缺的，告知补正"))
    page.get_by_label("经营场所平面图").first.check()
    page.get_by_role("textbox", name=re.compile("为什么.*经营场所平面图")).fill(PLAN)
    page.get_by_text("填写的内容也有要补的").click()
    page.get_by_label("店名").first.check()
    page.get_by_role("textbox", name=re.compile("为什么.*店名")).fill(AREA)
    follow(page.get_by_role("button", name="列入补正通知"))
    while steps.open_work(page, number, "材料齐全，受理", "check"):
        steps.press(page, "材料齐全，受理")


def see_what_is_missing(page: Page, number: str) -> None:
    """The list is on the case, with the agency and the last day; the way to the form is one button."""
    page.goto("/desk/")
    expect(page.get_by_text("等他补正").first).to_be_visible()
    page.get_by_label("办件号").fill(number.lower())
    follow(page.get_by_role("button", name="打开"))
    expect(page.get_by_role("heading", name=re.compile("^等他补 2 项，最迟 "))).to_be_visible()
    for words in (PLAN, AREA):
        expect(page.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    steps.shot(page, f"desk-missing-{page.viewport_size['width']}")
    check(page)
    follow(page.get_by_role("link", name="收他补的材料"))


def supply(page: Page) -> None:
    """Nothing; then a copy kept and a word typed: what he says stays until it can be taken."""
    expect(page.get_by_text("今天已登记到场")).to_be_visible()
    follow(page.get_by_role("button", name="收下，出回执"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check(page)
    page.get_by_label(re.compile("收下一份复印件")).check()
    page.get_by_role("textbox", name="店名").fill("阿满小吃（示范）")
    steps.shot(page, f"desk-supplement-{page.viewport_size['width']}")
    check(page)
    follow(page.get_by_role("button", name="收下，出回执"))
    expect(page).to_have_url(re.compile("/desk/cases/[^/]+$"))


def receipt(page: Page) -> None:
    """It is there to be printed within seconds, and coming twice on one day was one visit."""
    expect(page.get_by_role("heading", name="办理中")).to_be_visible()
    link = page.get_by_role("link", name="补正回执")
    steps.until(link)
    address = link.get_attribute("href") or ""
    assert page.request.get(address).body().startswith(b"%PDF")
    expect(page.locator("dl.ov-facts")).to_contain_text(re.compile(r"来了\s*1 次"))
    steps.shot(page, f"desk-supplied-{page.viewport_size['width']}")
    check(page)
