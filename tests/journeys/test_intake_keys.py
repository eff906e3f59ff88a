"""How many keys a clerk presses from the empty desk to the printed receipt, for somebody who is prepared.

Counted: every key that goes down (a letter, Tab, Space, an arrow, Enter), and each character of a Chinese word as one,
though an input method needs more. The card reader's line counts as one: the card is laid down once. Not counted: the
browser's own print dialogue, and signing in. No mouse is used, and no script runs in the page.
"""

import re

from demo.reader import line
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.shop import SHOP
from tests.journeys import steps
from tests.journeys.browser import DESKTOP, check, visitor
from tests.journeys.conftest import Site
from tests.journeys.words import labels

MOST = 40
PREPARED = SHOP | {"matter.area": "48", "matter.shop_name": "秋实小吃", "matter.premises_certificate": "无"}
CHOSEN = ("matter.kind", "matter.sign", "matter.tobacco", "matter.business_items", "matter.online_food")
CHOICES = labels(PREPARED, *CHOSEN, "matter.food_pledge", "matter.premises_promise")
WORDS = labels(PREPARED, "matter.area", "matter.shop_name", "matter.premises_certificate", "matter.premises_address")
HERE = """() => { const e = document.activeElement;
  const group = e.closest('fieldset'), label = e.labels && e.labels[0];
  return {type: e.type || '', group: group ? group.querySelector('legend').innerText.trim() : '',
    label: label ? label.innerText.trim() : '', words: (e.innerText || '').trim()}; }"""


FOCUSED = "document.activeElement !== document.body"  # a browser sets it only when it draws the page


class Clerk:
    """Somebody with a keyboard and a card reader, whose keys are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def follow(self, key: str = "Enter") -> None:
        """A key that leads to the next page, which says by its focus where one goes on."""
        with self.page.expect_navigation():
            self.press(key)
        self.page.wait_for_function(FOCUSED)

    def type(self, words: str) -> None:
        self.keys += len(words)
        self.page.keyboard.type(words)

    def lay_down(self, card: str) -> None:
        """The reader types the whole line, with its Enter, by itself."""
        self.keys += 1
        self.page.wait_for_function(FOCUSED)
        self.page.keyboard.insert_text(card)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_function(FOCUSED)

    def here(self) -> dict[str, str]:
        return self.page.evaluate(HERE)

    def answer(self, many: int) -> None:
        """The questions of the page in their order, beginning in the first, which has the focus."""
        for left in reversed(range(many)):
            focus = self.here()
            if focus["type"] == "radio":
                self.choose(CHOICES[focus["group"]])
            else:
                self.type(WORDS[focus["label"]])
            if left:
                self.press("Tab")
        self.follow()

    def choose(self, option: str) -> None:
        """Space takes the first, an arrow the next one or, the other way round, the last."""
        names = self.page.evaluate(
            "[...document.activeElement.closest('fieldset').querySelectorAll('b')].map(b => b.innerText.trim())"
        )
        place = next(n for n, name in enumerate(names) if name.startswith(option))
        if place == 0:
            self.press("Space")
        elif place <= len(names) - place:
            for _ in range(place):
                self.press("ArrowDown")
        else:
            for _ in range(len(names) - place):
                self.press("ArrowUp")
        assert self.page.evaluate("document.activeElement.checked")


def test_a_prepared_applicant_is_taken_in_with_few_keys(browser: Browser, site: Site):
    with visitor(browser, site.address, DESKTOP, script=True) as page:
        steps.sign_in(page, site, "chuangkou")
        page.goto("/desk/")
        check(page)
        page.goto("/desk/")
        clerk = Clerk(page)
        clerk.lay_down(line("吴秋实"))
        expect(page.get_by_role("heading", level=1)).to_have_text("吴秋实")
        begin(clerk)
        for _ in range(6):
            if not (asked := page.get_by_role("region", name="问他")).count():
                break
            clerk.answer(asked.get_by_role("group").count() + asked.get_by_role("textbox").count())
        while page.url.count("/desk/drafts/"):
            focus = clerk.here()
            if focus["type"] == "checkbox":
                steps.shot(page, "desk-ready")
                clerk.press("Space")
            clerk.follow()
        expect(page).to_have_url(re.compile("/desk/cases/[^/]+$"))
        assert clerk.here()["words"] == "收件回执"
        with page.context.expect_page() as printed:
            clerk.press("Enter")
        address = page.get_by_role("link", name="收件回执").get_attribute("href") or ""
        printed.value.close()
        assert page.request.get(address).body().startswith(b"%PDF")
        expect(page.get_by_text("已受理").first).to_be_visible()
        print(f"keys from the empty desk to the printed receipt: {clerk.keys}")
        assert clerk.keys <= MOST, clerk.keys
        page.reload()
        steps.shot(page, "desk-accepted")
        check(page)


def begin(clerk: Clerk) -> None:
    """One key where the event is the first of all; another Tab for each before it, and for what he has here."""
    for _ in range(20):
        if clerk.here()["words"] == "开餐饮店":
            clerk.follow()
            return
        clerk.press("Tab")
    raise AssertionError("no button for the event")
