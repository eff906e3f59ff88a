"""What every journey asks of a page: axe clean, no sideways scrolling, no small print, nothing heavy."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Locator, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-component-update",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Text below 14 px outside drawings; an element counts if it shows text of its own.
SMALL_PRINT = """() => [...document.querySelectorAll('body *')].filter(e =>
  !e.closest('svg') && !e.closest('.govuk-visually-hidden')
  && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
  && e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 14)
  .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40))"""
SIDEWAYS = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
  : [...document.querySelectorAll('body *')].filter(e =>
    e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40))"""
FOUND = """options => axe.run(options).then(result =>
  result.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""


@contextmanager
def visitor(browser: Browser, site: str, size: dict[str, int], *, script: bool = True) -> Iterator[Page]:
    """A fresh visitor with a screen of that size; his page fails the test on any script error or broken request."""
    context: BrowserContext = browser.new_context(
        base_url=site,
        viewport=size,
        java_script_enabled=script,
        locale="zh-CN",
        is_mobile=size is PHONE,
        has_touch=size is PHONE,
        accept_downloads=True,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("response", lambda got: troubles.append(f"{got.status} {got.url}") if got.status >= 500 else None)
    page.on("console", lambda line: troubles.append(line.text) if "Content Security" in line.text else None)
    yield page
    context.close()
    assert not troubles, troubles


def follow(leads: Locator) -> None:
    """Press what leads to a page, and wait for that page: what is counted next is counted there, not while it comes."""
    with leads.page.expect_navigation():
        leads.click()


def check(page: Page) -> None:
    """Assert that the page is fit for people: axe, width, print."""
    page.wait_for_load_state()  # a page that is still on its way has no body to measure
    assert not (wide := page.evaluate(SIDEWAYS)), f"{page.url} scrolls sideways: {wide[:3]} … {wide[-6:]}"
    assert not (small := page.evaluate(SMALL_PRINT)), f"{page.url} has text under 14 px: {small[:5]}"
    found = axe(page, RULES)
    assert not found, f"{page.url}: {found}"


def axe(page: Page, what: object) -> list[str]:
    """What axe finds, by its rules or tags `what`: each rule with the first element that breaks it.

    A page that has been looked at holds axe already: reading it in takes a quarter of the time.
    """
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(FOUND, {"runOnly": what, "resultTypes": ["violations"]})
    return found
