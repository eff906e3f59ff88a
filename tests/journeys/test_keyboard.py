"""From home to the receipt with the keyboard alone; wherever the focus is, it can be seen."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, visitor
from tests.journeys.conftest import Site

# The words by which people know the focused element, whether it looks other than without the focus, and whether
# something lies over all of it (WCAG 2.2: 2.4.7, 2.4.11).
FOCUS = """() => {
  const e = document.activeElement, box = e.closest('label, .ov-search') || e;
  const clear = c => c === 'transparent' || c.endsWith(', 0)');
  const style = x => { const s = getComputedStyle(x);
    return [s.outlineStyle === 'none' || clear(s.outlineColor) ? '' : s.outlineStyle + s.outlineColor + s.outlineWidth,
      s.boxShadow, s.backgroundColor, s.borderTopColor, s.borderTopWidth, s.color].join('|'); };
  const look = () => style(e) + style(box);
  const words = e.getAttribute('aria-label') || [...(e.labels || [])].map(l => l.innerText).join(' ')
    || e.innerText || e.value || '';
  if (e === document.body) return {words: '', kind: '', seen: true, covered: false};
  const with_focus = look(); e.blur(); const without = look(); e.focus({preventScroll: true, focusVisible: true});
  const r = [...box.getClientRects()].find(one => one.width && one.height) || box.getBoundingClientRect();
  const hits = [.5, .1, .9].flatMap(x => [.5, .1, .9].map(y =>
    document.elementFromPoint(r.left + x * r.width, r.top + y * r.height)));
  return {words: words.trim(), kind: e.type || e.tagName.toLowerCase(), seen: with_focus !== without,
    covered: !hits.some(hit => hit && (box.contains(hit)))};
}"""


class Keys:
    """A person with a keyboard only."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def here(self) -> tuple[str, str]:
        """The words and the kind of what has the focus, which must show."""
        focus = self.page.evaluate(FOCUS)
        assert focus["seen"], f"{self.page.url}: nobody sees that “{focus['words'][:40]}” has the focus"
        assert not focus["covered"], f"{self.page.url}: “{focus['words'][:40]}” has the focus but is covered"
        return focus["words"], focus["kind"]

    def to(self, words: str, *kinds: str, key: str = "Tab") -> None:
        """Tab until something with these words has the focus."""
        passed = []
        for _ in range(90):
            self.press(key)
            found, kind = self.here()
            if re.search(words, found) and (not kinds or kind in kinds):
                return
            passed.append(f"{kind}: {found[:20]}")
        raise AssertionError(f"{self.page.url}: Tab never comes to “{words}”, but to {passed}")

    def follow(self, words: str, *kinds: str) -> None:
        """Go to a link or button and press Enter; the next page is there afterwards."""
        self.to(words, *(kinds or ("a", "submit")))
        with self.page.expect_navigation():
            self.press("Enter")

    def choose(self, group: str, option: str) -> None:
        """Choose a radio button with the arrow keys."""
        for _ in range(90):
            self.press("Tab")
            if self.here()[1] == "radio" and group in self.page.evaluate(
                "document.activeElement.closest('fieldset').innerText"
            ):
                break
        self.press("Space")
        for _ in range(9):
            if self.here()[0].startswith(option):
                assert self.page.evaluate("document.activeElement.checked")
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrow keys never come to {option}")

    def type(self, words: str, value: str) -> None:
        """Go to a field and type."""
        self.to(words, "text", "tel", "password", "textarea")
        self.page.keyboard.insert_text(value)


@pytest.fixture
def keys(browser: Browser, site: Site):
    with visitor(browser, site.address, DESKTOP) as page:
        page.emulate_media(reduced_motion="reduce")  # else the focus is looked at in the middle of its transition
        yield Keys(page)


def test_from_home_to_the_receipt(keys: Keys, site: Site):
    page = keys.page
    page.goto("/")
    skip(keys)
    keys.follow("开餐饮店")
    keys.follow("开始")
    for _ in steps.SMALL_ANSWERS:
        question = page.get_by_role("heading", level=1).inner_text().strip()
        if page.get_by_role("radio").count():
            keys.choose(question, steps.SMALL_ANSWERS[question])
        else:
            keys.type(question, steps.SMALL_ANSWERS[question])
        keys.follow("下一题|看方案")
    keys.follow("就这样办，去登录")
    sign_in(keys, site)
    keys.follow("核对好了，接着填")
    fill_form(keys)
    while "/known" in page.url or "/form" in page.url:
        keys.follow("核对好了，接着填|存好，下一步传材料")
    upload(keys)
    keys.follow("下一步，看一遍再提交")
    keys.follow("^提交$", "submit")
    summary(keys, "先勾选")
    keys.press("Space")
    assert page.get_by_role("checkbox").is_checked()
    keys.follow("^提交$", "submit")
    expect(page).to_have_url(re.compile("/cases/.+/receipt"))
    keys.follow("看进度")
    keys.to("我交的内容和材料", "summary")
    keys.press("Enter")
    expect(page.get_by_text(steps.SMALL_FORM["店名"]).last).to_be_visible()


def skip(keys: Keys) -> None:
    """The first stop jumps over the header, and one can go back."""
    keys.press("Tab")
    assert keys.here()[0] == "跳到正文"
    keys.press("Tab")
    keys.to("跳到正文", key="Shift+Tab")
    keys.press("Enter", "Tab")
    assert keys.page.evaluate("document.activeElement.closest('main') !== null"), "the skip link skips nothing"
    keys.here()


def sign_in(keys: Keys, site: Site) -> None:
    """Wrong at first: what is wrong is read out, and the name need not be typed again."""
    keys.type("用户名", "chen")
    keys.type("密码", "错的")
    keys.follow("^登录$")
    expect(keys.page.locator(".govuk-error-summary")).to_be_focused()
    keys.type("密码", site.password)
    with keys.page.expect_navigation():
        keys.press("Enter")


def summary(keys: Keys, words: str) -> None:
    """What is wrong has the focus; its link leads to the field."""
    expect(keys.page.locator(".govuk-error-summary")).to_be_focused()
    keys.to(words, "a")
    keys.press("Enter")
    assert keys.here()[1] in ("text", "radio", "checkbox", "file", "textarea"), keys.here()


def fill_form(keys: Keys) -> None:
    """Empty at first; then from the first field that is wrong, through the whole form."""
    keys.follow("存好，下一步传材料")
    summary(keys, "店名")
    keys.page.keyboard.insert_text(steps.SMALL_FORM["店名"])
    keys.type("不动产权证书号", steps.SMALL_FORM["房屋的不动产权证书号"])
    for group, option in steps.CHOICES.items():
        keys.choose(group, option)
    keys.follow("存好，下一步传材料")


def upload(keys: Keys) -> None:
    """The browser's file dialog is not ours; everything around it is done by keys."""
    keys.to("平面图", "file")
    keys.page.locator("input[type=file]:focus").set_input_files(
        {"name": "平面图.jpg", "mimeType": "image/jpeg", "buffer": steps.picture("示范平面图")}
    )
    keys.follow("^上传")
    expect(keys.page.get_by_text("平面图.jpg").first).to_be_visible()


def test_nothing_lies_over_the_focus_on_a_phone(browser: Browser, site: Site):
    """Bars that stick to the edges of a small screen leave room for what has the focus, in both directions."""
    with visitor(browser, site.address, PHONE) as page:
        page.emulate_media(reduced_motion="reduce")
        keys = Keys(page)
        steps.begin(page)
        for key in ("Tab", "Shift+Tab"):
            for _ in range(60):
                keys.press(key)
                if not keys.here()[0]:
                    break
