"""Bills as they stand, with the ledger of their money."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from onevisit.core.text import Text
from onevisit.payments.errors import BillNotFound
from onevisit.payments.models import OPEN, WINDOW, Bill, Line, Order, Payment, Receipt, Refund, Revision
from onevisit.payments.values import ZERO, BillState, BillView, LineView, MoneyRow, PayeeView, Sums, Way


def bill(bill_id: UUID) -> BillView:
    """One bill. Raises BillNotFound (404)."""
    found = _views(Bill.objects.filter(pk=bill_id))
    if not found:
        raise BillNotFound("bill")
    return found[0]


def bill_of(case: UUID) -> BillView | None:
    """The bill of a case that is to be paid next; when nothing is, the first one; None when it has none."""
    found = bills_of(case)
    open_ = [one for one in found if one.state is BillState.UNPAID]
    return next(iter(open_ or found), None)


def bills_of(case: UUID) -> tuple[BillView, ...]:
    """All bills of a case: the first, then the supplements. A constant number of queries."""
    return _views(Bill.objects.filter(case=case))


def sums_of(cases: Collection[UUID]) -> tuple[Sums, ...]:
    """What is unpaid of the bills of these cases, and what a window has to hand back. One query."""
    asked = Revision.objects.filter(bill=OuterRef("pk"), number=OuterRef("revision")).values("total")
    settled = Payment.objects.filter(bill=OuterRef("pk"), settles=True)
    waiting = Refund.objects.filter(payment__bill=OuterRef("pk"), payment__way__in=WINDOW, done=None)
    back = waiting.order_by().values("payment__bill").annotate(sum=Sum("amount")).values("sum")
    rows = Bill.objects.filter(case__in=cases).order_by("case", "place") if cases else Bill.objects.none()
    rows = rows.annotate(total=Subquery(asked), paid=Exists(settled), back=Coalesce(Subquery(back), ZERO))
    return tuple(Sums(row.case, ZERO if row.paid else row.total, row.back) for row in rows)


def bills_by_number(case_number: str) -> tuple[BillView, ...]:
    """All bills of the case of this number."""
    return _views(Bill.objects.filter(case_number=case_number))


def owed(case: UUID) -> dict[str, datetime | None]:
    """Services of which the case's bills ask for money, and when all of it had come; None: not yet. Two queries."""
    lines = Line.objects.filter(revision__bill__case=case, revision__number=F("revision__bill__revision"))
    due = [(line.service, line.revision.bill_id) for line in lines.select_related("revision") if line.due]
    if not due:
        return {}
    settled = Payment.objects.filter(bill__in={bill for _, bill in due}, settles=True)
    paid = dict(settled.values_list("bill", "recorded_at"))
    found: dict[str, datetime | None] = {}
    for service, bill_id in due:
        at, before = paid.get(bill_id), found.get(service, paid.get(bill_id))
        found[service] = None if at is None or before is None else max(at, before)
    return found


def _views(rows: Iterable[Bill]) -> tuple[BillView, ...]:
    bills = sorted(rows, key=lambda row: row.place)
    if not bills:
        return ()
    lines, payments = defaultdict(list), defaultdict(list)
    for line in Line.objects.filter(revision__bill__in=bills).select_related("revision").order_by("place"):
        lines[line.revision.bill_id, line.revision.number].append(line)
    for payment in Payment.objects.filter(bill__in=bills).select_related("order").order_by("recorded_at", "pk"):
        payments[payment.bill_id].append(payment)
    paid = list(payments)  # nothing goes back of the others, and there is no receipt
    refunds = list(
        Refund.objects.filter(payment__bill__in=paid)
        .select_related("payment", "done")
        .prefetch_related("lines")
        .order_by("at", "pk")
    )
    waiting = set(
        Order.objects.filter(revision__bill__in=bills, state__in=OPEN).values_list("revision__bill", flat=True)
    )
    receipts = list(Receipt.objects.filter(bill__in=paid).defer("document", "data"))
    return tuple(
        _view(
            row,
            lines[row.pk, row.revision],
            payments[row.pk],
            [one for one in refunds if one.payment.bill_id == row.pk],
            receipts,
            waiting=row.pk in waiting,
        )
        for row in bills
    )


def _view(
    row: Bill,
    lines: Sequence[Line],
    payments: Sequence[Payment],
    refunds: Sequence[Refund],
    receipts: Sequence[Receipt],
    *,
    waiting: bool,
) -> BillView:
    back = {part.line_id: refund for refund in refunds if refund.payment.settles for part in refund.lines.all()}
    payees: dict[str, list[LineView]] = {}
    for line in lines:
        payees.setdefault(line.payee, []).append(_line(line, back.get(line.pk)))
    total = sum((line.due for line in lines), ZERO)
    money = [_payment(one, receipts) for one in payments] + [_refund(one, receipts) for one in refunds]
    state = _state(lines, payments, back)
    return BillView(
        id=row.pk,
        case=row.case,
        case_number=row.case_number,
        number=row.number,
        supplement=row.place > 1,
        revision=row.revision,
        state=state,
        waiting=waiting and state is BillState.UNPAID,
        total=total,
        payees=tuple(
            PayeeView(payee, found[0].payee_name, sum((line.due for line in found), ZERO), tuple(found))
            for payee, found in payees.items()
        ),
        money=tuple(sorted(money, key=lambda one: one.at)),
    )


def _state(lines: Sequence[Line], payments: Sequence[Payment], back: dict[UUID, Refund]) -> BillState:
    due = {line.pk for line in lines if line.due}
    if any(payment.settles for payment in payments):
        given = {line for line, refund in back.items() if hasattr(refund, "done")}
        if given >= due:
            return BillState.REFUNDED
        return BillState.PARTLY_REFUNDED if given else BillState.PAID
    return BillState.UNPAID if due else BillState.NOTHING_DUE


def _line(line: Line, refund: Refund | None) -> LineView:
    return LineView(
        id=line.pk,
        payee=line.payee,
        payee_name=Text(line.payee_zh, line.payee_en),
        label=Text(line.label_zh, line.label_en),
        amount=line.amount,
        reduction=line.reduction,
        due=line.due,
        service=line.service,
        basis=line.basis,
        reduction_basis=line.reduction_basis,
        refund=refund.number if refund else "",
        refunded=hasattr(refund, "done"),
    )


def _payment(row: Payment, receipts: Sequence[Receipt]) -> MoneyRow:
    paper = next((one for one in receipts if one.payment_id == row.pk), None)
    return MoneyRow(
        kind="payment",
        number=row.order.number if row.order else row.reference,
        way=Way(row.way),
        amount=row.amount,
        at=row.at,
        by_name=row.by_name,
        reason="",
        done=True,
        surplus=not row.settles,
        refund=None,
        receipt=paper.pk if paper else None,
        ready=paper is not None and paper.document_sha256 is not None,
    )


def _refund(row: Refund, receipts: Sequence[Receipt]) -> MoneyRow:
    paper = next((one for one in receipts if one.refund_id == row.pk), None)
    done = row.done if hasattr(row, "done") else None
    return MoneyRow(
        kind="refund",
        number=row.number,
        way=Way(row.payment.way),
        amount=-row.amount,
        at=done.at if done else row.at,
        by_name=done.by_name if done else row.by_name,
        reason=row.reason,
        done=done is not None,
        surplus=not row.payment.settles,
        refund=row.pk,
        receipt=paper.pk if paper else None,
        ready=paper is not None and paper.document_sha256 is not None,
    )
