"""Make accounts with their persons, organisations and offices from a list."""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from onevisit.core.codes import check_ric, check_uscc, tidy
from onevisit.people.actor import Role
from onevisit.people.models import Account, Organisation, Person, Staff
from onevisit.people.values import AccountSpec


@transaction.atomic
def make_accounts(specs: Iterable[AccountSpec], *, password: str, renew: bool = False) -> int:
    """Make the accounts that do not exist yet, all with `password`; how many were made.

    An account that exists is left alone; with `renew` it gets the password too. Raises BadCode for a wrong number.
    """
    wanted = list(specs)
    encoded = make_password(password)  # once: that these accounts share a password is no secret
    existing = Account.objects.in_bulk([spec.username for spec in wanted], field_name="username")
    if renew:
        for account in existing.values():
            account.password = encoded
            account.save(update_fields=["password"])
    missing = [spec for spec in wanted if spec.username not in existing]
    for spec in missing:
        person = _person(spec)
        organisation = _organisation(spec, person)
        account = Account.objects.create(
            username=spec.username, password=encoded, person=person, organisation=organisation
        )
        if spec.role is not Role.APPLICANT:
            Staff.objects.create(
                account=account,
                name=spec.name,
                role=spec.role.value,
                agency=spec.agency,
                hall=spec.hall,
                title=spec.title,
            )
    return len(missing)


def _person(spec: AccountSpec) -> Person | None:
    if not spec.id_number:
        return None
    check_ric(spec.id_number)
    return Person.objects.get_or_create(
        id_number=tidy(spec.id_number),
        defaults={"name": spec.name, "phone": spec.phone, "address": spec.address},
    )[0]


def _organisation(spec: AccountSpec, person: Person | None) -> Organisation | None:
    if not spec.uscc or person is None:
        return None
    check_uscc(spec.uscc)
    return Organisation.objects.get_or_create(
        uscc=tidy(spec.uscc), defaults={"name": spec.organisation, "legal_representative": person}
    )[0]
