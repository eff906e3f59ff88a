"""The receipt's row of a payment or refund, written with it; the worker makes its document."""

from collections.abc import Sequence
from datetime import datetime

from onevisit.core.china import minute_of
from onevisit.payments.models import Bill, Line, Payment, Receipt, Refund
from onevisit.payments.rules import DEMONSTRATION, NOTE
from onevisit.payments.values import Way

WAYS = {Way.ONLINE: "网上支付", Way.CASH: "窗口现金", Way.POS: "窗口刷卡"}
BACK = {Way.ONLINE: "支付平台原路退回", Way.CASH: "窗口退现金", Way.POS: "窗口退回"}


def for_payment(payment: Payment, lines: Sequence[Line], *, back: str, now: datetime) -> None:
    """Of a payment. `back`: why it goes back at once, if it does."""
    bill, way = payment.bill, Way(payment.way)
    number = payment.order.number if payment.order else f"{bill.case_number}P{bill.place}W"
    data = {
        **_common(bill, lines),
        "title": "缴费收据",
        "way": WAYS[way],
        "moment": minute_of(payment.at),
        "total": f"{payment.amount:,.2f}",
        "reference": payment.reference,
        "clerk": payment.by_name,
        "reason": back,
    }
    _write(bill, f"{DEMONSTRATION}{number}缴", data, now, payment=payment)


def for_refund(refund: Refund, lines: Sequence[Line], *, at: datetime, now: datetime) -> None:
    """Of a refund that was given back."""
    bill, way = refund.payment.bill, Way(refund.payment.way)
    data = {
        **_common(bill, lines),
        "title": "退款凭证",
        "way": BACK[way],
        "moment": minute_of(at),
        "total": f"{refund.amount:,.2f}",
        "reference": refund.done.reference,
        "clerk": refund.done.by_name,
        "reason": refund.reason,
    }
    _write(bill, f"{DEMONSTRATION}{refund.number}退", data, now, refund=refund)


def _write(bill: Bill, number: str, data: dict[str, object], now: datetime, **of: Payment | Refund) -> None:
    Receipt.objects.create(bill=bill, number=number, data=data, issued_at=now, next_try_at=now, **of)


def _common(bill: Bill, lines: Sequence[Line]) -> dict[str, object]:
    rows = [
        {"payee": line.payee_zh, "label": line.label_zh, "amount": f"{line.due:,.2f}", "basis": _basis(line)}
        for line in lines
    ]
    return {"payer": bill.payer, "case_number": bill.case_number, "bill": bill.number, "lines": rows, "note": NOTE}


def _basis(line: Line) -> str:
    return line.basis + (f"；减免 {-line.reduction:,.2f}：{line.reduction_basis}" if line.reduction else "")
