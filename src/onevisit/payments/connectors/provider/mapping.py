"""From the provider's JSON to our values; whatever the contract does not allow is refused whole."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from onevisit.payments.rules import CENT, CURRENCY, MOST

_LONGEST = 500  # characters of one text


class NotTheContract(ValueError):
    """A message that the contract does not allow."""


class OrderState(StrEnum):
    """What the provider knows of an order. Only `open` changes any more."""

    OPEN = "open"
    PAID = "paid"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ProviderOrder:
    """An order as the provider has it."""

    number: str
    state: OrderState
    amount: Decimal
    reference: str  # the provider's own number
    pay_url: str  # "" unless open
    paid_at: datetime | None  # only when paid


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """A refund as the provider has it."""

    number: str
    done: bool
    amount: Decimal
    reference: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Movement:
    """One payee's part of one movement on a day's statement."""

    kind: str  # "payment" | "refund"
    number: str
    payee: str
    amount: Decimal


def read_order(body: bytes) -> ProviderOrder:
    """An order. Raises `NotTheContract`, saying where."""
    data = _object(body)
    state = _one_of(OrderState, _text(data, "state"))
    pay_url = str(data.get("pay_url") or "")
    if state is OrderState.OPEN and not pay_url.startswith(("http://", "https://")):
        raise NotTheContract("an open order has a page to pay at")
    return ProviderOrder(
        number=_text(data, "number"),
        state=state,
        amount=_money(data),
        reference=_text(data, "reference"),
        pay_url=pay_url if state is OrderState.OPEN else "",
        paid_at=_moment(data, "paid_at") if state is OrderState.PAID else None,
    )


def read_refund(body: bytes) -> ProviderRefund:
    """A refund. Raises `NotTheContract`."""
    data = _object(body)
    state = _text(data, "state")
    if state not in ("pending", "done"):
        raise NotTheContract("a refund is pending or done")
    done = state == "done"
    done_at = _moment(data, "done_at") if done else None
    return ProviderRefund(_text(data, "number"), done, _money(data), _text(data, "reference"), done_at)


def read_callback(body: bytes) -> str:
    """The number of the order that a callback is about: all else is asked of the provider. Raises `NotTheContract`."""
    return _text(_object(body), "number")


def read_statement(body: bytes, day: date) -> tuple[Movement, ...]:
    """A day's movements, one for each payee. Raises `NotTheContract`."""
    data = _object(body)
    if data.get("day") != day.isoformat() or data.get("currency") != CURRENCY:
        raise NotTheContract("a statement of another day or currency")
    found = []
    for entry in _list(data, "entries"):
        kind = _text(entry, "kind")
        if kind not in ("payment", "refund"):
            raise NotTheContract("an entry is a payment or a refund")
        found += [
            Movement(kind, _text(entry, "number"), _text(split, "payee"), _amount(split))
            for split in _list(entry, "splits")
        ]
    return tuple(found)


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotTheContract("not JSON") from error
    if not isinstance(data, dict):
        raise NotTheContract("not an object")
    return data


def _list(data: dict[str, Any], name: str) -> Sequence[dict[str, Any]]:
    found = data.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise NotTheContract(f"{name} is no list of objects")
    return found


def _text(data: dict[str, Any], name: str) -> str:
    found = data.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= _LONGEST or not found.isprintable():
        raise NotTheContract(f"{name} is no short text")
    return found


def _one_of(kind: type[OrderState], text: str) -> OrderState:
    try:
        return kind(text)
    except ValueError as error:
        raise NotTheContract(f"no state {text}") from error


def _money(data: dict[str, Any]) -> Decimal:
    if data.get("currency") != CURRENCY:
        raise NotTheContract("currency is CNY")
    return _amount(data)


def _amount(data: dict[str, Any]) -> Decimal:
    try:
        amount = Decimal(_text(data, "amount"))  # text, as "12.00": never a float
    except InvalidOperation as error:
        raise NotTheContract("amount is no number") from error
    if not amount.is_finite() or not 0 < amount <= MOST or amount != amount.quantize(CENT):
        raise NotTheContract("amount is not in yuan and fen")
    return amount


def _moment(data: dict[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(data, name))
    except ValueError as error:
        raise NotTheContract(f"{name} is no time") from error
    if moment.tzinfo is None:
        raise NotTheContract(f"{name} has no time zone")
    return moment
