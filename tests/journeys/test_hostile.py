"""A hurried, a confused and a hostile person: everybody gets a sentence that helps, nobody what is not his."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.conftest import Site


def test_hurried_submits_twice_and_goes_back(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE) as page:
        draft = steps.ready(page, site, "chen")
        other = page.context.new_page()
        other.goto(f"{draft}/check")
        number = steps.submit(page)
        assert steps.submit(other) == number, "the second tab submitted a second case"
        page.go_back()
        page.goto(f"{draft}/check")
        expect(page).to_have_url(re.compile(f"/cases/{number}/receipt"))
        page.goto("/cases")
        assert page.locator("main").inner_text().count(number) <= 1


def test_confused_gives_what_cannot_be_taken(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE) as page:
        steps.begin(page, steps.ANSWERS)
        steps.adopt(page, site, "chen")
        ids = page.get_by_role("textbox", name="后厨和服务人员的身份证号码")
        ids.fill("330521199002149982")
        page.get_by_role("textbox", name="店名").fill("示范面馆")
        follow(page.get_by_role("button", name="存好，下一步传材料"))
        expect(page.locator(".govuk-error-summary")).to_contain_text("最后一位")
        expect(ids).to_have_value("330521199002149982")
        expect(page.get_by_role("textbox", name="店名")).to_have_value("示范面馆")
        check(page)
        steps.shot(page, "form-errors-phone")
        ids.fill(steps.FORM["后厨和服务人员的身份证号码"])
        for _ in range(3):
            steps.fill_form(page)
            if page.url.endswith("/known"):
                follow(page.get_by_role("button", name=re.compile("^核对好了")))
        program, huge = b"MZ\x90\x00 not a picture", b"%PDF-" + bytes(11 << 20)
        for content, says in (b"", "空"), (program, "内容却不是"), (huge, "最大"):
            give(page, content)
            expect(page.locator(".govuk-error-summary")).to_contain_text(re.compile(says))
        check(page)
        steps.shot(page, "upload-errors-phone")


def give(page: Page, content: bytes) -> None:
    """Give a file for the first document that is asked for."""
    form = page.locator(".ov-up__form").first
    form.locator("input[type=file]").set_input_files({"name": "图.jpg", "mimeType": "image/jpeg", "buffer": content})
    follow(form.get_by_role("button", name=re.compile("^上传")))


@pytest.mark.parametrize("lost", ["sessionid", None], ids=["session ended", "all cookies gone"])
def test_a_session_that_ends_in_the_form_loses_nothing(browser: Browser, site: Site, lost: str | None):
    with visitor(browser, site.address, PHONE) as page:
        steps.begin(page)
        steps.adopt(page, site, "chen")
        page.get_by_role("textbox", name="店名").fill("示范夜宵")
        page.context.clear_cookies(**({"name": lost} if lost else {}))
        follow(page.get_by_role("button", name="存好，下一步传材料"))
        if not lost:
            follow(page.get_by_role("button", name="接着送出"))
        expect(page.locator("main")).to_contain_text("您刚才填的都替您留着")
        check(page)
        steps.sign_in(page, site, "chen")
        follow(page.get_by_role("button", name="接着送出"))
        expect(page.get_by_role("textbox", name="店名")).to_have_value("示范夜宵")


def test_two_officers_on_one_procedure(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE) as page:
        steps.ready(page, site, "chen")
        number = steps.submit(page)
    with visitor(browser, site.address, DESKTOP) as first, visitor(browser, site.address, DESKTOP) as second:
        steps.sign_in(first, site, "shichang")
        steps.sign_in(second, site, "shichang2")
        assert steps.open_work(first, number, "材料齐全，受理", "check")
        second.goto(first.url)
        steps.press(first, "材料齐全，受理")
        follow(second.get_by_role("button", name="材料齐全，受理", exact=True))
        expect(second.locator("main")).to_contain_text("方敏")
        check(second)
        steps.shot(second, "second-officer-desktop")


def test_what_is_not_his_is_not_there_and_he_is_seen_looking(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE) as owner:
        draft = steps.ready(owner, site, "chen")
        number = steps.submit(owner)
        with visitor(browser, site.address, DESKTOP) as officer:
            steps.sign_in(officer, site, "shichang")
            assert steps.open_work(officer, number, "材料齐全，受理", "check")
            procedure = officer.url
        with visitor(browser, site.address, DESKTOP) as stranger:
            stranger.goto(procedure)
            expect(stranger).to_have_url(re.compile("/sign-in"))
            steps.sign_in(stranger, site, "wu")
            for address in (f"/cases/{number}", f"/cases/{number}/receipt", draft + "/form", draft + "/uploads"):
                assert stranger.goto(address).status == 404, address
            expect(stranger.locator("main")).to_contain_text(re.compile("没有|找不到"))
            check(stranger)
        with visitor(browser, site.address, DESKTOP) as other_agency:
            steps.sign_in(other_agency, site, "yancao")
            assert other_agency.goto(procedure).status == 404
            assert other_agency.goto(f"/office/?q={number}").ok
            expect(other_agency.locator("table.ov-list tbody a")).to_have_count(0)
        owner.goto("/me/looks")
        expect(owner.locator("main")).to_contain_text("吴")
        expect(owner.locator("main")).to_contain_text("没让看")


def test_guessing_passwords_pauses(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE) as page:
        page.goto("/sign-in")
        for _ in range(6):
            page.get_by_label("用户名").fill("nobody-here")
            page.get_by_label("密码").fill("guess")
            follow(page.get_by_role("button", name="登录", exact=True))
            if not page.get_by_label("密码").count():
                break
        expect(page.locator("main")).to_contain_text(re.compile("再试"))
        check(page)
        steps.shot(page, "paused-phone")
