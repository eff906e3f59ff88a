"""Bind a visitor's draft to the account with which he signed in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.gather import gather
from onevisit.cases.errors import OnlyApplicants
from onevisit.cases.queries.loading import open_draft
from onevisit.people.actor import Actor, Role


def adopt_draft(draft: UUID, *, by: Actor, now: datetime) -> None:
    """Make the draft his and fetch what government has; his answers stay, also those a register now gives.

    A repeat asks again the registers that were down. Raises NotFound for another account's draft, OnlyApplicants.
    """
    with transaction.atomic():
        row = open_draft(draft, by, lock=True)
        if row.account is None:
            if by.role is not Role.APPLICANT or by.person is None:
                raise OnlyApplicants()
            row.account, row.person_id, row.organisation_id = by.account, by.person, by.organisation
            row.updated_at = now
            row.save()
    gather(draft, by=by, now=now)
