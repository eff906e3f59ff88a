"""Whoever is checked in pays at any window what his cases cost, also one that was submitted online; with a receipt."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from onevisit.cases.actions import answer, submit, upload, withdraw
from onevisit.halls.models import CheckIn
from onevisit.payments.queries import bills_by_number
from onevisit.payments.tasks import render_pending
from onevisit.payments.values import BillState, BillView
from onevisit.people.actions import make_accounts
from onevisit.people.actor import Actor, Role
from onevisit.people.models import Account, Look, Person
from onevisit.people.values import AccountSpec
from tests.cases.parties.conftest import SECOND_SELLER, mine, people
from tests.fixtures.costs import MOST_BYTES, MOST_QUERIES, measured
from tests.fixtures.files import pdf
from tests.fixtures.people import PASSWORD

__all__ = ["mine", "people"]
pytestmark = pytest.mark.django_db(transaction=True)
SHEN = {"id_number": SECOND_SELLER, "name": "沈知行", "phone": "", "event": ""}


@pytest.fixture
def number(mine: UUID, people: dict[str, Actor], now: datetime) -> str:
    """A sale that costs something, submitted by the buyer at home."""
    by = people["buyer"]
    answer(mine, {"matter.taxed": "true"}, by=by, now=now)
    upload(mine, "identity-card--buyer-2", "身份证.pdf", pdf(), by=by, now=now)
    return submit(mine, "key", by=by, now=now).number


@pytest.fixture
def desk(number: str, client: Client) -> Client:
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    return client


def bill(number: str) -> BillView:
    (found,) = bills_by_number(number)
    return found


def arrive(client: Client) -> str:
    """One of the sellers is checked in; the address of his page."""
    response = client.post("/desk/arrivals", SHEN)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def came(client: Client, number: str) -> str:
    """He is checked in; the address of what he pays of the case."""
    his = arrive(client)
    page = client.get(his).content.decode()
    assert f'href="{his}/cases/{number}"' in page and "要缴 3080.00 元" in page
    return f"{his}/cases/{number}"


def pay(client: Client, his: str, number: str, **more: str) -> int:
    fields = {"way": "cash", "amount": "3080.00", "slip": "现金-7"} | more
    return client.post(f"{his}/bills/{bill(number).id}/payment", fields).status_code


def test_what_was_submitted_online_is_paid_at_the_window_with_a_receipt(
    desk: Client, number: str, settings, tmp_path
) -> None:
    settings.SEAL_FOLDER = tmp_path
    his = came(desk, number)
    page = desk.get(his).content.decode()
    assert "要缴 3080.00 元" in page and "契税" in page and number in page
    assert pay(desk, his, number, amount="80.00") == 409
    refused = desk.post(f"{his}/bills/{bill(number).id}/payment", {"way": "pos", "amount": "3080.00"})
    assert refused.status_code == 409 and "POS 小票号" in refused.content.decode()
    assert pay(desk, his, number) == 302
    assert bill(number).state is BillState.PAID and bill(number).money[0].way == "cash"
    page = desk.get(his).content.decode()
    assert "要缴" not in page and "周窗口收的" in page and "正在生成" in page
    render_pending(timezone.now())
    paper = re.search(rf'href="({his}/receipts/[^"]+/pdf)"', desk.get(his).content.decode())
    assert paper and desk.get(paper.group(1)).content.startswith(b"%PDF")


def test_what_a_window_took_it_hands_back_to_who_is_here(
    desk: Client, number: str, people: dict[str, Actor], now: datetime, settings, tmp_path
) -> None:
    settings.SEAL_FOLDER = tmp_path
    his = came(desk, number)
    pay(desk, his, number)
    withdraw(number, by=people["buyer"], now=now)
    page = desk.get(his).content.decode()
    refund = re.search(rf'action="({his}/refunds/[^"]+/payment)"', page)
    assert refund and "要退：3080.00 元" in page
    assert desk.post(refund.group(1), {"slip": ""}).status_code == 409
    assert desk.post(refund.group(1), {"slip": "退-1"}).status_code == 302
    assert bill(number).state is BillState.REFUNDED
    render_pending(timezone.now())
    page = desk.get(his).content.decode()
    papers = re.findall(rf'href="({his}/receipts/[^"]+/pdf)"', page)
    assert len(papers) == 2 and "周窗口退的" in page
    assert all(desk.get(paper).content.startswith(b"%PDF") for paper in papers)


def test_every_look_at_somebodys_bills_is_recorded(desk: Client, number: str) -> None:
    his = came(desk, number)
    desk.get(his)
    person = Person.objects.get(id_number=SECOND_SELLER).pk
    looks = Look.objects.filter(subject=person, refused=False).values_list("what", "purpose")
    assert ("缴费单", "到窗口缴费、退款") in looks and ("草稿、办件和缴费的清单", "到窗口办理") in looks


def test_who_has_not_come_pays_nothing(desk: Client, number: str) -> None:
    his = came(desk, number)
    CheckIn.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert desk.get(his).status_code == pay(desk, his, number) == 404
    assert bill(number).state is BillState.UNPAID
    assert Look.objects.filter(refused=True, subject=Person.objects.get(id_number=SECOND_SELLER).pk).count() == 2


def test_a_clerk_of_another_hall_takes_nothing(desk: Client, number: str) -> None:
    his = came(desk, number)
    make_accounts([AccountSpec("far", "钱窗口", role=Role.CLERK, hall="far-hall")], password=PASSWORD)
    far = Client()
    far.post("/sign-in", {"username": "far", "password": PASSWORD})
    assert far.get(his).status_code == pay(far, his, number) == 404
    assert bill(number).state is BillState.UNPAID
    assert came(far, number) == his and pay(far, his, number) == 302, "there he has come now"
    assert pay(desk, his, number, slip="现金-8") == 409, "no second money"


def test_nobody_pays_for_a_stranger(
    desk: Client, number: str, accounts: dict[str, Account], settings, tmp_path
) -> None:
    settings.SEAL_FOLDER = tmp_path
    his = came(desk, number)
    stranger = {"id_number": "330521199503179986", "name": "路过的人", "phone": "", "event": ""}
    his_not = desk.post("/desk/arrivals", stranger)["Location"]
    assert "要缴" not in desk.get(his_not).content.decode()
    his_not = f"{his_not}/cases/{number}"
    assert desk.get(his_not).status_code == 404
    assert pay(desk, his_not, number) == 404
    pay(desk, his, number)
    render_pending(timezone.now())
    receipt = bill(number).money[0].receipt
    assert desk.get(f"{his_not}/receipts/{receipt}/pdf").status_code == 404
    assert desk.get(f"{his}/receipts/{receipt}/pdf").status_code == 200
    desk.post("/sign-out")
    desk.post("/sign-in", {"username": "qiushi", "password": PASSWORD})
    assert desk.get(f"{his}/receipts/{receipt}/pdf").status_code == 403


def test_his_pages_stay_cheap_and_light(desk: Client, number: str) -> None:
    his = came(desk, number)
    costs = {page: measured(desk, page) for page in (his, his.partition("/cases")[0])}
    pay(desk, his, number)
    costs["paid"] = measured(desk, his)
    print({page: queries for page, (queries, _) in costs.items()})
    assert {page: queries for page, (queries, _) in costs.items() if queries > MOST_QUERIES} == {}
    assert {page: size for page, (_, size) in costs.items() if size > MOST_BYTES} == {}
