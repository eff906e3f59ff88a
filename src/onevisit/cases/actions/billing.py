"""The money of a case: its bill at the submission, what goes back when something fails, and what the ledger says."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Case
from onevisit.cases.rules.billing import first_lines, returned, spared_lines
from onevisit.cases.rules.letters import agency_name
from onevisit.cases.rules.submission import Submission
from onevisit.core.catalogue import LifeEvent
from onevisit.payments.actions import amend_bill, make_bill, refund
from onevisit.payments.events import BillPaid, BillRefunded, MoneyMoves
from onevisit.payments.queries import bills_of
from onevisit.payments.values import BillState
from onevisit.people.actor import SYSTEM, Actor


def bill_for(filed: Submission, payer: str, *, by: Actor) -> None:
    """Make the bill of a case that is being submitted. Nothing where nothing is due."""
    lines = first_lines(filed.event, filed.plan)
    if any(line.amount for line in lines):
        make_bill(
            case=filed.case,
            case_number=filed.number,
            region=filed.event.region,
            payer=payer,
            issuer=agency_name(filed.event, filed.event.lead),
            lines=lines,
            by=by,
            now=filed.now,
        )


def give_back(case: UUID, event: LifeEvent, ended: Collection[str], *, reason: str, now: datetime) -> None:
    """Nobody pays for what failed: what is unpaid is reduced to nothing, what is paid goes back, once.

    `ended`: services that were refused, withdrawn or not accepted, with those whose fees the catalogue returns without
    them (契税法 12: the tax on a sale that is never registered). No query in events without fees.
    """
    if not event.has_fees:
        return
    gone = returned(event, ended)
    for bill in bills_of(case):
        lines = [line for line in bill.lines if line.service in gone and line.due and not line.refund]
        if not lines:
            continue
        if bill.state is BillState.UNPAID:
            amend_bill(bill.id, spared_lines(bill, gone, reason), reason=reason, by=SYSTEM, now=now)
        else:
            refund(bill.id, [line.id for line in lines], reason=reason, by=SYSTEM, now=now)


def hold_still(event: MoneyMoves, *, now: datetime) -> None:  # noqa: ARG001  every subscriber is told the time
    """Lock the case before its bill, as an officer does who decides: so nobody waits in a circle."""
    list(Case.objects.select_for_update(of=("self",)).filter(pk=event.case).values_list("pk"))


@transaction.atomic
def note_money(event: BillPaid | BillRefunded, *, now: datetime) -> None:
    """Write into the case's ledger that its bill was paid, or that money went back."""
    row = Case.objects.select_for_update(of=("self",)).get(pk=event.case)
    data = {"services": ", ".join(event.services), "bill": str(event.bill)}
    if isinstance(event, BillRefunded):
        data |= {"amount": str(event.amount), "reason": event.reason}
    kind = "bill.paid" if isinstance(event, BillPaid) else "bill.refunded"
    append(row, [NewEntry(kind, SYSTEM, data=data)], now=now)
