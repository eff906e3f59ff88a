"""What somebody who stands at a hall can pay there, or gets back: bills of his cases, whoever took them in."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from onevisit.cases.errors import NotFound
from onevisit.cases.models import Case, CaseParty
from onevisit.cases.window_values import HisBills
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.china import day_of
from onevisit.core.text import gettext_noop as _
from onevisit.halls.queries import is_present
from onevisit.payments.queries import bills_of
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor, Role
from onevisit.people.queries import person


def bills_here(person_id: UUID, number: str, *, by: Actor, now: datetime) -> HisBills:
    """Bills of a case in which the person takes part, while he is checked in at the clerk's hall.

    The look is recorded. Raises NotFound for who has not come, and for a case that is not his or costs nothing.
    """
    if by.role is not Role.CLERK or not by.hall or not is_present(person_id, by.hall, day_of(now)):
        raise NotFound("person", subject=person_id)
    his = Q(person=person_id) | Q(pk__in=CaseParty.objects.filter(person=person_id).values("case"))
    row = Case.objects.filter(his, number=number).first()
    bills = bills_of(row.pk) if row else ()
    if row is None or not bills:
        raise NotFound(f"case {number}"[:80], subject=person_id)
    record_look(by=by, subject=person_id, case=row.pk, what=_("缴费单"), purpose=_("到窗口缴费、退款"), now=now)
    event = by_snapshot(row.snapshot).event
    return HisBills(person_id, person(person_id).name, number, event.name, row.title, bills)
