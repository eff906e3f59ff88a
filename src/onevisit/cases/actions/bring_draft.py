"""What somebody began at home is gone on with at the window, when he asks for it there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.gather import gather
from onevisit.cases.actions.start_draft import start_draft
from onevisit.cases.errors import NotCheckedIn, NotFound, NotYourHall
from onevisit.cases.models import Document, Draft
from onevisit.core.china import day_of
from onevisit.core.text import gettext_noop as _
from onevisit.halls.queries import is_present
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id


def bring_draft(draft: UUID, person: UUID, *, by: Actor, now: datetime) -> UUID:
    """A window's draft with the answers and files of his own, which stays as it is; the look is recorded.

    Only of somebody who is here today. Raises NotYourHall, NotFound, NotCheckedIn.
    """
    if by.role is not Role.CLERK or not by.hall:
        raise NotYourHall()
    own = Draft.objects.filter(pk=draft, submitted_case=None, walk_in=False, person=person).first()
    if own is None:
        raise NotFound("draft", subject=person)
    if not is_present(person, by.hall, day_of(now)):
        raise NotCheckedIn()
    record_look(by=by, subject=person, case=None, what=_("网上的草稿"), purpose=_("他要求在窗口接着办"), now=now)
    new = start_draft(
        own.event, own.region, by=by, now=now, walk_in=True, person=person, organisation=own.organisation_id
    )
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=new)
        row.answers, row.answered = dict(own.answers), list(own.answered)
        row.disputed = [key for key in own.disputed if key in row.answers]
        row.save()
        for document in Document.objects.filter(draft=own, case=None):
            document.pk, document.draft_id = new_id(), new
            document.save(force_insert=True)
    gather(new, by=by, now=now)
    return new
