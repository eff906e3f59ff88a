"""Pure rules of payments: what a bill may hold, numbers, signatures, how long to wait."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from onevisit.payments.errors import LinesRefused
from onevisit.payments.values import NewLine

CURRENCY = "CNY"
CENT = Decimal("0.01")
MOST = Decimal("9999999999.99")  # NUMERIC(12,2)
DEMONSTRATION = "示范"
SIGNATURE = "X-Signature"
CALLBACK = "callback"  # what a callback's signature is about
LIFE = timedelta(minutes=30)  # of an order at the provider
FIRST_WAIT, LONG_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=1), timedelta(hours=1)
NOTE = (
    "本凭证只证明款项已经缴纳或退回。财政非税收入票据、税收完税证明的号码由收款部门开具，"
    "不由本平台编号；需要时请向收款部门索取。"
)  # [memory] that official invoices of non-tax revenue are numbered by the finance system, not by a platform


def check_lines(lines: Sequence[NewLine]) -> None:
    """Raises LinesRefused for a line without basis, or with an amount that is none in yuan and fen."""
    if not lines:
        raise LinesRefused(place=1)
    for place, line in enumerate(lines, 1):
        fits = all(_in_fen(amount) for amount in (line.amount, line.reduction))
        if not fits or not -line.amount <= line.reduction <= 0:
            raise LinesRefused(place=place)
        if not line.basis.strip() or (line.reduction and not line.reduction_basis.strip()):
            raise LinesRefused(place=place)


def _in_fen(amount: Decimal) -> bool:
    return amount.is_finite() and abs(amount) <= MOST and amount == amount.quantize(CENT)


def order_number(case_number: str, place: int, count: int) -> str:
    """The number under which the provider knows an order: of the case, its bill, its attempt."""
    return f"{case_number}P{place}N{count}"


def refund_number(case_number: str, place: int, count: int) -> str:
    """The number under which the provider knows a refund."""
    return f"{case_number}P{place}R{count}"


def bill_number(case_number: str, place: int) -> str:
    """The number of a bill as people see it; the first of a case has the mark alone."""
    return f"{DEMONSTRATION}{case_number}缴" + (str(place) if place > 1 else "")


def signature(secret: str, about: str, body: bytes) -> str:
    """HMAC-SHA256 over what the message is about ("POST /v1/orders", "callback"), a line feed, and its body."""
    return hmac.new(secret.encode(), about.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, about: str, body: bytes, given: str) -> bool:
    """Whether `given` is that signature. Without a secret nothing is."""
    return bool(secret) and hmac.compare_digest(signature(secret, about, body).encode(), given.encode())


def wait_after(attempts: int, *, fresh: bool) -> timedelta:
    """How long until the provider is asked again: 5 s, doubling, at most a minute while `fresh`, else an hour."""
    longest = LONG_WAIT if fresh else LONGEST_WAIT
    return min(FIRST_WAIT * (1 << min(max(attempts, 1) - 1, 12)), longest)


def is_fresh(since: datetime, now: datetime) -> bool:
    """Whether somebody may still be looking at the page: twice an order's life."""
    return now - since < 2 * LIFE
