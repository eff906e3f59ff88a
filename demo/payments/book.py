"""The provider's book: orders and refunds in SQLite, each change in one transaction. Amounts are kept as texts."""

import json
import secrets
import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")
TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    number TEXT PRIMARY KEY, reference TEXT UNIQUE, state TEXT, amount TEXT, currency TEXT, splits TEXT, subject TEXT,
    return_url TEXT, callback_url TEXT, expires_at TEXT, paid_at TEXT);
CREATE TABLE IF NOT EXISTS refunds (
    number TEXT PRIMARY KEY, reference TEXT UNIQUE, "order" TEXT, state TEXT, amount TEXT, currency TEXT, splits TEXT,
    reason TEXT, done_at TEXT);
"""
ASKED = ("amount", "currency", "splits")  # a repeat must ask for the same


class Conflict(Exception):
    """A request that the book cannot follow; its word is the problem's type."""


class Book:
    """All methods may be called from any thread."""

    def __init__(self, file: str) -> None:
        """Open or make it; ":memory:" keeps it in memory."""
        self._lock = Lock()
        self._rows = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._rows.row_factory = sqlite3.Row
        self._rows.executescript(TABLES)

    def open(self, asked: Row) -> Row:
        """The order of this number, made if there is none; also one that has ended. Raises Conflict."""
        with self._lock:
            known = self._order(asked["number"])
            if known is None:
                new = {**asked, "reference": _reference("DEMO"), "state": "open", "paid_at": ""}
                self._insert("orders", new)
                return self._order(asked["number"]) or {}
            if known["state"] == "open" and any(known[key] != asked[key] for key in ASKED):
                raise Conflict("other-order-of-this-number")
            return known

    def order(self, number: str) -> Row | None:
        """The order; closed when its time is over."""
        with self._lock:
            return self._order(number)

    def by_reference(self, reference: str) -> Row | None:
        """The order of the provider's own number."""
        with self._lock:
            row = self._rows.execute("SELECT number FROM orders WHERE reference = ?", (reference,)).fetchone()
            return self._order(row["number"]) if row else None

    def another(self, number: str) -> Row | None:
        """Some other order that is open, the newest: for a forged callback."""
        with self._lock:
            row = self._rows.execute(
                "SELECT * FROM orders WHERE number <> ? AND state = 'open' ORDER BY rowid DESC LIMIT 1", (number,)
            ).fetchone()
            return _read(row) if row else None

    def close(self, number: str, amount: str, currency: str) -> Row:
        """Never to be paid any more, also when it was never heard of. An order that was paid stays paid."""
        with self._lock:
            known = self._order(number)
            if known is None:
                self._insert("orders", {
                    "number": number, "reference": _reference("DEMO"), "state": "closed", "amount": amount,
                    "currency": currency, "splits": [], "subject": "", "return_url": "", "callback_url": "",
                    "expires_at": "", "paid_at": "",
                })  # fmt: skip
            elif known["state"] == "open":
                self._rows.execute("UPDATE orders SET state = 'closed' WHERE number = ?", (number,))
            return self._order(number) or {}

    def pay(self, reference: str) -> bool:
        """Take the money, once; whether it was taken now."""
        with self._lock:
            row = self._rows.execute("SELECT number FROM orders WHERE reference = ?", (reference,)).fetchone()
            known = self._order(row["number"]) if row else None
            if known is None or known["state"] != "open":
                return False
            self._rows.execute(
                "UPDATE orders SET state = 'paid', paid_at = ? WHERE reference = ?", (_now().isoformat(), reference)
            )
            return True

    def refund(self, asked: Row, *, slow: bool) -> Row:
        """The refund of this number, made if there is none; a slow one is done when it is asked for again.

        Raises Conflict when the order was not paid, or when more would go back than came.
        """
        with self._lock:
            known = self._refund(asked["number"])
            if known is None:
                self._check_refund(asked)
                new = {**asked, "reference": _reference("BACK"), "state": "pending", "done_at": ""}
                self._insert("refunds", new)
            elif any(known[key] != asked[key] for key in (*ASKED, "order")):
                raise Conflict("other-refund-of-this-number")
            if known is None and slow:
                return self._refund(asked["number"]) or {}
            self._rows.execute(
                "UPDATE refunds SET state = 'done', done_at = ? WHERE number = ? AND state = 'pending'",
                (_now().isoformat(), asked["number"]),
            )
            return self._refund(asked["number"]) or {}

    def movements(self, day: str) -> list[Row]:
        """What was taken and given back on a day in Shanghai."""
        with self._lock:
            paid = [_read(row) for row in self._rows.execute("SELECT * FROM orders WHERE state = 'paid'")]
            back = [_read(row) for row in self._rows.execute("SELECT * FROM refunds WHERE state = 'done'")]
        rows = [("payment", row, row["paid_at"]) for row in paid] + [("refund", row, row["done_at"]) for row in back]
        return [
            {"kind": kind, "number": row["number"], "reference": row["reference"], "at": at, "splits": row["splits"]}
            for kind, row, at in rows
            if datetime.fromisoformat(at).astimezone(SHANGHAI).date().isoformat() == day
        ]

    def _check_refund(self, asked: Row) -> None:
        order = self._order(asked["order"])
        if order is None or order["state"] != "paid":
            raise Conflict("order-not-paid")
        earlier = self._rows.execute('SELECT amount FROM refunds WHERE "order" = ?', (asked["order"],)).fetchall()
        if sum((Decimal(row["amount"]) for row in earlier), Decimal(asked["amount"])) > Decimal(order["amount"]):
            raise Conflict("more-than-was-paid")

    def _order(self, number: str) -> Row | None:
        row = self._rows.execute("SELECT * FROM orders WHERE number = ?", (number,)).fetchone()
        if row is None:
            return None
        if row["state"] == "open" and datetime.fromisoformat(row["expires_at"]) <= _now():
            self._rows.execute("UPDATE orders SET state = 'closed' WHERE number = ?", (number,))
            return {**_read(row), "state": "closed"}
        return _read(row)

    def _refund(self, number: str) -> Row | None:
        row = self._rows.execute("SELECT * FROM refunds WHERE number = ?", (number,)).fetchone()
        return _read(row) if row else None

    def _insert(self, table: str, new: Row) -> None:
        columns = [row["name"] for row in self._rows.execute(f"PRAGMA table_info({table})")]
        values = [json.dumps(new[name]) if name == "splits" else new[name] for name in columns]
        names = ", ".join(f'"{name}"' for name in columns)
        self._rows.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", values)


def _read(row: sqlite3.Row) -> Row:
    return {**dict(row), "splits": json.loads(row["splits"])}


def _reference(mark: str) -> str:
    return mark + secrets.token_hex(12).upper()


def _now() -> datetime:
    return datetime.now(UTC)
