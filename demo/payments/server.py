"""The provider over HTTP, on the standard library alone. Contract: docs/payment-contract.yaml."""

import hmac
import json
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from demo.payments import calling, pages
from demo.payments.book import Book, Conflict
from demo.payments.faults import FORGERIES, Faults

LARGEST = 256 * 1024  # bytes of a request
ORDER = ("number", "amount", "currency", "splits", "subject", "return_url", "callback_url", "expires_at")
REFUND = ("number", "order", "amount", "currency", "splits", "reason")


class ProviderServer(ThreadingHTTPServer):
    """A server with its book, and a switch for faults."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], secret: str, book: Book, faults: Faults, public: str) -> None:
        """Listen at the address; `public` is where browsers find it, "" = there."""
        super().__init__(address, Handler)
        self.secret, self.book, self.faults = secret, book, faults
        self.public = public.rstrip("/") or f"http://{address[0]}:{self.server_address[1]}"

    def shown(self, order: dict[str, Any]) -> dict[str, Any]:
        """An order as the contract says it."""
        found = {key: order[key] for key in ("number", "reference", "state", "amount", "currency")}
        if order["state"] == "open":
            found["pay_url"] = f"{self.public}/pay/{order['reference']}"
        if order["state"] == "paid":
            found["paid_at"] = order["paid_at"]
        return {**found, "demonstration": True}

    def pay(self, reference: str) -> None:
        """Take the money, if it is still to be taken, and call back."""
        if self.book.pay(reference):
            order = self.book.by_reference(reference) or {}
            other = self.book.another(order["number"])
            calling.after_payment(self.secret, order, self.faults.callback, other)


class Handler(BaseHTTPRequestHandler):
    """One connection; kept open between requests (HTTP/1.1)."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ProviderServer

    def do_GET(self) -> None:
        """Answer /health, /pay/{reference}, /v1/orders/{number}, /v1/statements/{day}."""
        kind, _, rest = self._path().partition("/")
        if kind == "health":
            self._send(HTTPStatus.OK, {"on": self.server.faults.on, "demonstration": True})
        elif kind == "pay":
            self._page(unquote(rest))
        elif self._may(b""):
            self._read(rest)

    def do_POST(self) -> None:
        """Answer /pay/{reference}, /v1/orders, …/close, /v1/refunds; and the fault switch."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
        path = self._path()
        if path.startswith("pay/"):
            reference = unquote(path.removeprefix("pay/"))
            self.server.pay(reference)
            self._page(reference)
            return
        try:
            asked = json.loads(body)
            if not isinstance(asked, dict):
                raise ValueError
            self._act(path, asked, body)
        except (ValueError, KeyError, TypeError, InvalidOperation):
            self._problem(HTTPStatus.BAD_REQUEST, "not-the-contract")
        except Conflict as conflict:
            self._problem(HTTPStatus.CONFLICT, str(conflict))

    def _act(self, path: str, asked: dict[str, Any], body: bytes) -> None:
        if path == "v1/faults":
            done = self.server.faults.set(asked)
            self._send(HTTPStatus.OK, {}) if done else self._problem(HTTPStatus.BAD_REQUEST, "no-such-fault")
        elif path == "v1/forgeries":
            self._forge(asked)
        elif not self._may(body):
            return
        elif path == "v1/orders":
            self._open(asked)
        elif path.startswith("v1/orders/") and path.endswith("/close"):
            number = unquote(path.removeprefix("v1/orders/").removesuffix("/close"))
            closed = self.server.book.close(number, _amount(asked["amount"]), _currency(asked))
            self._send(HTTPStatus.OK, self.server.shown(closed))
        elif path == "v1/refunds":
            self._refund(asked)
        else:
            self._problem(HTTPStatus.NOT_FOUND, "no-such-page")

    def _open(self, asked: dict[str, Any]) -> None:
        _check_sum(asked)
        datetime.fromisoformat(asked["expires_at"]).astimezone()
        if not asked["return_url"].startswith(("http://", "https://")):
            raise ValueError
        order = self.server.book.open({key: asked[key] for key in ORDER})
        if self.server.faults.callback == "early":
            self.server.pay(order["reference"])
        self._send(HTTPStatus.OK, self.server.shown(order))

    def _refund(self, asked: dict[str, Any]) -> None:
        _check_sum(asked)
        mode = self.server.faults.refund
        refund = self.server.book.refund({key: asked[key] for key in REFUND}, slow=mode == "slow")
        if mode == "lost":
            self.server.faults.refund = "done"
            self._problem(HTTPStatus.SERVICE_UNAVAILABLE, "answer-lost")
            return
        shown = {key: refund[key] for key in ("number", "order", "reference", "state", "amount", "currency")}
        done = {"done_at": refund["done_at"]} if refund["state"] == "done" else {}
        self._send(HTTPStatus.OK, {**shown, **done, "demonstration": True})

    def _forge(self, asked: dict[str, Any]) -> None:
        order = self.server.book.order(str(asked["order"]))
        if order is None or asked["kind"] not in FORGERIES:
            self._problem(HTTPStatus.BAD_REQUEST, "no-such-order-or-kind")
            return
        status = calling.forge(self.server.secret, {**order, "paid_at": order["paid_at"] or "2026-01-01T00:00:00Z"},
                               asked["kind"])  # fmt: skip
        self._send(HTTPStatus.OK, {"answered": status})

    def _read(self, rest: str) -> None:
        kind, _, name = rest.partition("/")
        if kind == "orders":
            order = self.server.book.order(unquote(name))
            if order is None:
                self._problem(HTTPStatus.NOT_FOUND, "no-such-order")
            else:
                self._send(HTTPStatus.OK, self.server.shown(order))
        elif kind == "statements":
            self._statement(name)
        else:
            self._problem(HTTPStatus.NOT_FOUND, "no-such-page")

    def _statement(self, day: str) -> None:
        try:
            date.fromisoformat(day)
        except ValueError:
            self._problem(HTTPStatus.BAD_REQUEST, "no-such-day")
            return
        entries, mode = self.server.book.movements(day), self.server.faults.statement
        if mode == "short":
            entries = entries[:-1]
        if mode == "other-amount" and entries:
            part = entries[0]["splits"][0]
            part["amount"] = str(Decimal(part["amount"]) + 1)
        self._send(HTTPStatus.OK, {"day": day, "currency": "CNY", "entries": entries, "demonstration": True})

    def _page(self, reference: str) -> None:
        order = self.server.book.by_reference(reference)
        status = HTTPStatus.OK if order else HTTPStatus.NOT_FOUND
        self._answer(status, pages.page(order) if order else pages.missing(), "text/html")

    def _path(self) -> str:
        return urlsplit(self.path).path.removeprefix("/")

    def _may(self, body: bytes) -> bool:
        """Whether it is on and the request is signed; else that is answered."""
        about = f"{self.command} {self.path}"
        given = self.headers.get("X-Signature") or ""
        if not self.server.faults.on:
            self._problem(HTTPStatus.SERVICE_UNAVAILABLE, "switched-off")
            return False
        if not hmac.compare_digest(calling.signature(self.server.secret, about, body).encode(), given.encode()):
            self._problem(HTTPStatus.UNAUTHORIZED, "wrong-signature")
            return False
        return True

    def _problem(self, status: HTTPStatus, kind: str) -> None:
        self._answer(status, json.dumps({"type": kind, "demonstration": True}), "application/problem+json")

    def _send(self, status: HTTPStatus, body: dict[str, Any]) -> None:
        self._answer(status, json.dumps(body, ensure_ascii=False), "application/json")

    def _answer(self, status: HTTPStatus, body: str, media: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: who pays what belongs into no log file."""


def _check_sum(asked: dict[str, Any]) -> None:
    """Raises ValueError when the splits do not make the amount."""
    parts = [Decimal(_amount(part["amount"])) for part in asked["splits"]]
    if sum(parts) != Decimal(_amount(asked["amount"])) or _currency(asked) != "CNY":
        raise ValueError


def _amount(text: str) -> str:
    if not isinstance(text, str) or Decimal(text) <= 0 or Decimal(text) != round(Decimal(text), 2):
        raise ValueError
    return text


def _currency(asked: dict[str, Any]) -> str:
    return str(asked["currency"])
