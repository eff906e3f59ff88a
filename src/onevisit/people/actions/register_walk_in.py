"""A window clerk makes, or finds, the person of somebody who came without an account."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.core.codes import check_phone, check_ric, tidy
from onevisit.core.text import gettext_noop
from onevisit.people.actions.record_look import record_look, record_refused_look
from onevisit.people.actor import Actor, Role
from onevisit.people.errors import NameMissing, OnlyClerks, OtherName
from onevisit.people.models import Person


def register_walk_in(name: str, id_number: str, phone: str, *, by: Actor, now: datetime) -> UUID:
    """The person's id; a phone number is kept where none was known.

    Raises OnlyClerks, NameMissing, BadCode, or OtherName when the number has another name: that somebody with this
    number is known here is a look at him, so that it is recorded, outside the transaction that changes nothing.
    """
    if by.role is not Role.CLERK:
        raise OnlyClerks()
    if not name.strip():
        raise NameMissing()
    check_ric(id_number)
    if phone.strip():
        check_phone(phone)
    with transaction.atomic():
        person, _ = Person.objects.get_or_create(
            id_number=tidy(id_number), defaults={"name": name.strip(), "phone": tidy(phone)}
        )
        if person.name == name.strip():
            if phone.strip() and not person.phone:
                person.phone = tidy(phone)
                person.save(update_fields=["phone"])
            record_look(
                by=by,
                subject=person.pk,
                case=None,
                what=gettext_noop("身份信息"),
                purpose=gettext_noop("窗口办理登记"),
                now=now,
            )
            return person.pk
    record_refused_look(by=by, what=gettext_noop("身份信息"), subject=person.pk, now=now)
    raise OtherName()
