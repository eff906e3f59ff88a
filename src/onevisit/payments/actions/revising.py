"""What a bill asks for, written as a new revision: of making and of amending."""

from collections.abc import Sequence
from datetime import datetime

from onevisit.payments.models import Bill, Line, Revision
from onevisit.payments.values import ZERO, NewLine
from onevisit.people.actor import Actor


def revise(bill: Bill, lines: Sequence[NewLine], *, reason: str, by: Actor, now: datetime) -> None:
    """Write the lines as the revision that the bill names."""
    total = sum((line.amount + line.reduction for line in lines), ZERO)
    revision = Revision.objects.create(
        bill=bill, number=bill.revision, total=total, reason=reason, by=by.account, by_name=by.name, at=now
    )
    Line.objects.bulk_create(
        Line(
            revision=revision,
            place=place,
            payee=line.payee,
            payee_zh=line.payee_name.zh,
            payee_en=line.payee_name.en,
            label_zh=line.label.zh,
            label_en=line.label.en,
            service=line.service,
            amount=line.amount,
            basis=line.basis.strip(),
            reduction=line.reduction,
            reduction_basis=line.reduction_basis.strip(),
        )
        for place, line in enumerate(lines, 1)
    )
