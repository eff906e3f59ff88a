"""A home is sold by four people, or by a mandate from abroad; a father registers twins at night.

Each goes on until what was asked for is in the hands of who asked.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from onevisit.core.facts import FactSpec, FactType
from onevisit.core.parties import all_specs
from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.conftest import Site
from tests.journeys.stories import SALE, TWINS
from tests.journeys.words import CONTENT

ABROAD = {
    "matter.you": "buyer",
    "matter.family": "false",
    "matter.mortgage": "none",
    "matter.loan": "false",
    "matter.utilities": "none",
    "seller.count": "1",
    "buyer.count": "1",
    "spouse.count": "0",
    "seller.signs": "mandate",
    "buyer.signs": "window",
    "matter.certificate": "浙(2021)德清县不动产权第9900102号",
    "matter.price": "1500000",
    "matter.buyer_homes": "first",
    "matter.only_home": "true",
    "matter.further_certificates": "0",
    "seller.id_number": "330521197803129914",
    "seller.agent_id_number": "330521199802284014",
    "seller.agent_name": "方与舟（示范）",
    "seller.agent_until": "2099-12-31",
    "buyer.id_number": "330521199108239977",
    "buyer.phone": "13900000015",
}
AGENCIES_OF_A_BIRTH = ("weijian", "gongan", "yibao", "renshe")  # in the order in which one takes the other's result


class Form:
    """The questions and the form of an event, answered by what its catalogue calls each fact."""

    def __init__(self, page: Page, event: str, facts: dict[str, str]) -> None:
        self.page = page
        self.specs = all_specs(CONTENT.events[event])
        self.facts = facts

    def value(self, spec: FactSpec) -> str:
        """What is typed or chosen for a fact, in words; the first choice where the story does not care."""
        known = self.facts.get(spec.key)
        if spec.type is FactType.BOOL:
            return "是" if known == "true" else "否"
        if spec.options:
            return next((one.label.zh for one in spec.options if one.value == known), spec.options[0].label.zh)
        return known or ("1" if spec.type in (FactType.INTEGER, FactType.DECIMAL) else "示范")

    def answer_questions(self) -> None:
        """Each question as it comes, until the plan."""
        asked = {spec.question.zh: spec for spec in self.specs.values()}
        for _ in range(40):
            if "/plan" in self.page.url:
                expect(self.page.get_by_role("link", name="接着答题")).to_have_count(0)
                return
            spec = asked[self.page.get_by_role("heading", level=1).inner_text().strip()]
            if self.page.get_by_role("radio").count():
                self.page.get_by_text(self.value(spec), exact=True).first.click()
            else:
                self.page.get_by_role("textbox").first.fill(self.value(spec))
            follow(self.page.get_by_role("button", name=re.compile("下一题|看方案")))
        raise AssertionError(f"still asking at {self.page.url}")

    def fill(self) -> None:
        """The one form, and what registers say, as often as there is more."""
        for _ in range(8):
            if self.page.url.endswith("/known"):
                follow(self.page.get_by_role("button", name=re.compile("^核对好了")))
            elif self.page.url.endswith("/form"):
                self.fill_page()
                follow(self.page.get_by_role("button", name="存好，下一步传材料"))
            else:
                return
        wrong = self.page.locator(".govuk-error-message").all_inner_texts()
        raise AssertionError(f"the form still asks at {self.page.url}: {wrong}")

    def fill_page(self) -> None:
        """Every field of the page that is empty."""
        for key, spec in self.specs.items():
            box = self.page.locator(f'[name="{key}"]:not([type="hidden"])')
            if not box.count():
                continue
            if box.first.get_attribute("type") == "radio":
                if not self.page.locator(f'[name="{key}"]:checked').count():
                    own = box.first.locator("xpath=ancestor::fieldset[1]")
                    own.get_by_text(self.value(spec), exact=True).first.click()
            elif not box.first.input_value() and not box.first.is_disabled():
                box.first.fill(self.value(spec))


def apply(page: Page, site: Site, event: str, facts: dict[str, str], who: str) -> str:
    """From home to the receipt; the case's number."""
    form = Form(page, event, facts)
    page.goto(f"/guides/{event}")
    check(page)
    steps.shot(page, f"{event}-guide")
    follow(page.get_by_role("button", name=re.compile("开始")).first)
    form.answer_questions()
    check(page)
    steps.shot(page, f"{event}-plan")
    follow(page.get_by_role("link", name=re.compile("就这样办")))
    steps.sign_in(page, site, who)
    form.fill()
    expect(page).to_have_url(re.compile("/uploads"))
    check(page)
    steps.shot(page, f"{event}-uploads")
    steps.upload_all(page)
    follow(page.get_by_role("button", name="下一步，看一遍再提交"))
    check(page)
    steps.shot(page, f"{event}-check")
    return steps.submit(page)


def come(clerk: Page, name: str, number: str, event: str = "") -> None:
    """Somebody shows his card at the window, for something new or for what he is awaited for."""
    clerk.goto("/desk/")
    clerk.get_by_role("textbox", name="身份证号码").fill(number)
    clerk.get_by_role("textbox", name="姓名").fill(name)
    if event:
        clerk.get_by_role("radio", name=event).check()
    follow(clerk.get_by_role("button", name="他本人到了，开始"))
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(name)


def ask(clerk: Page, form: Form) -> None:
    """The clerk asks until nothing is left, reads out what registers say, and looks at the papers."""
    for _ in range(12):
        asked = clerk.get_by_role("button", name="存下，看还要问什么")
        heard = clerk.get_by_role("button", name="念过了，其余的他说对")
        if asked.count():
            form.fill_page()
            follow(asked)
        elif heard.count():
            follow(heard)
        else:
            break
    papers = clerk.get_by_role("button", name=re.compile("^(原件看过了|复印件收下了)"))
    check(clerk)
    steps.shot(clerk, "abroad-papers")
    for left in reversed(range(papers.count())):
        follow(papers.first)
        expect(papers).to_have_count(left)


def take_money(clerk: Page) -> None:
    """By card, at the window."""
    clerk.get_by_role("textbox", name="小票号或者现金收据号").fill("POS-1")
    follow(clerk.get_by_role("button", name="收到了，登记"))
    expect(clerk.get_by_role("button", name="收到了，登记")).to_have_count(0)


def pay(page: Page, number: str) -> None:
    """Online, at the demonstration provider."""
    page.goto(f"/cases/{number}")
    follow(page.get_by_role("link", name="去缴费"))
    follow(page.get_by_role("button", name="去付款"))
    follow(page.get_by_role("button", name="付款（示范）"))
    follow(page.get_by_role("link", name="回到一次办"))
    steps.until(page.get_by_text("已缴 12080.00 元", exact=True))


def test_four_people_sell_a_home_in_one_visit(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE) as buyer:
        number = apply(buyer, site, "sell-home", SALE, "wenyuan")
        pay(buyer, number)
        with visitor(browser, site.address, DESKTOP) as seller:
            steps.sign_in(seller, site, "hejia")
            seller.goto(f"/cases/{number}")
            check(seller)
            steps.shot(seller, "sell-home-parties")
            follow(seller.get_by_role("link", name="看内容，签字"))
            check(seller)
            steps.shot(seller, "sell-home-signature")
            seller.get_by_text("我看过了，内容真实，是我本人的意思").click()
            follow(seller.get_by_role("button", name="签字", exact=True))
            expect(seller.get_by_text("等您签字")).to_have_count(0)
        with visitor(browser, site.address, DESKTOP) as clerk:
            steps.sign_in(clerk, site, "chuangkou")
            come(clerk, "陆清和（示范）", "330521198006079920")
            expect(clerk.get_by_text("等人到齐").first).to_be_visible()
            come(clerk, "白月初（示范）", "330521199301189967")
            check(clerk)
            steps.shot(clerk, "sell-home-window")
            both = clerk.get_by_role("button", name=re.compile("^都到了"))
            for left in reversed(range(both.count())):
                follow(both.first)
                expect(both).to_have_count(left)
        for officer in ("zhujian", "shuiwu", "dengji"):
            with visitor(browser, site.address, DESKTOP) as office:
                assert steps.grant_all(office, site, officer, number) == 1, officer
        buyer.goto(f"/cases/{number}")
        expect(buyer.get_by_text("已办结").first).to_be_visible()
        check(buyer)
        steps.shot(buyer, "sell-home-done")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_plan_says_who_of_a_sale_from_abroad_goes_where(browser: Browser, site: Site, size: dict[str, int]):
    """The notary is a trip elsewhere, counted apart and named; the seller himself comes nowhere."""
    with visitor(browser, site.address, size) as page:
        form = Form(page, "sell-home", ABROAD)
        page.goto("/guides/sell-home")
        follow(page.get_by_role("button", name=re.compile("开始")).first)
        form.answer_questions()
        check(page)
        steps.shot(page, f"abroad-plan-{size['width']}")
        apart = page.locator(".ov-box", has_text="不算在内")
        expect(apart).to_contain_text("1 次")
        expect(apart).to_contain_text("到公证处办委托公证")
        expect(page.get_by_text("跑 1 次就办好")).to_be_visible()


def test_a_home_is_sold_from_abroad_by_mandate(browser: Browser, site: Site):
    """The agent signs at the window, pays nobody a second visit, and the buyer takes the certificate along."""
    buyer, agent = ("温远行（示范）", "330521199108239977"), ("方与舟（示范）", "330521199802284014")
    with visitor(browser, site.address, DESKTOP) as clerk:
        steps.sign_in(clerk, site, "chuangkou")
        come(clerk, *buyer, event="二手房交易登记")
        ask(clerk, Form(clerk, "sell-home", ABROAD))
        steps.shot(clerk, "abroad-ready")
        clerk.get_by_label("他本人看过，承诺内容和材料真实").check()
        follow(clerk.get_by_role("button", name="替他提交，打印回执"))
        expect(clerk).to_have_url(re.compile("/desk/cases/.+"))
        number = clerk.url.rsplit("/", 1)[1]
        take_money(clerk)
        for officer in ("zhujian", "shuiwu"):
            decide(browser, site, officer, number)
        come(clerk, *agent)
        expect(clerk.get_by_text("受托人签字").first).to_be_visible()
        check(clerk)
        steps.shot(clerk, "abroad-agent")
        signed = clerk.get_by_role("button", name=re.compile("^证件核对过了，办好了"))
        follow(signed.first)
        expect(signed).to_have_count(0)
        decide(browser, site, "dengji", number)
        clerk.goto(f"/desk/cases/{number}")
        give = clerk.get_by_role("button", name=re.compile("^打印好了，交给他：不动产权证书"))
        steps.until(give)
        check(clerk)
        steps.shot(clerk, "abroad-results")
        follow(give)
        expect(give).to_have_count(0)
        expect(clerk.locator("dl.ov-facts")).to_contain_text(re.compile(r"来了\s*1 次"))
        clerk.goto("/desk/")
        came = clerk.get_by_role("region", name="今天到过的人")
        expect(came).to_contain_text("方**（示范）")
        expect(came).not_to_contain_text("何**（示范）")  # who sells never came


def decide(browser: Browser, site: Site, officer: str, number: str) -> None:
    """An agency grants what it has of the case."""
    with visitor(browser, site.address, DESKTOP) as office:
        assert steps.grant_all(office, site, officer, number), officer


def test_a_father_registers_twins_on_his_phone(browser: Browser, site: Site):
    with visitor(browser, site.address, PHONE) as page:
        number = apply(page, site, "newborn", TWINS, "gu")
        page.goto(f"/cases/{number}")
        check(page)
        steps.shot(page, "newborn-case")
        for officer in AGENCIES_OF_A_BIRTH:
            decide(browser, site, officer, number)
        page.goto(f"/cases/{number}")
        expect(page.get_by_text("已办结").first).to_be_visible()
        for title in ("出生医学证明", "社会保障卡"):
            steps.until(page.get_by_role("link", name=re.compile(title)), 2)
        check(page)
        steps.shot(page, "newborn-done")
        expect(page.locator("dl.ov-facts").first).to_contain_text(re.compile(r"到场\s*0 次"))
        expect(page.get_by_text(re.compile("还等|等您"))).to_have_count(0)
        href = page.get_by_role("link", name="下载 PDF").first.get_attribute("href") or ""
        assert page.request.get(href).body().startswith(b"%PDF")
        page.set_viewport_size(DESKTOP)
        page.reload()
        check(page)
        steps.shot(page, "newborn-done-desktop")
