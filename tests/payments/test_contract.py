"""The documented contract, against the real demonstration provider in a process of its own."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import httpx
import jsonschema_rs
import pytest
import yaml

from onevisit.core.china import day_of
from onevisit.payments.connectors.provider import client
from onevisit.payments.connectors.provider.mapping import NotTheContract, OrderState, read_order, read_refund
from onevisit.payments.connectors.provider.mapping import read_statement as statement
from onevisit.payments.rules import signature
from tests.fixtures.provider import ROOT, SECRET, start

SCHEMAS = yaml.safe_load((ROOT / "docs/payment-contract.yaml").read_text(encoding="utf-8"))["components"]["schemas"]


def schema(name):
    return jsonschema_rs.validator_for({**SCHEMAS[name], "components": {"schemas": SCHEMAS}})


def send(provider, method, path, asked=None):
    body = json.dumps(asked).encode() if asked is not None else b""
    headers = {"X-Signature": signature(SECRET, f"{method} {path}", body)}
    return httpx.request(method, f"{provider.url}{path}", content=body, headers=headers, trust_env=False)


def order(mailbox=None, **more):
    asked = {
        "number": f"C{uuid4().hex}", "amount": "12.50", "currency": "CNY", "subject": "示范缴费",
        "splits": [
            {"payee": "tax", "name": "税务", "amount": "10.00"}, {"payee": "land", "name": "登记", "amount": "2.50"},
        ],
        "return_url": "http://localhost/back", "callback_url": mailbox.url if mailbox else "",
        "expires_at": (datetime.now(UTC) + timedelta(minutes=5)).isoformat(),
    }  # fmt: skip
    return asked | more


def test_answers_fit_the_published_schema(provider, mailbox):
    asked = order(mailbox)
    opened = send(provider, "POST", "/v1/orders", asked)
    schema("Order").validate(opened.json())
    schema("Sum").validate(asked)
    assert send(provider, "POST", "/v1/orders", asked).json() == opened.json(), "a repeat is the same order"
    assert send(provider, "POST", "/v1/orders", asked | {"amount": "12.51"}).status_code == 400, (
        "splits make the amount"
    )
    assert send(provider, "POST", "/v1/orders", asked | {"amount": "1", "splits": [{"payee": "x", "amount": "1"}]}
                ).status_code == 409  # fmt: skip
    provider.pay(opened.json()["pay_url"])
    assert mailbox.came.wait(5)
    body, headers = mailbox.held[0]
    schema("Callback").validate(json.loads(body))
    assert headers["X-Signature"] == signature(SECRET, "callback", body)
    schema("Order").validate(send(provider, "GET", f"/v1/orders/{asked['number']}").json())
    back = {"number": asked["number"] + "R", "order": asked["number"], "amount": "10.00", "currency": "CNY",
            "splits": asked["splits"][:1], "reason": "退"}  # fmt: skip
    provider.faults(refund="slow")
    for state in ("pending", "done", "done"):
        refund = send(provider, "POST", "/v1/refunds", back).json()
        schema("Refund").validate(refund)
        assert refund["state"] == state
    too_much = back | {"number": "another" + asked["number"]}
    assert send(provider, "POST", "/v1/refunds", too_much).json()["type"] == "more-than-was-paid"
    day = send(provider, "GET", f"/v1/statements/{day_of(datetime.now(UTC))}").json()
    schema("Statement").validate(day)
    assert [one["kind"] for one in day["entries"] if asked["number"] in one["number"]] == ["payment", "refund"]


def test_closed_orders_are_never_paid(provider):
    asked = order()
    page = send(provider, "POST", "/v1/orders", asked).json()["pay_url"]
    path = f"/v1/orders/{asked['number']}/close"
    for _ in range(2):
        closed = send(provider, "POST", path, {"amount": "12.50", "currency": "CNY"}).json()
        schema("Order").validate(closed)
        assert closed["state"] == "closed"
    assert "已关闭" in provider.pay(page)
    assert send(provider, "POST", "/v1/orders", asked).json()["state"] == "closed"
    late = order(expires_at=(datetime.now(UTC) - timedelta(seconds=1)).isoformat())
    assert send(provider, "POST", "/v1/orders", late).json()["state"] == "closed"


def test_nobody_without_the_secret(provider):
    for path, method in (("/v1/orders/x", "GET"), ("/v1/orders", "POST"), ("/v1/statements/2026-01-01", "GET")):
        assert httpx.request(method, provider.url + path, content=b"{}", trust_env=False).status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"on": 1}', b'{"callback": "x"}', b"{}"])
def test_the_switch_wants_what_it_knows(provider, body):
    assert httpx.post(f"{provider.url}/v1/faults", content=body, trust_env=False).status_code == 400


def test_the_book_outlives_the_provider(tmp_path):
    (tmp_path / "secret").write_text(SECRET)
    first = start(tmp_path / "secret", "--book", str(tmp_path / "book"), "--callback", "never")
    asked = order()
    first.pay(send(first, "POST", "/v1/orders", asked).json()["pay_url"])
    first.stop()
    second = start(tmp_path / "secret", "--book", str(tmp_path / "book"))
    assert send(second, "GET", f"/v1/orders/{asked['number']}").json()["state"] == "paid"
    second.stop()


GOOD = {"number": "N", "reference": "R", "state": "open", "amount": "1.00", "currency": "CNY", "pay_url": "http://x/"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 1.0}, {"amount": "1.001"}, {"amount": "-1"}, {"amount": "NaN"}, {"amount": "1e999"},
        {"currency": "USD"}, {"state": "lost"}, {"number": ""}, {"number": "a\nb"}, {"reference": None},
        {"pay_url": "javascript:x"}, {"state": "paid"}, {"state": "paid", "paid_at": "yesterday"},
        {"state": "paid", "paid_at": "2026-01-01T00:00:00"},
    ],
)  # fmt: skip
def test_an_order_outside_the_contract_is_refused(wrong):
    assert read_order(json.dumps(GOOD).encode()).state is OrderState.OPEN
    with pytest.raises(NotTheContract):
        read_order(json.dumps(GOOD | wrong).encode())


def test_other_answers_outside_the_contract_are_refused():
    for body in (b"", b"[]", b'{"state": "done"}', json.dumps(GOOD).encode()):
        with pytest.raises(NotTheContract):
            read_refund(body)
    day = day_of(datetime.now(UTC))
    fine = {"day": day.isoformat(), "currency": "CNY", "entries": [{"kind": "payment", "number": "N", "splits": []}]}
    assert statement(json.dumps(fine).encode(), day) == ()
    for wrong in ({"day": "2020-01-01"}, {"currency": "USD"}, {"entries": None}, {"entries": [1]},
                  {"entries": [{"kind": "gift", "number": "N", "splits": []}]}):  # fmt: skip
        with pytest.raises(NotTheContract):
            statement(json.dumps(fine | wrong).encode(), day)


def test_an_answer_for_another_order_or_amount_counts_as_none(provider):
    asked = order()
    send(provider, "POST", "/v1/orders", asked)
    assert client.ask(asked["number"], Decimal("12.50")) is not None
    with pytest.raises(client.ProviderDown, match="another order"):
        client.ask(asked["number"], Decimal("12.51"))
