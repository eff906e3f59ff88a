"""Recording money that came: the one place where a payment is written, online or at the window."""

from datetime import datetime

from onevisit.core.text import gettext_noop as _
from onevisit.payments.actions.locking import settled
from onevisit.payments.actions.receipts import for_payment
from onevisit.payments.actions.refund import send_back
from onevisit.payments.events import BillPaid, tell
from onevisit.payments.models import Bill, Line, Order, Payment, Revision
from onevisit.payments.values import Way
from onevisit.people.actor import SYSTEM, Actor

SURPLUS = _("重复缴费，自动原路退回")
OUTDATED = _("付款时缴费单已经改了，自动原路退回")


def record(
    bill: Bill,
    revision: Revision,
    *,
    way: Way,
    order: Order | None,
    reference: str,
    clerk: Actor | None,
    at: datetime,
    now: datetime,
) -> Payment:
    """Write a payment of what `revision` asks for; the bill is locked.

    The first for what the bill asks for now settles it. Any other goes back, which is ordered here and now: it came
    second, or for what the bill asked before.
    """
    before = settled(bill)
    settles = before is None and revision.number == bill.revision
    back = "" if settles else SURPLUS if before else OUTDATED
    payment = Payment.objects.create(
        bill=bill,
        revision=revision,
        order=order,
        settles=settles,
        way=way.value,
        amount=revision.total,
        reference=reference,
        by=clerk.account if clerk else None,
        by_name=clerk.name if clerk else "",
        hall=clerk.hall if clerk else "",
        at=at,
        recorded_at=now,
    )
    lines = list(Line.objects.filter(revision=revision).order_by("place"))
    for_payment(payment, lines, back=back, now=now)
    if settles:
        services = tuple(dict.fromkeys(line.service for line in lines))
        tell(BillPaid(bill.case, bill.pk, services, at), now=now)
    else:
        send_back(payment, lines, reason=back, by=SYSTEM, now=now)
    return payment
