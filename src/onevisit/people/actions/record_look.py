"""The access log: every look at personal data by staff, every change of it, and every refused look by anybody."""

from datetime import datetime
from uuid import UUID

from onevisit.people.actor import Actor, Role
from onevisit.people.models import Look
from onevisit.people.rules import masked_name


def record_look(*, by: Actor, subject: UUID | None, case: UUID | None, what: str, purpose: str, now: datetime) -> None:
    """Record that `by` looked at `subject`'s data: `what` of it and for which `purpose`. One INSERT."""
    _record(by, subject, case, what, purpose, now, refused=False)


def record_refused_look(
    *, by: Actor, what: str, now: datetime, subject: UUID | None = None, case: UUID | None = None
) -> None:
    """Record that `by` asked for somebody else's data and was told that there is nothing.

    Not inside the transaction of the refused act, which rolls back: raise `NotYours` and the middleware does it.
    """
    _record(by, subject, case, what, "", now, refused=True)


def _record(
    by: Actor, subject: UUID | None, case: UUID | None, what: str, purpose: str, now: datetime, *, refused: bool
) -> None:
    Look.objects.create(
        at=now,
        account=by.account,
        # its subject reads it; another applicant's is his own
        name=masked_name(by.name) if by.role is Role.APPLICANT else by.name,
        agency=by.agency,
        subject=subject,
        case=case,
        what=what,
        purpose=purpose,
        refused=refused,
    )
