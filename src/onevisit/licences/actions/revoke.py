"""Revoke a licence."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.licences.errors import AlreadyRevoked, LicenceNotFound, NoSuchGround, NotTheIssuer, ReasonMissing
from onevisit.licences.models import Licence, Revocation
from onevisit.licences.queries import view_of
from onevisit.licences.rules import GROUNDS, day_of
from onevisit.licences.values import LicenceView
from onevisit.people.actor import Actor


@transaction.atomic
def revoke(licence_id: UUID, *, article: str, reason: str, by: Actor, now: datetime) -> LicenceView:
    """Revoke on a ground of the law, named by `article` (a code of rules.GROUNDS); the licence as it then is.

    Whether that law is this licence's is the caller's to say. From this moment the public page says that it is
    revoked. Of two at once one wins, the other gets AlreadyRevoked.
    """
    ground = GROUNDS.get(article)
    if ground is None:
        raise NoSuchGround
    if not reason.strip():
        raise ReasonMissing
    licence = Licence.objects.select_for_update().defer("document").filter(pk=licence_id).first()
    if licence is None:
        raise LicenceNotFound("licence")
    if by.agency != licence.agency:
        raise NotTheIssuer
    earlier = Revocation.objects.filter(licence=licence).first()
    if earlier is not None:
        raise AlreadyRevoked(number=licence.number, day=day_of(earlier.at).isoformat(), name=earlier.by_name)
    revocation = Revocation.objects.create(
        licence=licence,
        ground=ground.code,
        article=ground.article,
        reason=reason.strip(),
        by=by.account,
        by_name=by.name,
        at=now,
    )
    return view_of(licence, revocation, now=now)
