"""What can be done at halls."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from onevisit.halls.errors import NotThisHall
from onevisit.halls.models import CheckIn
from onevisit.people.actor import Actor, Role


def check_in(person: UUID, hall: str, *, by: Actor, now: datetime) -> None:
    """Record that the person came to the hall today; a second time on one day is the same visit. Raises NotThisHall."""
    if by.role is not Role.CLERK or not hall or by.hall != hall:
        raise NotThisHall()
    row = CheckIn(person=person, hall=hall, day=timezone.localdate(now), at=now, by=by.account)
    CheckIn.objects.bulk_create([row], ignore_conflicts=True)
