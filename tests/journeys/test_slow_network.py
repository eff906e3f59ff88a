"""Pages over a slow network and a slow machine, nothing cached: the largest part is painted within 2.5 s.

400 kbit/s, and 400 ms from each request to its answer: DevTools' “3G” in its width, with the round trip of a real one
(DevTools adds 2 s to each request, for handshakes that this does not count). The processor is slowed down by four.
An applicant has a telephone, staff have a desktop's screen.
"""

import pytest
from playwright.sync_api import Page

from tests.journeys.browser import DESKTOP, PHONE
from tests.journeys.places import NAMED, Tour

MOST = 2500  # ms: what Web Vitals call good
NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
LARGEST = """() => new Promise(done => new PerformanceObserver(
  list => done(list.getEntries().at(-1).startTime)).observe({type: 'largest-contentful-paint', buffered: true}))"""
MAIN = {
    **dict.fromkeys(
        ("home", "guide-restaurant", "sign-in", "question", "plan", "form", "uploads", "case", "case-done", "pay",
         "verify"),
        PHONE,
    ),
    **dict.fromkeys(
        ("desk", "desk-person", "desk-asked", "desk-papers", "desk-case", "desk-answers", "office", "office-licences",
         "work", "work-missing", "reform"),
        DESKTOP,
    ),
}  # fmt: skip


def slowed(page: Page) -> None:
    """A slow machine on a slow network."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})


@pytest.mark.parametrize("name", MAIN)
def test_the_largest_part_is_there_soon(tour: Tour, name: str):
    place = NAMED[name]
    context = tour.open(place).context  # signed in, and the server warm
    page = context.new_page()
    page.set_viewport_size(MAIN[name])
    slowed(page)
    page.goto(place.path.format(**tour.states))
    took = page.evaluate(LARGEST)
    page.close()
    print(f"{name:18} largest paint after {took / 1000:.2f} s")
    assert took < MOST, f"{place.path}: {took:.0f} ms"
