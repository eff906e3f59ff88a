"""Withdraw an application before it is decided (浙江规定 11 knows the withdrawal; what is decided stays decided)."""

from datetime import datetime

from django.db import transaction

from onevisit.cases.errors import TooLateToWithdraw
from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Procedure
from onevisit.cases.queries.reaching import own_case
from onevisit.core.catalogue import Regime
from onevisit.core.law.procedure import Check, Command, State, apply
from onevisit.people.actor import Actor


@transaction.atomic
def withdraw(case_number: str, *, by: Actor, now: datetime) -> None:
    """Withdraw every procedure of the case that is still open. Raises TooLateToWithdraw when none is, NotFound."""
    case = own_case(case_number, by, lock=True)
    open_ones = [p for p in Procedure.objects.filter(case=case).order_by("number") if State(p.state).open]
    if not open_ones:
        raise TooLateToWithdraw()
    entries = []
    for procedure in open_ones:
        step = apply(Regime(procedure.regime), State(procedure.state), Command.WITHDRAW, Check(procedure.completeness))
        procedure.state = step.to.value
        entries.append(NewEntry(step.kind, by, procedure=procedure.number, basis=step.basis))
    Procedure.objects.bulk_update(open_ones, ["state"])
    append(case, entries, now=now)
