"""What others may ask the people room."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from onevisit.core.codes import tidy
from onevisit.people.actor import Actor
from onevisit.people.cursor import earlier, place
from onevisit.people.errors import NotYours
from onevisit.people.models import Account, Look, Organisation, Person
from onevisit.people.rules import masked_id, masked_name, masked_phone
from onevisit.people.session import actor_of_account
from onevisit.people.values import LookView, OrganisationView, PersonView

__all__ = [
    "closed",
    "find_person",
    "has_account",
    "looks_at",
    "machine",
    "masked_id",
    "masked_name",
    "masked_phone",
    "organisation",
    "people",
    "person",
    "refused_looks_at",
]

REFUSED = 200  # refused looks that are read


def person(person_id: UUID) -> PersonView:
    """The person. Raises NotYours (404) when there is none."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotYours("person")
    return _person(row)


def people(ids: Iterable[UUID]) -> dict[UUID, PersonView]:
    """Several persons by id. One query."""
    return {row.pk: _person(row) for row in Person.objects.filter(pk__in=list(ids))}


def organisation(organisation_id: UUID) -> OrganisationView:
    """The organisation with its legal representative. Raises NotYours (404) when there is none."""
    row = Organisation.objects.select_related("legal_representative").filter(pk=organisation_id).first()
    if row is None:
        raise NotYours("organisation")
    return OrganisationView(row.pk, row.name, row.uscc, _person(row.legal_representative))


def find_person(id_number: str) -> PersonView | None:
    """The person of an identity number, however it is typed; None when nobody has it here."""
    row = Person.objects.filter(id_number=tidy(id_number)).first()
    return _person(row) if row else None


def has_account(person_id: UUID) -> bool:
    """Whether he, or an organisation that he represents, can sign in here."""
    mine = Q(person=person_id) | Q(organisation__legal_representative=person_id)
    return Account.objects.filter(mine).exists()


def machine(account: UUID) -> Actor | None:
    """The program behind a machine account as an actor; None when the account is closed. One query."""
    rows = Account.objects.select_related("person", "organisation", "staff")
    row = rows.filter(pk=account, is_active=True).first()
    return replace(actor_of_account(row), machine=True) if row else None


def closed(accounts: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the accounts that are closed."""
    return frozenset(Account.objects.filter(pk__in=accounts, is_active=False).values_list("pk", flat=True))


def looks_at(person_id: UUID, *, before: str = "", limit: int = 200) -> list[LookView]:
    """Who looked at this person's data, newest first (at most `limit`; `before`: the `place` of the last one seen)."""
    rows = Look.objects.filter(earlier(before), subject=person_id, refused=False)
    return [_look(row) for row in rows.order_by("-at", "-pk")[:limit]]


def refused_looks_at(person_id: UUID) -> list[tuple[LookView, int]]:
    """Who was not let look, folded by account and thing: the latest of each and how many of the last REFUSED.

    Apart from the others, so that somebody who knocks a thousand times pushes no real look off the page.
    """
    found: dict[tuple[UUID, str], list[LookView]] = {}
    for row in Look.objects.filter(subject=person_id, refused=True).order_by("-at")[:REFUSED]:
        found.setdefault((row.account, row.what), []).append(_look(row))
    return [(looks[0], len(looks)) for looks in found.values()]


def _look(row: Look) -> LookView:
    where = place(row.at, row.pk)
    return LookView(row.at, row.name, row.agency, row.case, row.what, row.purpose, row.refused, where)


def _person(row: Person) -> PersonView:
    return PersonView(row.pk, row.name, row.id_number, row.phone, row.address)
