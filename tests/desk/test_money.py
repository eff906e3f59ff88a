"""Money at the window: a bill of a case that was taken in there is paid by card, and goes back when it is withdrawn."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from onevisit.cases.actions import answer, attend, confirm, mark_seen, start_draft, submit, withdraw
from onevisit.cases.models import Case, Procedure
from onevisit.cases.queries import draft
from onevisit.cases.values import Asked
from onevisit.core.catalogue import AcceptKind
from onevisit.halls.actions import check_in
from onevisit.payments.queries import bills_by_number
from onevisit.payments.tasks import render_pending
from onevisit.payments.values import BillState, BillView
from onevisit.people.models import Account, Person
from tests.cases.parties.conftest import ANSWERS, CLERK, SECOND_SELLER
from tests.cases.parties.event import EVENT
from tests.fixtures.content import REGION, put_in_force
from tests.fixtures.costs import MOST_BYTES, MOST_QUERIES, measured
from tests.fixtures.people import PASSWORD, actor
from tests.fixtures.register import Running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def number(accounts: dict[str, Account], register: Running, now: datetime) -> str:
    put_in_force(EVENT, "sale")
    clerk, buyer = actor(accounts["clerk"]), accounts["xiaoman"].person_id
    assert buyer is not None
    mine = start_draft(EVENT.key, REGION, by=clerk, now=now, walk_in=True, person=buyer)
    answer(mine, ANSWERS | {"matter.taxed": "true", "buyer.count": "1"}, by=clerk, now=now)
    view = draft(mine, by=clerk, now=now)
    confirm(mine, [known.spec.key for known in view.known], by=clerk, now=now)
    for need in draft(mine, by=clerk, now=now).needed:
        if need.kind is not AcceptKind.UPLOAD:
            mark_seen(mine, need.slot, by=clerk, now=now)
    check_in(buyer, clerk.hall, by=clerk, now=now)
    return submit(mine, "key", by=clerk, now=now).number


def bill(number: str) -> BillView:
    (found,) = bills_by_number(number)
    return found


def pay(client: Client, number: str, **more: str) -> int:
    fields = {"way": "pos", "amount": "3080.00", "slip": "POS-7"} | more
    return client.post(f"/desk/cases/{number}/bills/{bill(number).id}/payment", fields).status_code


def test_a_bill_is_paid_at_the_window_once(client: Client, number: str) -> None:
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    page = client.get(f"/desk/cases/{number}").content.decode()
    assert "要缴 3080.00 元" in page and "契税" in page
    assert pay(client, number, slip=" ") == 409
    assert pay(client, number, amount="80.00") == 409, "another amount than the bill's"
    assert pay(client, number, amount="drei") == 409
    assert bill(number).state is BillState.UNPAID
    assert pay(client, number) == 302
    assert bill(number).state is BillState.PAID
    assert pay(client, number, slip="POS-8") == 409, "no second money"
    assert "要缴" not in client.get(f"/desk/cases/{number}").content.decode()


def test_the_days_money_is_reckoned_up(client: Client, number: str) -> None:
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    assert "没有收钱" in client.get("/desk/takings").content.decode()
    pay(client, number)
    page = client.get("/desk/takings").content.decode()
    assert "POS-7" in page and number in page and "3080.00" in page and "税务局" in page
    wrong = client.get("/desk/takings?day=tomorrow")
    assert wrong.status_code == 422 and "“tomorrow”不是" in wrong.content.decode() and "POS-7" in wrong.content.decode()
    assert client.get("/desk/takings?day=9999-01-01").status_code == 422
    assert "没有收钱" in client.get("/desk/takings?day=2026-11-02").content.decode()
    queries, weight = measured(client, "/desk/takings")
    assert queries <= MOST_QUERIES and weight <= MOST_BYTES
    client.post("/sign-out")
    client.post("/sign-in", {"username": "qiushi", "password": PASSWORD})
    assert client.get("/desk/takings").status_code == 403


def test_the_case_has_its_receipts_with_who_took_the_money(client: Client, number: str, settings, tmp_path) -> None:
    settings.SEAL_FOLDER = tmp_path
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    pay(client, number)
    page = client.get(f"/desk/cases/{number}").content.decode()
    assert "周窗口收的" in page and "正在生成" in page and "等他缴费" not in page
    render_pending(timezone.now())
    paper = re.search(
        rf'href="(/desk/cases/{number}/receipts/[^"]+/pdf)"', client.get(f"/desk/cases/{number}").content.decode()
    )
    assert paper and client.get(paper.group(1)).content.startswith(b"%PDF")
    Case.objects.update(hall="far-hall")
    assert client.get(paper.group(1)).status_code == 404


def test_what_was_typed_of_money_stays_after_an_error(client: Client, number: str) -> None:
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    fields = {"way": "cash", "amount": "80.00", "slip": "收据 12"}
    page = client.post(f"/desk/cases/{number}/bills/{bill(number).id}/payment", fields).content.decode()
    assert 'value="收据 12"' in page
    assert re.search(r'value="cash"\s+checked', page) and not re.search(r'value="pos"\s+checked', page)


def test_what_the_window_took_it_hands_back(
    client: Client, number: str, accounts: dict[str, Account], now: datetime
) -> None:
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    pay(client, number)
    withdraw(number, Asked.HIMSELF, by=actor(accounts["clerk"]), now=now)
    assert "要退：3080.00 元" in client.get(f"/desk/cases/{number}").content.decode()
    refund = next(row.refund for row in bill(number).money if row.refund)
    address = f"/desk/cases/{number}/refunds/{refund}/payment"
    assert client.post(address, {"slip": ""}).status_code == 409
    assert client.post(address, {"slip": "POS-9"}).status_code == 302
    assert bill(number).state is BillState.REFUNDED


def test_nobody_elses_bill_is_paid(client: Client, number: str) -> None:
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    other = "01a21abc-d36a-7261-8c5c-63032364e432"
    for address in (f"bills/{other}", f"refunds/{other}"):
        assert client.post(f"/desk/cases/{number}/{address}/payment", {"slip": "1"}).status_code == 404
    client.post("/sign-out")
    client.post("/sign-in", {"username": "qiushi", "password": PASSWORD})
    assert pay(client, number) == 403


def test_a_price_is_put_right_until_another_party_has_signed(
    client: Client, number: str, accounts: dict[str, Account], now: datetime
) -> None:
    client.post("/sign-in", {"username": "clerk", "password": PASSWORD})
    url, typed = f"/desk/cases/{number}/answers", {"matter.price": "2000000", "was-matter.price": "900000"}
    assert client.post(url, typed).status_code == 302
    assert "要缴 3580.00 元" in client.get(f"/desk/cases/{number}").content.decode()
    shen = Person.objects.get(id_number=SECOND_SELLER).pk
    check_in(shen, "H", by=CLERK, now=now)
    attend(Procedure.objects.get(service="transfer").pk, "hall", person=shen, by=CLERK, now=now)
    late = client.post(url, {"matter.price": "700000", "was-matter.price": "2000000"})
    page = late.content.decode()
    assert late.status_code == 422 and "签了字" in page and 'value="700000"' in page
