"""Speak to the payment provider over HTTP: every request signed, connections reused, five seconds at most."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TypeVar
from urllib.parse import quote

import httpx
from django.conf import settings

from onevisit.payments.connectors.provider.mapping import (
    Movement,
    NotTheContract,
    ProviderOrder,
    ProviderRefund,
    read_order,
    read_refund,
    read_statement,
)
from onevisit.payments.rules import CURRENCY, SIGNATURE, signature

TIMEOUT = 5.0  # seconds for the whole answer
LARGEST = 16 * 1024 * 1024  # bytes: a day's statement
Read = TypeVar("Read")
Splits = Sequence[tuple[str, str, Decimal]]  # payee, its name, amount


class ProviderDown(Exception):
    """The provider did not answer in time, or not what the contract says. What it did meanwhile is not known."""


def create(
    number: str, amount: Decimal, splits: Splits, *, subject: str, back: str, callback: str, expires: datetime
) -> ProviderOrder:
    """Open an order; a repeat with the same number returns the first. Raises `ProviderDown`."""
    asked = {
        **_sum(number, amount, splits),
        "subject": subject,
        "return_url": back,
        "callback_url": callback,
        "expires_at": expires.isoformat(),
    }
    return _order(number, amount, *_send("POST", "/v1/orders", asked))


def ask(number: str, amount: Decimal) -> ProviderOrder | None:
    """The order as the provider has it; None when it knows of none. Raises `ProviderDown`."""
    status, body = _send("GET", f"/v1/orders/{quote(number, safe='')}")
    if status == httpx.codes.NOT_FOUND and b"no-such-order" in body:
        return None
    return _order(number, amount, status, body)


def close(number: str, amount: Decimal) -> ProviderOrder:
    """See that the order cannot be paid any more, also if the provider never heard of it. It may answer: paid.

    Raises `ProviderDown`.
    """
    asked = {"amount": str(amount), "currency": CURRENCY}
    return _order(number, amount, *_send("POST", f"/v1/orders/{quote(number, safe='')}/close", asked))


def refund(number: str, order: str, amount: Decimal, splits: Splits, *, reason: str) -> ProviderRefund:
    """Order a refund, or ask how it stands: a repeat is the same refund. Raises `ProviderDown`."""
    asked = {**_sum(number, amount, splits), "order": order, "reason": reason}
    found = _read(read_refund, *_send("POST", "/v1/refunds", asked))
    if (found.number, found.amount) != (number, amount):
        raise ProviderDown("answers for another refund")
    return found


def statement(day: date) -> tuple[Movement, ...]:
    """All movements of a day in Shanghai. Raises `ProviderDown`."""
    status, body = _send("GET", f"/v1/statements/{day.isoformat()}")
    return _read(lambda content: read_statement(content, day), status, body)


def _sum(number: str, amount: Decimal, splits: Splits) -> dict[str, object]:
    parts = [{"payee": payee, "name": name, "amount": str(part)} for payee, name, part in splits]
    return {"number": number, "amount": str(amount), "currency": CURRENCY, "splits": parts}


def _order(number: str, amount: Decimal, status: int, body: bytes) -> ProviderOrder:
    found = _read(read_order, status, body)
    if (found.number, found.amount) != (number, amount):
        raise ProviderDown("answers for another order")
    return found


def _read(read: Callable[[bytes], Read], status: int, body: bytes) -> Read:
    if status != httpx.codes.OK:
        raise ProviderDown(f"status {status}: {body[:200]!r}")
    try:
        return read(body)
    except NotTheContract as error:
        raise ProviderDown(str(error)) from error


def _send(method: str, path: str, asked: Mapping[str, object] | None = None) -> tuple[int, bytes]:
    if not settings.PAYMENT_URL:
        raise ProviderDown("no provider is configured")
    body = json.dumps(asked, ensure_ascii=False).encode() if asked is not None else b""
    headers = {
        "Content-Type": "application/json",
        SIGNATURE: signature(settings.PAYMENT_SECRET, f"{method} {path}", body),
    }
    try:
        return _exchange(method, settings.PAYMENT_URL.rstrip("/") + path, headers, body)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ProviderDown(str(error)) from error


def _exchange(method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
    """Status and body, read piece by piece so that neither a slow nor an endless answer holds us."""
    end = time.monotonic() + TIMEOUT
    found = b""
    with _client().stream(method, url, headers=headers, content=body) as answer:
        for piece in answer.iter_bytes():
            found += piece
            if len(found) > LARGEST or time.monotonic() > end:
                raise ProviderDown("too large or too slow")
        return answer.status_code, found


@cache
def _client() -> httpx.Client:
    """The process's one client; the provider is reached directly, by no proxy of the environment."""
    return httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False)
