"""Revoke a licence on a ground of 行政许可法 69: revocation, letter and ledger in one transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.at_hand import lock
from onevisit.cases.actions.not_accept import written
from onevisit.cases.errors import NotFound, OnlyOfficers
from onevisit.cases.ledger import NewEntry
from onevisit.cases.rules import letters
from onevisit.licences import actions as licences
from onevisit.licences.queries import licence as find_licence
from onevisit.people.actor import Actor, Role


@transaction.atomic
def revoke(licence: UUID, ground: str, reasons: str, *, by: Actor, now: datetime) -> None:
    """Revoke the own agency's licence. `ground`: a code of licences' GROUNDS, such as "69-1-4" or "69-2".

    The public page says so at once. Raises ReasonsMissing, TooLong, licences' NoSuchGround and AlreadyRevoked,
    OnlyOfficers, NotFound.
    """
    reasons = written(reasons)
    if by.role is not Role.OFFICER or not by.agency:
        raise OnlyOfficers()
    view = find_licence(licence)
    if view.agency != by.agency:
        raise NotFound("licence", case=view.case, subject=view.holder_person)
    hand = lock(view.case, by, now)
    of = hand.procedure(view.procedure)
    licences.revoke(licence, article=ground, reason=reasons, by=by, now=now)
    data = letters.revocation(ground, reasons, view.title, view.number, view.issued_on, hand.to.applicant)
    hand.letter("revocation", of, data, about=view.number)
    basis = (letters.ground_basis(ground),)
    told = {"number": view.number, "ground": ground, "reasons": reasons}
    hand.entries.append(NewEntry("licence.revoked", by, of.number, basis, told))
    hand.write()
