"""The money of a case: its bill at the submission, what goes back when something fails, and what the ledger says."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Case, Procedure
from onevisit.cases.queries.loading import plan_of_case
from onevisit.cases.queries.viewing import applicant_name
from onevisit.cases.rules.billing import change, first_lines, returned, spared_lines
from onevisit.cases.rules.letters import agency_name
from onevisit.cases.rules.submission import Submission
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Facts
from onevisit.core.law.procedure import FAILED, State
from onevisit.payments.actions import amend_bill, make_bill, refund
from onevisit.payments.events import BillPaid, BillRefunded, MoneyMoves
from onevisit.payments.queries import bills_of
from onevisit.payments.values import BillState, NewLine
from onevisit.people.actor import SYSTEM, Actor


def bill_for(filed: Submission, payer: str, *, by: Actor) -> None:
    """Make the bill of a case that is being submitted. Nothing where nothing is due."""
    lines = first_lines(filed.event, filed.plan)
    if any(line.amount for line in lines):
        _make(filed.case, filed.number, filed.event, lines, payer, supplement=False, by=by, now=filed.now)


def _make(
    case: UUID,
    number: str,
    event: LifeEvent,
    lines: Sequence[NewLine],
    payer: str,
    *,
    supplement: bool,
    by: Actor,
    now: datetime,
) -> None:
    make_bill(
        case=case,
        case_number=number,
        region=event.region,
        payer=payer,
        issuer=agency_name(event, event.lead),
        lines=lines,
        supplement=supplement,
        by=by,
        now=now,
    )  # fmt: skip


def bill_anew(row: Case, facts: Facts, *, reason: str, now: datetime) -> None:
    """Have the bills ask for what the plan costs by these facts, after an answer has changed; the case is locked.

    An unpaid bill is amended. What is paid stays paid: more is asked for by a supplement, of what has become less the
    line goes back and the new amount is due. No query in events without fees.
    """
    event = by_snapshot(row.snapshot).graph.event
    if not event.has_fees:
        return
    states = Procedure.objects.filter(case=row).values_list("service", "state")
    gone = returned(event, [service for service, state in states if State(state) in FAILED])
    bills, fees = bills_of(row.pk), first_lines(event, plan_of_case(row, facts))
    wanted = change(bills, [line for line in fees if line.service not in gone])
    if wanted is None:
        return
    for bill, lines in wanted.back:
        refund(bill, lines, reason=reason, by=SYSTEM, now=now)
    open_ = next((bill for bill in bills if bill.state in (BillState.UNPAID, BillState.NOTHING_DUE)), None)
    if open_:
        spared = spared_lines(open_, [line.service for line in open_.lines], reason)
        amend_bill(open_.id, wanted.due or spared, reason=reason, by=SYSTEM, now=now)
    elif any(line.amount for line in wanted.due):
        payer = applicant_name(row)
        _make(row.pk, row.number, event, wanted.due, payer, supplement=bool(bills), by=SYSTEM, now=now)


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
