"""What a case has to pay, line by line, and what goes back when a part of it fails. Pure."""

from collections.abc import Collection

from onevisit.core.catalogue import LifeEvent
from onevisit.core.law.articles import cite
from onevisit.core.planning.model import FeeLine, Plan
from onevisit.core.text import Text
from onevisit.payments.values import BillView, NewLine

NO_BASIS = "办事指南公布的收费"


def first_lines(event: LifeEvent, plan: Plan) -> tuple[NewLine, ...]:
    """The plan's fees as lines of a bill, in its order; what is free of charge stands there too, with its basis."""
    agencies = {service.key: service.agency for service in event.services}
    return tuple(
        NewLine(
            payee=agencies[fee.service],
            payee_name=Text(fee.payee),
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
