"""Reconciliation: a day in Shanghai, payee by payee, against the provider's statement.

Money of the window is not in it: the provider never saw it.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Sum

from onevisit.core.china import SHANGHAI
from onevisit.payments.connectors.provider import client
from onevisit.payments.errors import ProviderAway
from onevisit.payments.models import Line, Payment, RefundDone, RefundLine
from onevisit.payments.values import ZERO, Difference, PayeeDay, Reconciliation, Way

Key = tuple[str, str, str]  # kind, number, payee
KINDS = ("payment", "refund")


def reconcile(day: date, *, payee: str = "") -> Reconciliation:
    """Both sides of the day, of one payee or ("") of all. Asks the provider; raises ProviderAway.

    A movement counts for the day on which the provider did it, which both sides keep.
    """
    try:
        entries = client.statement(day)
    except client.ProviderDown as error:
        raise ProviderAway from error
    theirs: dict[Key, Decimal] = defaultdict(lambda: ZERO)
    for entry in entries:
        theirs[entry.kind, entry.number, entry.payee] += entry.amount
    ours = _ours(day)
    keys = sorted({key for key in (*ours, *theirs) if payee in ("", key[2])})
    payees = sorted({key[2] for key in keys})
    return Reconciliation(
        day=day,
        payees=tuple(
            PayeeDay(one, *(_sum(side, kind, one) for kind in KINDS for side in (ours, theirs))) for one in payees
        ),
        differences=tuple(
            Difference(*key, ours=ours.get(key), theirs=theirs.get(key))
            for key in keys
            if ours.get(key) != theirs.get(key)
        ),
    )


def _sum(side: dict[Key, Decimal], kind: str, payee: str) -> Decimal:
    return sum((amount for key, amount in side.items() if (key[0], key[2]) == (kind, payee)), ZERO)


def _ours(day: date) -> dict[Key, Decimal]:
    begin = datetime.combine(day, time(), SHANGHAI)
    within = {"at__gte": begin, "at__lt": begin + timedelta(days=1)}
    found: dict[Key, Decimal] = defaultdict(lambda: ZERO)
    payments = Payment.objects.filter(way=Way.ONLINE, **within).values_list("revision", "order__number")
    numbers = defaultdict(list)
    for revision, number in payments:
        numbers[revision].append(number)
    for line in Line.objects.filter(revision__in=numbers):
        for number in numbers[line.revision_id]:
            if line.due:
                found["payment", number, line.payee] += line.due
    done = RefundDone.objects.filter(refund__payment__way=Way.ONLINE, **within).values("refund")
    lines = (
        RefundLine.objects.filter(refund__in=done).values("refund__number", "line__payee").annotate(sum=Sum("amount"))
    )
    for row in lines:
        found["refund", row["refund__number"], row["line__payee"]] += row["sum"]
    return dict(found)
