"""Withdraw an application before it is decided (浙江规定 11 knows the withdrawal; what is decided stays decided)."""

from datetime import datetime

from django.db import transaction

from onevisit.cases.actions.billing import give_back
from onevisit.cases.errors import NameOfMandataryMissing, TooLateToWithdraw, TooLong, WhoAskedMissing
from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Case, Procedure, ToCome
from onevisit.cases.presence_errors import NotPresent
from onevisit.cases.queries.reaching import own_case
from onevisit.cases.values import Asked
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.catalogue import Regime
from onevisit.core.china import day_of
from onevisit.core.law.procedure import Check, Command, State, apply
from onevisit.core.text import gettext_noop as _
from onevisit.halls.queries import is_present
from onevisit.people.actor import Actor, Role

LONGEST = 50  # characters of a name


@transaction.atomic
def withdraw(case_number: str, asked: Asked | None = None, mandatary: str = "", *, by: Actor, now: datetime) -> None:
    """Withdraw every procedure of the case that is still open.

    A clerk says who asked him; it stands in the ledger, and who did so himself has to be there. Raises
    TooLateToWithdraw when none is open, WhoAskedMissing, NameOfMandataryMissing, TooLong, NotPresent, NotFound.
    """
    case = own_case(case_number, by, lock=True)
    data = _asked(case, asked, mandatary.strip(), by, now) if by.role is Role.CLERK else {}
    open_ones = [p for p in Procedure.objects.filter(case=case).order_by("number") if State(p.state).open]
    if not open_ones:
        raise TooLateToWithdraw()
    entries = []
    for procedure in open_ones:
        step = apply(Regime(procedure.regime), State(procedure.state), Command.WITHDRAW, Check(procedure.completeness))
        procedure.state = step.to.value
        entries.append(NewEntry(step.kind, by, procedure=procedure.number, basis=step.basis, data=data))
    Procedure.objects.bulk_update(open_ones, ["state"])
    ToCome.objects.filter(procedure__in=open_ones).delete()
    append(case, entries, now=now)
    event = by_snapshot(case.snapshot).graph.event
    give_back(case.pk, event, [procedure.service for procedure in open_ones], reason=_("申请撤回"), now=now)


def _asked(case: Case, asked: Asked | None, mandatary: str, by: Actor, now: datetime) -> dict[str, str]:
    """Who wants it, for the ledger."""
    if asked is None:
        raise WhoAskedMissing()
    if asked is Asked.HIMSELF and not is_present(case.person_id, by.hall, day_of(now)):
        raise NotPresent(names=case.person.name)
    if asked is not Asked.MANDATARY:
        return {"asked": asked.value}
    if not mandatary:
        raise NameOfMandataryMissing()
    if len(mandatary) > LONGEST:
        raise TooLong(most=LONGEST)
    return {"asked": asked.value, "mandatary": mandatary}
