"""Begin a draft: a visitor's own, or a clerk's for somebody who came."""

from datetime import datetime
from uuid import UUID

from onevisit.cases.actions.gather import gather
from onevisit.cases.errors import NotYourHall, OnlyApplicants
from onevisit.cases.models import Draft
from onevisit.catalogue.queries import current
from onevisit.people.actor import Actor, Role


def start_draft(
    event: str,
    region: str,
    *,
    by: Actor | None,
    now: datetime,
    walk_in: bool = False,
    hall: str = "",
    person: UUID | None = None,
    organisation: UUID | None = None,
) -> UUID:
    """The new draft's id, under the catalogue version in force. Registers are asked at once for who is signed in.

    A clerk (`walk_in`) names the person who came, and the organisation that he acts for. Raises NotYourHall,
    OnlyApplicants.
    """
    if walk_in:
        if by is None or by.role is not Role.CLERK or not by.hall or by.hall != (hall or by.hall) or person is None:
            raise NotYourHall()
        hall = by.hall
    else:
        if by is not None and (by.role is not Role.APPLICANT or by.person is None):
            raise OnlyApplicants()
        hall, person, organisation = "", by.person if by else None, by.organisation if by else None
    row = Draft.objects.create(
        region=region,
        event=event,
        snapshot=current(event, region).snapshot,
        account=by.account if by else None,
        person_id=person,
        organisation_id=organisation,
        walk_in=walk_in,
        hall=hall,
        created_at=now,
        updated_at=now,
    )
    if by is not None:
        gather(row.pk, by=by, now=now)
    return row.pk
