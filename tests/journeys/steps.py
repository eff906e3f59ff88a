"""What people do on the pages, by the words that they see."""

import io
import re
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.shop import DECIDING, LARGE, SHOP, SMALL
from tests.journeys.browser import check, follow
from tests.journeys.installation import Site
from tests.journeys.words import labels, questions

ANSWERS = questions(LARGE, *DECIDING)
TYPED = ("matter.shop_name", "matter.premises_certificate", "matter.food_manager", "matter.staff_ids")
FORM = labels(LARGE, *TYPED, "matter.sign_place")
SMALL_ANSWERS = questions(SMALL, *DECIDING)
SMALL_FORM = labels(SMALL, "matter.shop_name", "matter.premises_certificate")
CHOICES = questions(SHOP, "matter.business_items", "matter.online_food", "matter.food_pledge")


def picture(words: str) -> bytes:
    """A photo of a paper."""
    image = Image.new("RGB", (900, 1200), "white")
    ImageDraw.Draw(image).text((80, 80), words, fill="black")
    content = io.BytesIO()
    image.save(content, "JPEG")
    return content.getvalue()


def sign_in(page: Page, site: Site, username: str) -> None:
    """On the sign-in page, or from the header."""
    if "sign-in" not in page.url and not page.get_by_label("用户名").count():
        page.goto("/sign-in")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(site.password)
    follow(page.get_by_role("button", name="登录", exact=True))


def answer_questions(page: Page, answers: dict[str, str] | None = None, *, look: bool = True) -> None:
    """Answer each question as it comes, until the plan."""
    answers = answers or ANSWERS
    for _ in range(len(answers) + 1):
        if "/plan" in page.url:
            return
        heading = page.get_by_role("heading", level=1).inner_text().strip()
        value = answers[heading]
        if look:
            check(page)
        if page.get_by_role("radio").count():
            page.get_by_text(value, exact=True).first.click()
        else:
            page.get_by_role("textbox").first.fill(value)
        follow(page.get_by_role("button", name=re.compile("下一题|看方案")))
    raise AssertionError(f"still asking at {page.url}")


def fill_form(page: Page, values: dict[str, str] | None = None) -> None:
    """The one form, as often as it asks for more."""
    values = values or FORM
    for _ in range(4):
        if not page.url.endswith("/form"):
            return
        for label, value in values.items():
            box = page.get_by_role("textbox", name=label)
            if box.count() and not box.first.input_value():
                box.first.fill(value)
        for label, option in CHOICES.items():
            if page.get_by_role("group", name=label).count():
                choose(page, label, option)
        follow(page.get_by_role("button", name="存好，下一步传材料"))
    raise AssertionError(f"the form still asks at {page.url}: {page.locator('.govuk-error-message').all_inner_texts()}")


def upload_all(page: Page) -> None:
    """A photo for each document that is asked for."""
    while (forms := page.locator(".ov-up__form")).count():
        shown = [form for form in forms.all() if form.is_visible()]
        if not shown:
            return
        shown[0].locator("input[type=file]").set_input_files(
            {"name": "材料.jpg", "mimeType": "image/jpeg", "buffer": picture("示范材料")}
        )
        follow(shown[0].get_by_role("button", name=re.compile("^上传")))
        expect(page.get_by_text("材料.jpg").first).to_be_visible()


def shot(page: Page, name: str) -> None:
    """A picture for people who want to look (var/pictures, not kept in git)."""
    folder = Path(__file__).resolve().parents[2] / "var" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(folder / f"{name}.png"), full_page=True)


def begin(page: Page, answers: dict[str, str] | None = None) -> None:
    """From home to the plan of a small shop."""
    page.goto("/")
    follow(page.get_by_role("link", name=re.compile("开餐饮店")).first)
    follow(page.get_by_role("button", name=re.compile("开始")).first)
    answer_questions(page, answers or SMALL_ANSWERS, look=False)


def adopt(page: Page, site: Site, username: str) -> None:
    """From the plan over the sign-in and what registers know to the form."""
    follow(page.get_by_role("link", name=re.compile("就这样办")))
    if "sign-in" in page.url:
        sign_in(page, site, username)
    if page.url.endswith("/known"):
        follow(page.get_by_role("button", name="核对好了，接着填"))
    expect(page).to_have_url(re.compile("/form$"))


def choose(page: Page, label: str, option: str) -> None:
    """Choose among radio buttons by the words that stand over and beside them."""
    page.get_by_role("group", name=label).locator("label", has_text=option).first.click()


def fill_small(page: Page) -> None:
    """The form of a small shop, and what registers know more by then, until the uploads."""
    for _ in range(5):
        if page.url.endswith("/known"):
            follow(page.get_by_role("button", name=re.compile("^核对好了")))
        if not page.url.endswith("/form"):
            break
        for label, value in SMALL_FORM.items():
            box = page.get_by_role("textbox", name=label)
            if box.count() and not box.input_value():
                box.fill(value)
        for label, option in CHOICES.items():
            if page.get_by_role("group", name=label).count():
                choose(page, label, option)
        follow(page.get_by_role("button", name="存好，下一步传材料"))
    expect(page).to_have_url(re.compile("/uploads"))


def ready(page: Page, site: Site, username: str) -> str:
    """From home to the last page before the submission; the draft's address."""
    begin(page)
    adopt(page, site, username)
    fill_small(page)
    upload_all(page)
    follow(page.get_by_role("button", name="下一步，看一遍再提交"))
    expect(page).to_have_url(re.compile("/check"))
    return page.url.split("/check")[0]


def submit(page: Page) -> str:
    """Declare and submit; the case's number."""
    page.get_by_text("我承诺：填的和交的都是真的").click()
    follow(page.get_by_role("button", name="提交", exact=True))
    expect(page).to_have_url(re.compile("/cases/.+/receipt"))
    return page.url.split("/")[4]


def open_work(page: Page, number: str, button: str, tab: str) -> bool:
    """Open the officer's first procedure of the case on which that button stands."""
    page.goto(f"/office/?tab={tab}&q={number}")
    addresses = [row.get_attribute("href") for row in page.locator("table.ov-list tbody a").all()]
    for address in addresses:
        page.goto(address or "")
        if page.get_by_role("button", name=button, exact=True).count():
            return True
    return False


def grant_all(page: Page, site: Site, officer: str, number: str) -> int:
    """Sign in, accept and grant everything of that officer's agency in the case; how many were granted."""
    sign_in(page, site, officer)
    granted = 0
    for tab, button in (("check", "材料齐全，受理"), ("decide", "准予")):
        while open_work(page, number, button, tab):
            press(page, button)
            granted += button == "准予"
    return granted


def press(page: Page, button: str) -> int:
    """Press the one button of that name; it is gone afterwards, and one thing more is done."""
    follow(page.get_by_role("button", name=button, exact=True))
    expect(page.get_by_role("button", name=button, exact=True)).to_have_count(0)
    return 1


def until(shown: Locator, count: int = 1) -> None:
    """Look again until that stands on the page that often: documents are made within seconds."""
    page = shown.page
    for _ in range(80):
        if shown.count() >= count:
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{page.url} never shows {count} × {shown}")
