"""A window clerk makes, or finds, the person of somebody who came without an account."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.core.codes import check_phone, check_ric, tidy
from onevisit.people.actions.record_look import record_look
from onevisit.people.actor import Actor, Role
from onevisit.people.errors import NameMissing, OnlyClerks, OtherName
from onevisit.people.models import Person


@transaction.atomic
def register_walk_in(name: str, id_number: str, phone: str, *, by: Actor, now: datetime) -> UUID:
    """The person's id. Raises OnlyClerks, NameMissing, BadCode, or OtherName when the number has another name."""
    if by.role is not Role.CLERK:
        raise OnlyClerks()
    if not name.strip():
        raise NameMissing()
    check_ric(id_number)
    if phone.strip():
        check_phone(phone)
    person, _ = Person.objects.get_or_create(
        id_number=tidy(id_number), defaults={"name": name.strip(), "phone": tidy(phone)}
    )
    if person.name != name.strip():
        raise OtherName()
    record_look(by=by, subject=person.pk, case=None, what="身份信息", purpose="窗口办理登记", now=now)
    return person.pk
