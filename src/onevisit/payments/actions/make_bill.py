"""Make the bill of a case, or a supplement to it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.payments.actions.revising import revise
from onevisit.payments.errors import BillExists
from onevisit.payments.models import Bill
from onevisit.payments.queries import bill
from onevisit.payments.rules import bill_number, check_lines
from onevisit.payments.values import BillView, NewLine
from onevisit.people.actor import Actor


@transaction.atomic
def make_bill(
    *,
    case: UUID,
    case_number: str,
    region: str,
    payer: str,
    issuer: str,
    lines: Sequence[NewLine],
    supplement: bool = False,
    by: Actor,
    now: datetime,
) -> BillView:
    """A bill of these lines; may be part of the caller's transaction, and speaks to nobody outside.

    `issuer` is whose name is on the receipts, `payer` who pays, in words. Raises LinesRefused; BillExists for a second
    bill that is no supplement (also when two are made at once: the unique constraint holds it).
    """
    check_lines(lines)
    earlier = Bill.objects.select_for_update().filter(case=case).count()
    if earlier and not supplement:
        raise BillExists
    made = Bill.objects.create(
        case=case,
        case_number=case_number,
        region=region,
        place=earlier + 1,
        number=bill_number(case_number, earlier + 1),
        payer=payer,
        issuer=issuer,
    )
    revise(made, lines, reason="", by=by, now=now)
    return bill(made.pk)
