"""The reform office looks at an event drawn, its proof and its causes, and follows a cause to a lever."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.browser import DESKTOP, PHONE, check, follow, visitor
from tests.journeys.installation import Site

VISITS = {"newborn": 8, "open-restaurant": 16, "sell-home": 10}
# Words that stick out of their box, or boxes and words of boxes over each other.
OUTSIDE = """() => {
  const drawing = [...document.querySelectorAll('.ed-svg')].find(e => e.checkVisibility());
  const found = [], all = css => [...drawing.querySelectorAll(css)], box = e => e.getBoundingClientRect();
  const boxes = all('.ed-card').map(box), whole = box(drawing);
  for (const e of all('text')) {
    const r = box(e);
    const home = boxes.find(b => r.left >= b.left && r.left < b.right && r.top > b.top - 2 && r.top < b.bottom);
    const {right, bottom} = home || whole;
    if (r.right > right + 1 || r.bottom > bottom + 1) found.push(e.textContent);
  }
  boxes.forEach((a, n) => boxes.slice(n + 1).forEach(b => {
    if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) found.push('two boxes'); }));
  return found;
}"""


def fits(page: Page) -> None:
    """Every word is in its box, no box lies over another."""
    found = page.evaluate(OUTSIDE)
    assert not found, found


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_the_list_to_a_cause_and_its_lever(browser: Browser, site: Site, script: bool):
    with visitor(browser, site.address, DESKTOP, script=script) as page:
        steps.sign_in(page, site, "gaige")
        page.goto("/reform/")
        follow(page.get_by_role("link", name="一张图：事项、材料、等待和跑").first)
        expect(page.locator(".ed-wide")).to_be_visible()
        follow(page.get_by_role("link", name="看未改革的样子（示例）"))
        follow(page.get_by_role("link", name="只到窗口办的人"))
        assert page.locator(".ed-number:visible").count() >= min(VISITS.values())
        follow(page.get_by_role("link", name="为什么要跑：每一次的原因"))
        expect(page.get_by_text("第 2 次，因为").first).to_be_visible()
        if script:
            check(page)
            steps.shot(page, "causes-desktop")
        lever = page.locator("a[href*='pull=']").first
        name = lever.inner_text().strip()
        follow(lever)
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("slug", VISITS)
def test_each_event_before_reforms_and_now(browser: Browser, site: Site, slug: str, language: str):
    for size, name in ((DESKTOP, "desktop"), (PHONE, "phone")):
        with visitor(browser, site.address, size) as page:
            page.set_default_timeout(30_000)
            steps.sign_in(page, site, "gaige")
            page.context.add_cookies([{"name": "language", "value": language, "url": site.address}])
            for query in ("of=now", "of=unreformed&who=window"):
                page.goto(f"/reform/events/{slug}/?{query}")
                check(page)
                fits(page)
                steps.shot(page, f"event-{slug}-{query[3:6]}-{language[:2]}-{name}")
            assert page.locator(".ed-number:visible").count() == VISITS[slug]
            page.locator(".ed-frame").focus()
            page.keyboard.press("ArrowRight")
