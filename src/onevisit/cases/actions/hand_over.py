"""Hand a licence over at the window (行政许可法 44): the clerk of a hall, to somebody who has checked in today."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.at_hand import lock
from onevisit.cases.errors import NotCheckedIn, NotFound, NothingToDeliver, NotYourHall
from onevisit.cases.rules.procedure import act
from onevisit.core.china import day_of
from onevisit.core.law.procedure import Command, State
from onevisit.halls.queries import is_present
from onevisit.licences.queries import licence as find_licence
from onevisit.people.actor import Actor, Role


@transaction.atomic
def hand_over(licence: UUID, *, by: Actor, now: datetime) -> None:
    """Record that the holder took his licence. Raises NotCheckedIn, NothingToDeliver, NotYourHall, NotFound."""
    if by.role is not Role.CLERK or not by.hall:
        raise NotYourHall()
    view = find_licence(licence)
    hand = lock(view.case, by, now)
    if hand.case.hall not in ("", by.hall):
        raise NotFound("licence", case=view.case, subject=view.holder_person)
    if not is_present(view.holder_person, by.hall, day_of(now)):
        raise NotCheckedIn()
    of = hand.procedure(view.procedure)
    if of.state is not State.GRANTED or view.revocation is not None:
        raise NothingToDeliver()
    hand.make(act(of, Command.DELIVER, hand.setting), data={"number": view.number, "hall": by.hall})
    hand.write()
