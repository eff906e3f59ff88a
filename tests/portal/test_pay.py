"""The bill's page: what is due, to the provider and back, receipts; and the provider's callback at our address."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from onevisit.cases.models import Case
from onevisit.payments import queries
from onevisit.payments.actions import ask_provider, ask_refunds, make_bill, refund
from onevisit.payments.models import Order
from onevisit.payments.rules import signature
from onevisit.payments.tasks import render_pending
from onevisit.payments.values import BillState
from onevisit.people.actor import SYSTEM
from tests.fixtures.costs import MOST_BYTES, MOST_QUERIES, measured
from tests.fixtures.people import PASSWORD
from tests.fixtures.provider import SECRET
from tests.payments.making import LINES, OFFICER, TOTAL
from tests.portal import walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(client, content, register, sign_in, provider, mailbox):
    sign_in("xiaoman")
    _, number = walk.submitted(client)
    return number


def bill(number, lines=LINES, **more):
    case = Case.objects.get(number=number)
    return make_bill(case=case.pk, case_number=number, region=case.region, payer="王小满（示范）", lines=lines,
                     issuer="示范县行政服务中心", by=SYSTEM, now=timezone.now(), **more)  # fmt: skip


def text(client, number):
    return " ".join(client.get(f"/cases/{number}/pay").content.decode().split())


def test_due_paid_refunded_with_receipts(client, number, provider, mailbox, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    assert client.get(f"/cases/{number}/pay").status_code == 404, "no bill yet"
    made = bill(number)
    said = text(client, number)
    for part in (
        "要缴 1280.50 元",
        "示范县税务局",
        "依据：示范收费依据",
        "减免 10.00 元",
        "依据：示范减免依据",
        "去付款",
    ):
        assert part in said
    sent = client.post(f"/cases/{number}/pay/{made.id}")
    assert sent["Location"].startswith(provider.url)
    assert "不用再付" in text(client, number) and "接着去付" in text(client, number)
    provider.faults(callback="never")
    provider.pay(sent["Location"])
    ask_provider(timezone.now() + timedelta(minutes=1))
    assert client.post(f"/cases/{number}/pay/{made.id}")["Location"] == f"/cases/{number}/pay"
    said = text(client, number)
    assert "已缴 1280.50 元" in said and "正在生成" in said and "去付款" not in said and "不用再付" not in said
    refund(made.id, None, reason="不予登记", by=OFFICER, now=timezone.now())
    assert "正在退" in text(client, number)
    ask_refunds(timezone.now() + timedelta(minutes=1))
    assert render_pending(timezone.now() + timedelta(minutes=2)) == 2
    said = text(client, number)
    assert "已全部退回" in said
    papers = re.findall(rf'href="(/cases/{number}/pay/receipts/[0-9a-f-]+)"', said)
    assert len(papers) == 2
    for paper in papers:
        pdf = client.get(paper)
        assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    queries_made, weight = measured(client, f"/cases/{number}/pay")
    assert queries_made <= MOST_QUERIES and weight <= MOST_BYTES


def test_it_is_the_owners_alone(client, number):
    made = bill(number)
    path = f"/cases/{number}/pay"
    client.post("/sign-out")
    assert client.get(path)["Location"].startswith("/sign-in")
    client.post("/sign-in", {"username": "qiushi", "password": PASSWORD})
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/{made.id}").status_code == 404
    assert client.get(f"{path}/receipts/{made.id}").status_code == 404
    client.post("/sign-out")
    client.post("/sign-in", {"username": "officer", "password": PASSWORD})
    assert client.get(path).status_code == 403


def test_another_cases_bill_is_not_paid_under_this_number(client, number):
    bill(number)
    other = walk.submitted(client)[1]
    assert client.post(f"/cases/{number}/pay/{bill(other).id}").status_code == 404


def test_the_form_may_lead_to_the_provider_and_nowhere_else(client, number, provider):
    bill(number)
    policy = client.get(f"/cases/{number}/pay")["Content-Security-Policy"]
    assert f"form-action 'self' {provider.url}" in policy
    assert provider.url not in client.get("/")["Content-Security-Policy"]


def test_the_provider_is_away(client, number, provider):
    made = bill(number)
    provider.faults(on=False)
    page = client.post(f"/cases/{number}/pay/{made.id}")
    assert page.status_code == 503
    assert "没有扣您的钱" in page.content.decode() and "去付款" in page.content.decode()


def test_without_a_provider_everybody_pays_at_the_window(client, number, settings):
    settings.PAYMENT_URL = settings.PAYMENT_PAGE = ""
    bill(number)
    said = text(client, number)
    assert "请到窗口缴" in said and "去付款" not in said


def call(client, body, **headers):
    return client.post("/payments/callback", body, content_type="application/json", headers=headers)


def test_callbacks(client, number, provider):
    made = bill(number)
    provider.faults(callback="never")
    provider.pay(client.post(f"/cases/{number}/pay/{made.id}")["Location"])
    body = json.dumps({"number": Order.objects.get().number})
    good = {"X-Signature": signature(SECRET, "callback", body.encode())}
    client.cookies.clear()
    assert call(client, body).status_code == 401
    assert call(client, body, **{"X-Signature": "0" * 64}).status_code == 401
    assert call(client, "x" * 70_000, **good).status_code == 413
    assert call(client, "{}", **{"X-Signature": signature(SECRET, "callback", b"{}")}).status_code == 400
    assert client.get("/payments/callback").status_code == 405
    assert client.post("/payments/callback", {"number": "1"}, headers=good).status_code == 415
    provider.faults(on=False)
    assert call(client, body, **good).status_code == 202
    provider.faults(on=True)
    for _ in range(2):
        assert call(client, body, **good).status_code == 200
    assert queries.bill(made.id).held == TOTAL


@pytest.mark.django_db(transaction=True)
def test_the_provider_calls_the_address_that_it_was_given(live_server, client, content, register, sign_in, provider,
                                                          settings):  # fmt: skip
    """Before the answer to our call: the order is paid and called back while we still wait for the page's address."""
    settings.PUBLIC_URL = live_server.url
    sign_in("xiaoman")
    _, number = walk.submitted(client)
    provider.faults(callback="early")
    made = bill(number)
    assert client.post(f"/cases/{number}/pay/{made.id}")["Location"] == f"/cases/{number}/pay"
    view = queries.bill(made.id)
    assert (view.state, view.held) == (BillState.PAID, TOTAL)
