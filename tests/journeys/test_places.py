"""Pages of every room: axe at three widths, nothing cut when enlarged, high contrast, what a screen reader meets."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import measures
from tests.journeys.browser import ARGUMENTS, axe, check
from tests.journeys.conftest import CHROMIUM
from tests.journeys.installation import Site
from tests.journeys.places import NAMED, PLACES, Place, Tour

WIDTHS = (390, 768, 1440)
ZOOMED = (320, 640, 1440)  # 1280 px magnified four times and twice; and as it is
LARGER = (
    "home", "guide-home", "sign-in", "question", "plan", "form", "case", "pay", "signature-undeclared", "verify",
    "desk", "desk-papers", "office", "work", "reform",
)  # fmt: skip
HIGHEST = 30_000  # a window of more pixels than that is slow


def told(page: Page, script: str) -> None:
    """The script finds nothing."""
    found = page.evaluate(script)
    assert not found, f"{page.url} at {page.viewport_size}: {len(found)}: {found[:6]}"


def whole(page: Page, width: int) -> None:
    """A window as high as the page, so that nothing is below it."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(measures.OPEN)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, HIGHEST)})


@pytest.mark.parametrize("place", PLACES, ids=[one.name for one in PLACES])
def test_fit_for_everybody(tour: Tour, place: Place):
    page = tour.open(place)
    page.evaluate(measures.MARKS)
    told(page, measures.READ)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        told(page, measures.ORDER)
        check(page)
    for width in ZOOMED:
        whole(page, width)
        told(page, measures.CUT)
    try:
        high_contrast(page)
    finally:
        page.emulate_media(forced_colors="none", color_scheme="light", contrast="no-preference")


def high_contrast(page: Page) -> None:
    """The system's colours, light and dark; and a wish for more contrast, which gives 7 to 1."""
    for scheme, width in (("light", 390), ("dark", 1440)):
        page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
        whole(page, width)
        told(page, measures.FORCED)
    page.emulate_media(forced_colors="none", color_scheme="light", contrast="more")
    assert not (found := axe(page, {"type": "rule", "values": ["color-contrast-enhanced"]})), found


@pytest.fixture(scope="module")
def larger(browser: Browser, site: Site, tour: Tour) -> Iterator[Tour]:
    """A browser whose owner wants letters of twice the size."""
    arguments = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    yield Tour(chromium, site, tour.states)
    chromium.close()


@pytest.mark.parametrize("name", LARGER)
def test_letters_of_twice_the_size(larger: Tour, name: str):
    page = larger.open(NAMED[name])
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
    whole(page, 1280)
    told(page, measures.CUT)


@pytest.fixture(scope="module")
def english(browser: Browser, site: Site, tour: Tour) -> Iterator[Tour]:
    made = Tour(browser, site, tour.states, "en")
    yield made
    made.end()


@pytest.mark.parametrize("name", LARGER)
def test_in_english_magnified(english: Tour, name: str):
    """English words are longer than Chinese ones."""
    place = NAMED[name]
    page = english.open(Place(place.name, place.who, place.path))
    assert page.locator("html").get_attribute("lang") == "en"
    told(page, measures.READ)
    whole(page, 320)
    told(page, measures.CUT)
