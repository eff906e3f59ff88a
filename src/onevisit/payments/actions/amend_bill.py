"""Amend a bill while it is unpaid: the tax was assessed, an exemption granted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.payments.actions.locking import lock, settled
from onevisit.payments.actions.revising import revise
from onevisit.payments.errors import AmendedTooLate, ReasonMissing
from onevisit.payments.queries import bill as read
from onevisit.payments.rules import check_lines
from onevisit.payments.values import BillView, NewLine
from onevisit.people.actor import Actor


@transaction.atomic
def amend_bill(bill: UUID, lines: Sequence[NewLine], *, reason: str, by: Actor, now: datetime) -> BillView:
    """The bill with these lines instead; may be part of the caller's transaction, and speaks to nobody outside.

    An order for what was asked before is closed by the worker; money that still comes for it is surplus and goes back.
    Raises LinesRefused, ReasonMissing, AmendedTooLate.
    """
    check_lines(lines)
    if not reason.strip():
        raise ReasonMissing
    row = lock(bill)
    if settled(row):
        raise AmendedTooLate
    row.revision += 1
    row.save(update_fields=["revision"])
    revise(row, lines, reason=reason.strip(), by=by, now=now)
    return read(bill)
