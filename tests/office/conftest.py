"""A case of the real content, submitted by its applicant; and officers of its agencies."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from onevisit.cases.models import Procedure
from onevisit.people.actions import make_accounts
from onevisit.people.actor import Role
from onevisit.people.values import AccountSpec
from tests.fixtures.people import PASSWORD, actor
from tests.office.filing import file_case

OFFICERS = (
    AccountSpec("fang", "方敏", role=Role.OFFICER, agency="market-supervision", title="审批员"),
    AccountSpec("lin", "林岚", role=Role.OFFICER, agency="market-supervision", title="审批员"),
    AccountSpec("shi", "石磊", role=Role.OFFICER, agency="fire-rescue", title="审批员"),
)


@dataclass(frozen=True)
class Office:
    """Everybody's browser, and the case."""

    applicant: Client
    number: str

    @staticmethod
    def of(username: str) -> Client:
        """A browser in which that account is signed in."""
        client = Client()
        assert client.post("/sign-in", {"username": username, "password": PASSWORD}).status_code == 302
        return client

    def row(self, service: str) -> Procedure:
        return Procedure.objects.get(case__number=self.number, service=service)

    def url(self, service: str, act: str = "") -> str:
        return f"/office/procedures/{self.row(service).pk}" + (f"/{act}" if act else "")


@pytest.fixture
def office(content, register, accounts) -> Office:
    make_accounts(OFFICERS, password=PASSWORD)
    applicant = Office.of("xiaoman")
    by = actor(accounts["xiaoman"])
    return Office(applicant, file_case(by, timezone.now()))


@pytest.fixture
def accepted(office) -> Callable[[str], Client]:
    """Accept a procedure as Fang; returns her browser."""

    def _accepted(service: str) -> Client:
        fang = office.of("fang")
        assert fang.post(office.url(service, "acceptance")).status_code == 302
        return fang

    return _accepted
