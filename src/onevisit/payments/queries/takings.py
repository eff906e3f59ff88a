"""What a hall's windows took and handed back on a day, so that the drawer can be counted against it."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from onevisit.core.china import SHANGHAI
from onevisit.core.text import Text
from onevisit.payments.models import WINDOW, Line, Payment, RefundDone, RefundLine
from onevisit.payments.values import ZERO, Sum, Taking, Takings, Way


def takings(hall: str, day: date) -> Takings:
    """The day in Shanghai at one hall, in the order in which money moved. Four queries."""
    begin = datetime.combine(day, time(), SHANGHAI)
    within = {"hall": hall, "at__gte": begin, "at__lt": begin + timedelta(days=1)}
    paid = list(Payment.objects.filter(way__in=WINDOW, **within).select_related("bill"))
    back = list(RefundDone.objects.filter(by__isnull=False, **within).select_related("refund__payment__bill"))
    rows = [Taking(one.at, Way(one.way), one.amount, one.reference, one.bill.case_number, one.by_name) for one in paid]
    for one in back:
        payment, amount = one.refund.payment, -one.refund.amount
        way, number = Way(payment.way), payment.bill.case_number
        rows.append(Taking(one.at, way, amount, one.reference, number, one.by_name))
    rows.sort(key=lambda row: row.at)
    return Takings(day=day, rows=tuple(rows), ways=_ways(rows), payees=_payees(paid, back))


def _ways(rows: list[Taking]) -> tuple[tuple[Way, Sum], ...]:
    sums: dict[Way, list[Decimal]] = defaultdict(list)
    for row in rows:
        sums[row.way].append(row.amount)
    return tuple((way, _sum(sums[way])) for way in Way if way in sums)


def _payees(paid: list[Payment], back: list[RefundDone]) -> tuple[tuple[Text, Sum], ...]:
    """For whom it was, by the lines that were paid and went back."""
    names: dict[str, Text] = {}
    sums: dict[str, list[Decimal]] = defaultdict(list)
    for line in Line.objects.filter(revision__in=[one.revision_id for one in paid]):
        if line.due:
            names.setdefault(line.payee, Text(line.payee_zh, line.payee_en))
            sums[line.payee].append(line.due)
    for gone in RefundLine.objects.filter(refund__in=[one.refund_id for one in back]).select_related("line"):
        names.setdefault(gone.line.payee, Text(gone.line.payee_zh, gone.line.payee_en))
        sums[gone.line.payee].append(-gone.amount)
    return tuple((names[payee], _sum(sums[payee])) for payee in sorted(sums))


def _sum(amounts: list[Decimal]) -> Sum:
    came = sum((amount for amount in amounts if amount > 0), ZERO)
    return Sum(came, -sum((amount for amount in amounts if amount < 0), ZERO))
