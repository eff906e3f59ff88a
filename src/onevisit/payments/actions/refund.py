"""Order a refund: of all that is left, or line by line."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.payments.actions.locking import lock, settled
from onevisit.payments.errors import NotPaidYet, OnlyStaff, ReasonMissing
from onevisit.payments.models import Line, Payment, Refund, RefundLine
from onevisit.payments.rules import refund_number
from onevisit.payments.values import ZERO, Way
from onevisit.people.actor import Actor, Role


@transaction.atomic
def refund(bill: UUID, lines: Iterable[UUID] | None, *, reason: str, by: Actor, now: datetime) -> UUID | None:
    """Give back these lines (None = all) of a paid bill; the refund's id, or None when all of it is ordered already.

    May be part of the caller's transaction (tax paid, but the register refuses) and speaks to nobody outside: money
    that came online goes back through the provider, which the worker asks until it confirms; money of the window is
    handed out by `give_back_at_window`. Raises OnlyStaff, ReasonMissing, NotPaidYet; ValueError for another's line.
    """
    if by.role is Role.APPLICANT:
        raise OnlyStaff
    if not reason.strip():
        raise ReasonMissing
    payment = settled(lock(bill))
    if payment is None:
        raise NotPaidYet
    paid = list(Line.objects.filter(revision=payment.revision_id).order_by("place"))
    wanted = {line.pk for line in paid} if lines is None else set(lines)
    if not wanted <= {line.pk for line in paid}:
        raise ValueError("a line of another bill, or of one that was amended")
    ordered = set(RefundLine.objects.filter(payment=payment).values_list("line", flat=True))
    left = [line for line in paid if line.pk in wanted - ordered and line.due]
    return send_back(payment, left, reason=reason.strip(), by=by, now=now) if left else None


def send_back(payment: Payment, lines: Sequence[Line], *, reason: str, by: Actor, now: datetime) -> UUID:
    """Write the refund of these lines of a payment, whose bill is locked."""
    bill = payment.bill
    earlier = Refund.objects.filter(payment__bill=bill).count()
    lines = [line for line in lines if line.due]
    made = Refund.objects.create(
        payment=payment,
        number=refund_number(bill.case_number, bill.place, earlier + 1),
        amount=sum((line.due for line in lines), ZERO),
        reason=reason,
        by=by.account,
        by_name=by.name,
        at=now,
        next_try_at=None if Way(payment.way).at_window else now,
    )
    RefundLine.objects.bulk_create(
        RefundLine(refund=made, payment=payment, line=line, amount=line.due) for line in lines
    )
    return made.pk
