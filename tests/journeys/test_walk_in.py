"""Somebody without an account comes to the window: asked there, papers seen, decided, handed out, in one visit."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.fixtures.shop import SMALL
from tests.journeys import steps
from tests.journeys.browser import DESKTOP, check, follow, visitor
from tests.journeys.conftest import Site
from tests.journeys.words import labels

WHO = {"身份证号码": "330521199403051221", "姓名": "周阿满（示范）", "手机号码": "13900000009"}
CHOSEN = ("matter.kind", "matter.sign", "matter.tobacco", "matter.business_items", "matter.online_food")
SAYS = labels(SMALL, *CHOSEN, "matter.food_pledge", "matter.premises_promise")
WRITES = labels(SMALL, "matter.area", "matter.shop_name", "matter.premises_certificate") | {
    "住址": "浙江省湖州市德清县示范路9号（示范）",
    "手机号码": WHO["手机号码"],
}


def test_a_walk_in_applicant_comes_once(browser: Browser, site: Site):
    with visitor(browser, site.address, DESKTOP) as page:
        steps.sign_in(page, site, "chuangkou")
        arrive(page)
        ask(page)
        see_papers(page)
        number = submit(page)
        with visitor(browser, site.address, DESKTOP) as office:
            assert steps.grant_all(office, site, "shichang", number) == 2
        hand_out(page, number)


def arrive(page: Page) -> None:
    """A number with a wrong check digit is told at once, and nothing typed is lost."""
    expect(page).to_have_url(re.compile("/desk/$"))
    check(page)
    for label, value in WHO.items():
        page.get_by_role("textbox", name=label).fill(value[:-1] + "0" if label == "身份证号码" else value)
    follow(page.get_by_role("button", name="他本人到了，开始"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_role("textbox", name="姓名")).to_have_value(WHO["姓名"])
    page.get_by_role("textbox", name="身份证号码").fill(WHO["身份证号码"])
    page.get_by_role("radio", name="开餐饮店").check()
    follow(page.get_by_role("button", name="他本人到了，开始"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(WHO["姓名"])


def ask(page: Page) -> None:
    """Ask until nothing is asked any more; what registers say is read to him."""
    for turn in range(8):
        asked = page.get_by_role("region", name="问他")
        if asked.count():
            if turn < 2:
                check(page)
            answer(page)
        elif (heard := page.get_by_role("button", name="念过了，其余的他说对")).count():
            follow(heard)
        else:
            return
    raise AssertionError(f"the window still asks: {asked.inner_text()}")


def answer(page: Page) -> None:
    """Everything that the page asks now."""
    asked = page.get_by_role("region", name="问他")
    for label, option in SAYS.items():
        group = asked.get_by_role("group", name=label)
        if group.count():
            group.get_by_role("radio", name=re.compile(f"^{option}")).first.click()
    for label, value in WRITES.items():
        box = asked.get_by_role("textbox", name=label)
        if box.count():
            box.fill(value)
    follow(asked.get_by_role("button", name="存下，看还要问什么"))


def see_papers(page: Page) -> None:
    """Originals are looked at and given back, copies are taken: none is scanned."""
    steps.shot(page, "desk-papers")
    check(page)
    papers = page.get_by_role("button", name=re.compile("^(原件看过了|复印件收下了)"))
    assert papers.count() >= 2
    for _ in range(papers.count()):
        follow(papers.first)
    expect(papers).to_have_count(0)


def submit(page: Page) -> str:
    """Not without his declaration."""
    follow(page.get_by_role("button", name="替他提交，打印回执"))
    expect(page.locator(".govuk-error-summary")).to_contain_text("请先请他看过")
    page.get_by_label("他本人看过，承诺内容和材料真实").check()
    follow(page.get_by_role("button", name="替他提交，打印回执"))
    expect(page).to_have_url(re.compile("/desk/cases/.+"))
    check(page)
    return page.url.rsplit("/", 1)[1]


def hand_out(page: Page, number: str) -> None:
    """Still the same visit: he waited, and takes both licences along."""
    page.goto("/desk/")
    page.get_by_label("办件号").fill(number.lower())
    follow(page.get_by_role("button", name="打开"))
    give = page.get_by_role("button", name=re.compile("^打印好了，交给他"))
    steps.until(give, 2)
    steps.shot(page, "desk-results")
    check(page)
    for left in (1, 0):
        follow(give.first)
        expect(give).to_have_count(left)
    expect(page.get_by_text("已经给他了")).to_have_count(2)
    came = page.locator("dl.ov-facts")
    expect(came).to_contain_text(re.compile(r"来了\s*1 次"))
    expect(came).to_contain_text(re.compile(r"方案上是\s*1 次"))
    steps.shot(page, "desk-done")
