"""Calling back: a signed POST to the address that the order named; genuine or, as the fault switch says, not."""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from decimal import Decimal
from typing import Any

AGAIN = (0.0, 1.0, 5.0, 15.0)  # seconds before each try of a genuine callback
LATE = 5.0
TIMEOUT = 10.0
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # by no proxy of the environment


def signature(secret: str, about: str, body: bytes) -> str:
    """HMAC-SHA256 over what the message is about, a line feed, and the body."""
    return hmac.new(secret.encode(), about.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def message(order: dict[str, Any], **other: str) -> bytes:
    """What a callback says of an order that was paid."""
    said = {key: order[key] for key in ("number", "reference", "amount", "currency")}
    return json.dumps({**said, "state": "paid", "paid_at": order["paid_at"], "demonstration": True, **other}).encode()


def after_payment(secret: str, order: dict[str, Any], mode: str, other: dict[str, Any] | None) -> None:
    """Call back as the switch says, without keeping anybody waiting, except early: then this returns afterwards."""
    genuine = message(order)
    if mode in ("prompt", "late"):
        pauses = (LATE, *AGAIN[1:]) if mode == "late" else AGAIN
        threading.Thread(target=until_taken, args=(secret, order, genuine, pauses), daemon=True).start()
    elif mode == "twice":
        for _ in range(2):
            threading.Thread(target=send, args=(secret, order, genuine), daemon=True).start()
    elif mode == "early":
        send(secret, order, genuine)
    elif mode == "other-order" and other is not None:
        send(secret, other, message(other, paid_at=order["paid_at"]))
    elif mode in ("bad-signature", "other-amount"):
        forge(secret, order, mode)


def forge(secret: str, order: dict[str, Any], kind: str) -> int:
    """A callback that is not true: of an order that was not paid, with another amount, or wrongly signed."""
    more = str(Decimal(order["amount"]) + 1) if kind == "other-amount" else order["amount"]
    body = message(order, amount=more)
    return send(secret + "x" if kind == "bad-signature" else secret, order, body)


def until_taken(secret: str, order: dict[str, Any], body: bytes, pauses: tuple[float, ...]) -> None:
    """Send until it is answered with 200, at most as often as there are pauses."""
    for pause in pauses:
        time.sleep(pause)
        if send(secret, order, body) == 200:
            return


def send(secret: str, order: dict[str, Any], body: bytes) -> int:
    """Post it; the status, 0 when nobody answers."""
    if not order["callback_url"].startswith(("http://", "https://")):
        return 0
    headers = {"Content-Type": "application/json", "X-Signature": signature(secret, "callback", body)}
    request = urllib.request.Request(order["callback_url"], body, headers)  # noqa: S310 - checked above
    try:
        with _DIRECT.open(request, timeout=TIMEOUT) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
