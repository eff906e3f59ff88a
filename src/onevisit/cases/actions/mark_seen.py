"""A clerk has seen the paper that the plan asks for at the window, or has pressed the wrong button."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.upload import asked_for
from onevisit.cases.errors import NotYourHall
from onevisit.cases.models import Draft
from onevisit.cases.queries.loading import open_draft
from onevisit.people.actor import Actor, Role


@transaction.atomic
def mark_seen(draft: UUID, own: str, *, by: Actor, now: datetime) -> None:
    """Record on the draft that `by` saw the paper of an evidence (`own`: its slot); a repeat keeps the first.

    Raises NotYourHall, NotAskedFor, NotFound, AlreadySubmitted.
    """
    row = _locked(draft, by)
    asked_for(row, own)
    row.seen.setdefault(own, {"by": str(by.account), "at": now.isoformat()})
    _save(row, now)


@transaction.atomic
def unmark_seen(draft: UUID, own: str, *, by: Actor, now: datetime) -> None:
    """Take that back, as long as nothing is submitted. Raises NotYourHall, NotFound, AlreadySubmitted."""
    row = _locked(draft, by)
    row.seen.pop(own, None)
    _save(row, now)


def _locked(draft: UUID, by: Actor) -> Draft:
    row = open_draft(draft, by, lock=True)
    if by.role is not Role.CLERK or not row.walk_in or by.hall != row.hall:
        raise NotYourHall()
    return row


def _save(row: Draft, now: datetime) -> None:
    row.updated_at = now
    row.save(update_fields=["seen", "updated_at"])
