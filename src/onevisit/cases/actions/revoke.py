"""Revoke a licence on a ground of its law (行政许可法 69, 市场主体登记管理条例 40), with letter and ledger, at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.at_hand import lock
from onevisit.cases.errors import NotFound, NotRevocable, OnlyOfficers
from onevisit.cases.ledger import NewEntry
from onevisit.cases.rules import letters
from onevisit.cases.rules.reasons import written
from onevisit.cases.rules.working import revocation_law
from onevisit.licences import actions as licences
from onevisit.licences.errors import NoSuchGround
from onevisit.licences.queries import licence as find_licence
from onevisit.people.actor import Actor, Role


@transaction.atomic
def revoke(licence: UUID, ground: str, reasons: str, *, by: Actor, now: datetime) -> None:
    """Revoke the own agency's licence. `ground`: a code of the law by which it is revoked, such as "69-1-4" or "40-2".

    The public page says so at once. Raises ReasonsMissing, TooLong, NotRevocable, licences' NoSuchGround and
    AlreadyRevoked, OnlyOfficers, NotFound.
    """
    reasons = written(reasons)
    if by.role is not Role.OFFICER or not by.agency:
        raise OnlyOfficers()
    view = find_licence(licence)
    if view.agency != by.agency:
        raise NotFound("licence", case=view.case, subject=view.holder_person)
    hand = lock(view.case, by, now)
    of = hand.procedure(view.procedure)
    law = revocation_law(hand.setting.services[of.service])
    if law is None:
        raise NotRevocable()
    chosen = next((one for one in law.grounds if one.code == ground), None)
    if chosen is None:
        raise NoSuchGround()
    licences.revoke(licence, article=ground, reason=reasons, by=by, now=now)
    letter = letters.revocation(law, chosen, reasons, view, hand.to, hand.setting.event)
    hand.letter("revocation", of, letter, about=view.number)
    told = {"number": view.number, "ground": ground, "reasons": reasons}
    hand.entries.append(NewEntry("licence.revoked", by, of.number, (chosen.basis,), told))
    hand.write()
