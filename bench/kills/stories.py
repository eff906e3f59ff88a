"""What is done while processes are killed: restaurants and sales, from the submission to the decision."""

import re
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from bench import seed
from bench.kills.people import PATIENCE, Asking, Person, Program, Unexpected
from bench.site import Site

SALE = {
    "matter.you": "buyer",
    "matter.family": "false",
    "matter.mortgage": "none",
    "matter.loan": "false",
    "matter.utilities": "none",
    "seller.count": "1",
    "buyer.count": "1",
    "spouse.count": "0",
    "seller.signs": "online",
    "buyer.signs": "online",
    "matter.certificate": "浙(2021)德清县不动产权第9900104号",
    "matter.price": "1200000",
    "matter.buyer_homes": "first",
    "matter.only_home": "true",
    "matter.further_certificates": "0",
    "seller.id_number": "330521197803129914",
    "buyer.id_number": "330521199108239977",
}
SERVICES = {"zhujian": "contract-filing", "shuiwu": "home-tax", "dengji": "transfer-registration"}
FIRST = "sole-trader-registration"
STOCK = 20  # drafts that are copied at once


@dataclass
class Acknowledged:
    """What somebody was told is done."""

    cases: dict[str, str] = field(default_factory=dict)  # number -> which story
    decisions: set[str] = field(default_factory=set)  # procedures
    licences: set[str] = field(default_factory=set)  # numbers
    payments: set[str] = field(default_factory=set)  # numbers of cases


class Town:
    """All who take part, signed in; and drafts that are ready to submit."""

    def __init__(self, site: Site, asking: Asking) -> None:
        self.site, self.asking, self.told = site, asking, Acknowledged()
        names = ("chen", "wenyuan", "hejia", *SERVICES)
        self.people = {name: Person(site, name, asking) for name in names}
        self.app, self.market = Program(site, "chen-app", asking), Program(site, "shichang-system", asking)
        with psycopg.connect(site.database, autocommit=True) as connection:
            shop = seed.template(connection)
            self.templates = {"page": shop, "program": seed.copies(connection, shop, 1)[0], "sale": _sale(connection)}
            connection.execute(
                "UPDATE cases_draft SET account = (SELECT account FROM machines_client WHERE name = 'chen-app')"
                " WHERE id = %s",
                [self.templates["program"]],
            )

    def live(self, chance: Random, ended: threading.Event) -> None:
        """One story after the other until `ended`; the one that was begun is told to its end."""
        with psycopg.connect(self.site.database, autocommit=True) as connection:
            teller = Teller(self, connection)
            while not ended.is_set():
                teller.tell(chance.choice(list(STORIES)))


class Teller:
    """Tells stories, one at a time."""

    def __init__(self, town: Town, connection: Any) -> None:
        self.town, self.connection = town, connection
        self.people = {name: person.twin() for name, person in town.people.items()}
        self.stock: dict[str, list[str]] = {kind: [] for kind in town.templates}

    def tell(self, kind: str) -> None:
        """One story; what went wrong in it is counted."""
        try:
            STORIES[kind](self)
        except Unexpected as error:
            self.town.asking.errors[f"{kind}: {error}"] += 1

    def shop(self) -> None:
        """A restaurant on the pages; the agency's own system decides."""
        number = self.submitted("chen", "page", "shop")
        self.decided_by_program(number)

    def program(self) -> None:
        """A restaurant by two programs."""
        draft = self.draft("program")
        number = self.town.app.post(f"/api/v1/drafts/{draft}/submission", {"declared": True})["number"]
        self.town.told.cases[number] = "program"
        self.decided_by_program(number)

    def sale(self) -> None:
        """A sale: submitted, paid, signed by the other side, decided by three agencies on the pages."""
        number = self.submitted("wenyuan", "sale", "sale")
        self.paid(number)
        self.people["hejia"].press(f"/cases/{number}/signature", 409, declared="yes")
        for officer, service in SERVICES.items():
            procedure, state = self.procedure(number, service)
            if state == "received":  # what is only filed needs no acceptance
                self.people[officer].press(f"/office/procedures/{procedure}/acceptance")
            self.people[officer].press(f"/office/procedures/{procedure}/grant", key=secrets.token_urlsafe(18))
            self.town.told.decisions.add(procedure)

    def withdrawn(self) -> None:
        """A sale that is paid and then withdrawn: the money goes back."""
        number = self.submitted("wenyuan", "sale", "withdrawn")
        self.paid(number)
        self.people["wenyuan"].press(f"/cases/{number}/withdrawal", 409)

    def submitted(self, who: str, template: str, kind: str) -> str:
        """Submit on the page, and press once more: the same case."""
        draft, key = self.draft(template), secrets.token_urlsafe(18)
        led = {self.people[who].press(f"/drafts/{draft}/check", declared="yes", key=key) for _ in range(2)}
        found = {re.fullmatch(r"/cases/([^/]+)/receipt", one) for one in led}
        numbers = {one.group(1) if one else "" for one in found}
        if len(numbers) != 1 or "" in numbers:
            raise Unexpected(f"a submission led to {led}")
        number = numbers.pop()
        self.town.told.cases[number] = kind
        return number

    def paid(self, number: str) -> None:
        """Over to the provider, pay, and wait until it is known here."""
        payer = self.people["wenyuan"]
        bill = re.search(rf'action="(/cases/{number}/pay/[0-9a-f-]+)"', self.page(number))
        if not bill:
            raise Unexpected("no bill to pay")
        led = payer.press(bill.group(1))
        if not led.startswith("http"):
            raise Unexpected(f"the bill led to {led}")
        _pay_at(led)
        self.town.told.payments.add(number)
        end = time.monotonic() + PATIENCE
        while "已缴" not in self.page(number):
            if time.monotonic() > end:
                raise Unexpected("what was paid is not known here")
            time.sleep(0.2)

    def page(self, number: str) -> str:
        """The page of the bill."""
        status, body = self.people["wenyuan"].get(f"/cases/{number}/pay")
        if status != 200:
            raise Unexpected(f"GET pay: {status}")
        return body.decode()

    def decided_by_program(self, number: str) -> None:
        """Accepted and granted over the API."""
        procedure, _ = self.procedure(number, FIRST)
        self.town.market.post(f"/api/v1/procedures/{procedure}/acceptance", {})
        granted = self.town.market.post(f"/api/v1/procedures/{procedure}/grant", {})
        self.town.told.decisions.add(procedure)
        self.town.told.licences.add(granted["licence_number"])

    def procedure(self, number: str, service: str) -> tuple[str, str]:
        """Its id and its state."""
        query = (
            "SELECT p.id::text, p.state FROM cases_procedure p JOIN cases_case c ON c.id = p.case_id"
            " WHERE c.number = %s AND p.service = %s"
        )
        row: tuple[str, str] | None = self.connection.execute(query, [number, service]).fetchone()
        if row is None:
            raise Unexpected(f"there is no {service}")
        return row

    def draft(self, template: str) -> str:
        """One that is ready to submit."""
        if not self.stock[template]:
            self.stock[template] = seed.copies(self.connection, self.town.templates[template], STOCK)
        return self.stock[template].pop()


STORIES: dict[str, Callable[[Teller], None]] = {
    "shop": Teller.shop,
    "program": Teller.program,
    "sale": Teller.sale,
    "withdrawn": Teller.withdrawn,
}


def _pay_at(page: str) -> None:
    """What a payer does at the provider, which nobody kills."""
    parts = urlsplit(page)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.request("POST", parts.path, b"")
    status = connection.getresponse().status
    if status not in (200, 303):
        raise Unexpected(f"the provider answered {status}")


def _sale(connection: Any) -> UUID:
    """A draft of a shop's sale by one to one, both online, with everything in it."""
    query = "SELECT id, person_id FROM people_account WHERE username = 'wenyuan'"
    account, person = connection.execute(query).fetchone()
    by = seed.Actor(account=account, person=person, organisation=None, name="温远行", role=seed.Role.APPLICANT)
    now = datetime.now(UTC)
    draft: UUID = seed.actions.start_draft("sell-home", "330521", by=by, now=now)
    seed.actions.adopt_draft(draft, by=by, now=now)
    seed.actions.answer(draft, dict(SALE), by=by, now=now)
    seed.confirm_known(connection, draft, by, now)
    seed.actions.upload(draft, "sale-contract", "sale-contract.pdf", seed.PDF, by=by, now=now)
    return draft
