"""A clerk's window, and steps at it."""

import re
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.utils import timezone

from onevisit.cases import actions
from onevisit.cases.models import Procedure
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id
from tests.fixtures.people import PASSWORD
from tests.fixtures.shop import SHOP

WU = {"id_number": "330521198412129962", "name": "吴秋实", "phone": "13900000003", "event": "open-restaurant"}
ANSWERS = SHOP | {
    "matter.shop_name": "秋实小馆",
    "matter.food_manager": WU["name"],
    "applicant.phone": WU["phone"],
}


@dataclass
class Window:
    """The clerk's browser, with the draft that is open in it."""

    clerk: Client
    draft: str = field(default="")

    @property
    def url(self) -> str:
        return f"/desk/drafts/{self.draft}"

    def page(self) -> str:
        response = self.clerk.get(self.url)
        assert response.status_code == 200, response
        return response.content.decode()

    def arrive(self) -> None:
        response = self.clerk.post("/desk/arrivals", WU)
        assert response.status_code == 302, response.content.decode()
        self.draft = response["Location"].split("/")[3]

    def asked(self) -> list[str]:
        """Names of the fields that are asked now."""
        section = self.page().partition('id="ask"')[2].partition("</section>")[0]
        return list(dict.fromkeys(re.findall(r'name="((?:applicant|organisation|matter)\.[^"]+)"', section)))

    def answer_all(self) -> None:
        for _ in range(6):
            names = self.asked()
            if not names:
                return
            response = self.clerk.post(f"{self.url}/answers", {name: ANSWERS[name] for name in names})
            assert response.status_code == 302, response.content.decode()
            self.clerk.post(f"{self.url}/confirmation", {})
        raise AssertionError(f"still asked: {self.asked()}")

    def papers(self) -> list[str]:
        return re.findall(r'id="paper-([^"]+)"', self.page())

    def show_all(self) -> None:
        for evidence in self.papers():
            assert self.clerk.post(f"{self.url}/papers/{evidence}").status_code == 302

    def submit(self) -> str:
        """Declare and submit; returns the case's number."""
        response = self.clerk.post(f"{self.url}/submission", {"key": self.key(), "declared": "yes"})
        assert response.status_code == 302, response.content.decode()
        return response["Location"].split("/")[3]

    def key(self) -> str:
        found = re.search(r'name="key" value="([^"]+)"', self.page())
        assert found
        return found.group(1)


def grant(service: str) -> None:
    """An officer accepts and grants it."""
    row, now = Procedure.objects.get(service=service), timezone.now()
    by = Actor(new_id(), None, None, "李审批", Role.OFFICER, agency=row.agency)
    actions.accept(row.pk, by=by, now=now)
    actions.grant(row.pk, "key", by=by, now=now)


@pytest.fixture
def window(content, register, accounts) -> Window:
    clerk = Client()
    assert clerk.post("/sign-in", {"username": "clerk", "password": PASSWORD}).status_code == 302
    return Window(clerk)


@pytest.fixture
def ready(window) -> Window:
    """Everything asked, confirmed and shown."""
    window.arrive()
    window.answer_all()
    window.show_all()
    return window
