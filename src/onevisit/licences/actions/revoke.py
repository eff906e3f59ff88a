"""Revoke a licence."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.core.china import day_of
from onevisit.core.text import Text
from onevisit.licences.errors import AlreadyRevoked, NoSuchGround
from onevisit.licences.models import Licence, Revocation
from onevisit.licences.rules import GROUNDS
from onevisit.people.actor import Actor


@transaction.atomic
def revoke(licence_id: UUID, *, article: str, reason: str, by: Actor, now: datetime) -> None:
    """Revoke on a ground of the law, named by `article` (a code of rules.GROUNDS).

    From this moment the public page says so. Of two at once one wins, the other gets AlreadyRevoked. Who calls has seen
    to it that the law is this licence's, that there is a reason and that the licence is the own agency's. Raises
    NoSuchGround.
    """
    ground = GROUNDS.get(article)
    if ground is None:
        raise NoSuchGround
    licence = Licence.objects.select_for_update().defer("document").get(pk=licence_id)
    if not reason.strip() or by.agency != licence.agency:
        raise ValueError("a licence is revoked for a reason, by the agency that issued it")
    earlier = Revocation.objects.filter(licence=licence).first()
    if earlier is not None:
        raise AlreadyRevoked(number=licence.number, day=Text.day(day_of(earlier.at)), name=earlier.by_name)
    Revocation.objects.create(
        licence=licence,
        ground=ground.code,
        article=ground.article,
        reason=reason.strip(),
        by=by.account,
        by_name=by.name,
        at=now,
    )
