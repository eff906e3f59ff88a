"""What a whole intake at the window costs: round trips and server time of each request, in this process."""

import re
import time
from typing import Any

from demo.reader import line
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.fixtures.shop import SHOP

from bench.site import Site, Visitor
from bench.trips import HEALTH, client_of

MOST_PAGE, MOST_ACT = 10, 25  # round trips of a page; of an act, with the registers' answers kept one by one
SLOW = 300  # milliseconds of server time that a clerk does not notice
ANSWERS = SHOP | {"matter.area": "48", "matter.shop_name": "秋实小吃", "matter.premises_certificate": "无"}
FIELD = re.compile(r'name="((?:applicant|organisation|matter)\.[^"]+)"')


def intake(site: Site) -> None:
    """One prepared applicant, from his card to the printed receipt."""
    desk = _Desk(client_of(Visitor(site, "chuangkou")))
    desk.get("desk", "/desk/")
    person = desk.post("card", "/desk/arrivals", reader=line("吴秋实"))
    desk.get("who he is", person)
    draft = desk.post("begin", f"{person}/drafts", event="open-restaurant")
    for _ in range(6):
        page = desk.get("draft", draft)
        asked = dict.fromkeys(FIELD.findall(page.partition('id="ask"')[2].partition("</section>")[0]))
        if not asked:
            break
        desk.post("answers", f"{draft}/answers", **{name: ANSWERS[name] for name in asked})
    desk.post("registers heard", f"{draft}/confirmation")
    for evidence in re.findall(r'id="paper-([^"]+)"', desk.get("draft", draft)):
        desk.post("a paper seen", f"{draft}/papers/{evidence}")
    key = re.search(r'name="key" value="([^"]+)"', desk.get("draft", draft))
    case = desk.post("accept", f"{draft}/submission", key=key.group(1) if key else "", declared="yes", accept="yes")
    receipt = re.search(r'href="(/desk/cases/[^"]+/pdf)"', desk.get("case", case))
    desk.get("print", receipt.group(1) if receipt else "", most=MOST_ACT, slow=10 * SLOW)
    print(f"  the whole intake: {desk.requests} requests, {desk.trips} round trips, {desk.spent:.0f} ms of server time")


class _Desk:
    """The clerk's browser, with what its requests cost."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.requests = self.trips = 0
        self.spent = 0.0

    def get(self, name: str, path: str, most: int = MOST_PAGE, slow: int = SLOW) -> str:
        """A page."""
        response = self._timed(name, "get", path, {}, most, slow)
        return "" if response.streaming or "pdf" in response["Content-Type"] else response.content.decode()

    def post(self, name: str, path: str, **fields: str) -> str:
        """An act; where it leads."""
        response = self._timed(name, "post", path, fields, MOST_ACT, SLOW)
        return str(response["Location"]).partition("#")[0]

    def _timed(self, name: str, method: str, path: str, fields: dict[str, str], most: int, slow: int) -> Any:
        self.client.get("/healthz")  # the process's first request opens the connection
        with CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            response = getattr(self.client, method)(path, fields)
            spent = (time.perf_counter() - begun) * 1000
        count = len(queries) + HEALTH
        self.requests, self.trips, self.spent = self.requests + 1, self.trips + count, self.spent + spent
        verdict = "" if count <= most and spent <= slow else "   MISSED"
        told = f"{count:3} round trips (at most {most}), {spent:5.0f} ms (at most {slow}){verdict}"
        print(f"  {name:16} {told}   {response.status_code}")
        return response
