"""What a person does with his bills on the pages his program does here: reads them, starts to pay, has receipts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onevisit.payments.actions import ask_provider, ask_refunds
from onevisit.payments.models import Order
from onevisit.payments.tasks import render_pending
from tests.api.filing import file_case
from tests.api.sale import file_sale, sale  # noqa: F401 - a fixture
from tests.fixtures.costs import MOST_QUERIES

TOTAL = "3080.00"


@pytest.fixture
def number(sale, mine, provider, mailbox) -> str:  # noqa: F811
    provider.faults(callback="never")
    return file_sale(mine)


def bill(mine, number: str) -> dict:
    (only,) = mine.get(f"/cases/{number}/bills").json()["items"]
    return only


def test_due_paid_given_back_with_receipts(mine, number, provider, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    due = bill(mine, number)
    assert (due["state"], due["total"], due["online"], due["money"]) == ("unpaid", TOTAL, True, [])
    lines = [line for payee in due["payees"] for line in payee["lines"]]
    assert [(one["service"], one["amount"], one["due"]) for one in lines] == [
        ("tax", "3000.00", "3000.00"), ("tax", "0.00", "0.00"), ("transfer", "80.00", "80.00"),
    ]  # fmt: skip
    assert lines[0]["basis"] == "《契税法》第十条"
    path = f"/cases/{number}/bills/{due['id']}"
    begun = mine.post(f"{path}/payment", Idempotency_Key="pay")
    assert begun.status_code == 201, begun.content
    assert begun.json()["pay_url"].startswith(provider.url) and begun.json()["url"] == f"/api/v1{path}"
    assert mine.get(path).json()["waiting"]
    again = mine.post(f"{path}/payment", Idempotency_Key="pay")
    assert again.content == begun.content and again["Idempotent-Replayed"] == "true"
    assert mine.post(f"{path}/payment").json() == begun.json(), "the same order, however often it is begun"
    assert Order.objects.count() == 1
    provider.pay(begun.json()["pay_url"])
    ask_provider(timezone.now() + timedelta(minutes=1))
    paid = mine.get(path)
    assert (paid.json()["state"], paid.json()["waiting"]) == ("paid", False)
    assert mine.get(path, If_None_Match=paid["ETag"]).status_code == 304
    late = mine.post(f"{path}/payment")
    assert (late.status_code, late.json()["code"]) == (409, "already-paid")
    (money,) = paid.json()["money"]
    assert (money["kind"], money["amount"], money["ready"]) == ("payment", TOTAL, False)
    early = mine.get(f"/cases/{number}/receipts/{money['receipt']}")
    assert (early.status_code, early.json()["code"]) == (409, "no-receipt-yet")
    assert mine.post(f"/cases/{number}/withdrawal").status_code == 200
    ask_refunds(timezone.now() + timedelta(minutes=1))
    assert render_pending(timezone.now() + timedelta(minutes=2)) == 2
    back = bill(mine, number)
    assert back["state"] == "refunded"
    assert [(one["kind"], one["amount"]) for one in back["money"]] == [("payment", TOTAL), ("refund", f"-{TOTAL}")]
    for one in back["money"]:
        paper = mine.get(f"/cases/{number}/receipts/{one['receipt']}")
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


def test_in_english(mine, number):
    found = mine.get(f"/cases/{number}/bills", Accept_Language="en").json()["items"][0]
    assert found["payees"][0]["lines"][0]["basis"] == "Deed Tax Law art. 10"


def test_it_is_the_programs_alone(mine, number, program):
    due = bill(mine, number)
    for other in (program("other-app", applicant="qiushi"), program("second-app", applicant="xiaoman")):
        path = f"/cases/{number}/bills"
        answers = [other.get(path), other.get(f"{path}/{due['id']}"), other.post(f"{path}/{due['id']}/payment")]
        answers.append(other.get(f"/cases/{number}/receipts/{due['id']}"))
        assert {(one.status_code, one.json()["code"]) for one in answers} == {(404, "not-found")}
    assert not Order.objects.exists()


def test_another_cases_bill_is_none_of_this_one(content, mine, number):
    due, shop = bill(mine, number), file_case(mine)
    assert mine.get(f"/cases/{shop}/bills").json() == {"items": []}
    assert mine.get(f"/cases/{shop}/bills/{due['id']}").status_code == 404
    assert mine.post(f"/cases/{shop}/bills/{due['id']}/payment").status_code == 404


def test_the_provider_is_away(mine, number, provider):
    path = f"/cases/{number}/bills/{bill(mine, number)['id']}"
    provider.faults(on=False)
    away = mine.post(f"{path}/payment", Idempotency_Key="pay")
    assert (away.status_code, away.json()["code"]) == (503, "provider-away")
    assert away["Retry-After"]
    provider.faults(on=True)
    assert mine.post(f"{path}/payment", Idempotency_Key="pay").status_code == 201


def test_round_trips(mine, number):
    due = bill(mine, number)
    paths = [f"/cases/{number}/bills", f"/cases/{number}/bills/{due['id']}"]
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            assert mine.get(path).status_code == 200
        assert len(queries) <= MOST_QUERIES
    with CaptureQueriesContext(connection) as queries:
        assert mine.post(f"{paths[1]}/payment").status_code == 201
    assert len(queries) <= 29  # the claim, the bill, the order in three steps around the provider, the answer
