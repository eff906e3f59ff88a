"""A window clerk puts the name on somebody's identity card in place of the one on file."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.people.actions.record_look import record_look
from onevisit.people.actor import Actor, Role
from onevisit.people.errors import NameMissing, OnlyClerks
from onevisit.people.models import Person


@transaction.atomic
def correct_name(person: UUID, name: str, *, why: str, by: Actor, now: datetime) -> None:
    """Change the person's name; both names and `why` stand in the log of looks, where he reads them.

    Whether it may be changed is for the caller to know. Raises OnlyClerks, NameMissing.
    """
    if by.role is not Role.CLERK:
        raise OnlyClerks()
    if not name.strip():
        raise NameMissing()
    row = Person.objects.select_for_update().get(pk=person)
    before, row.name = row.name, name.strip()
    row.save(update_fields=["name"])
    record_look(by=by, subject=row.pk, case=None, what=f"更正姓名：{before} → {row.name}", purpose=why, now=now)
