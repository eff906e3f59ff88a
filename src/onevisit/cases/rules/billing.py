"""What a case has to pay, line by line, and what goes back when a part of it fails. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from onevisit.core.catalogue import LifeEvent
from onevisit.core.law.articles import cite
from onevisit.core.planning.model import FeeLine, Plan
from onevisit.payments.values import ZERO, BillState, BillView, LineView, NewLine

Fee = tuple[str, str]  # service and label: what a line is for
NO_BASIS = "办事指南公布的收费"


def first_lines(event: LifeEvent, plan: Plan) -> tuple[NewLine, ...]:
    """The plan's fees as lines of a bill, in its order; what is free of charge stands there too, with its basis."""
    agencies = {service.key: service.agency for service in event.services}
    return tuple(
        NewLine(
            payee=agencies[fee.service],
            payee_name=fee.payee,
            label=fee.label,
            amount=fee.high,
            service=fee.service,
            basis=_basis(fee),
        )
        for fee in plan.fees
        if fee.low == fee.high
    )


def _basis(fee: FeeLine) -> str:
    if fee.basis is None:
        return NO_BASIS
    note = fee.basis.note.zh if fee.basis.note else NO_BASIS
    return cite(fee.basis) if fee.basis.law and fee.basis.article else note


def returned(event: LifeEvent, ended: Collection[str]) -> frozenset[str]:
    """The services whose fees nobody owes once these have ended: their own, and those that depend on them."""
    others = (service.key for service in event.services for fee in service.fees if fee.returned_without in ended)
    return frozenset((*ended, *others))


def spared_lines(bill: BillView, gone: Collection[str], reason: str) -> tuple[NewLine, ...]:
    """The lines of a bill, those of these services reduced to nothing for that reason."""
    return tuple(
        NewLine(
            payee=line.payee,
            payee_name=line.payee_name,
            label=line.label,
            amount=line.amount,
            service=line.service,
            basis=line.basis,
            reduction=-line.amount if line.service in gone else line.reduction,
            reduction_basis=reason if line.service in gone and line.amount else line.reduction_basis,
        )
        for line in bill.lines
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What has to be done to a case's bills so that they ask for other amounts."""

    due: tuple[NewLine, ...]  # what is still to be paid, whole: the unpaid bill then says this
    back: tuple[tuple[UUID, tuple[UUID, ...]], ...]  # paid bills, with their lines that go back


def change(bills: Sequence[BillView], wanted: Sequence[NewLine]) -> Change | None:
    """How the bills come to ask for `wanted`; None where they do.

    What is paid counts. Of a fee that has become less its lines go back whole, as lines do, and the new amount is due.
    """
    paid: dict[Fee, list[tuple[UUID, LineView]]] = {}
    asked: dict[Fee, Decimal] = {}
    for bill in bills:
        for line in bill.lines:
            fee = (line.service, line.label.zh)
            asked[fee] = asked.get(fee, ZERO) + (ZERO if line.refund else line.due)
            if bill.state not in (BillState.UNPAID, BillState.NOTHING_DUE) and line.due and not line.refund:
                paid.setdefault(fee, []).append((bill.id, line))
    amounts = {(line.service, line.label.zh): line.amount for line in wanted}
    if all(asked.get(fee, ZERO) == amounts.get(fee, ZERO) for fee in asked.keys() | amounts.keys()):
        return None
    had = {fee: sum((line.due for _, line in lines), ZERO) for fee, lines in paid.items()}
    gone = {fee for fee in had if had[fee] > amounts.get(fee, ZERO)}
    back: dict[UUID, tuple[UUID, ...]] = {}
    for fee in gone:
        for bill_id, line in paid[fee]:
            back[bill_id] = (*back.get(bill_id, ()), line.id)
    kept = {fee: amount for fee, amount in had.items() if fee not in gone}
    due = (replace(line, amount=line.amount - kept.get((line.service, line.label.zh), ZERO)) for line in wanted)
    return Change(tuple(line for line in due if line.amount or not had), tuple(back.items()))
