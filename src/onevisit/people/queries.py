"""What others may ask the people room."""

from uuid import UUID

from django.db.models import Q

from onevisit.core.codes import tidy
from onevisit.people.errors import NotYours
from onevisit.people.models import Account, Look, Organisation, Person
from onevisit.people.rules import masked_id, masked_name, masked_phone
from onevisit.people.values import LookView, OrganisationView, PersonView

__all__ = [
    "find_person",
    "has_account",
    "looks_at",
    "masked_id",
    "masked_name",
    "masked_phone",
    "organisation",
    "person",
]


def person(person_id: UUID) -> PersonView:
    """The person. Raises NotYours (404) when there is none."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotYours("person")
    return _person(row)


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


def looks_at(person_id: UUID, *, limit: int = 200) -> list[LookView]:
    """Who looked at this person's data, newest first (at most `limit`)."""
    rows = Look.objects.filter(subject=person_id).order_by("-at")[:limit]
    return [LookView(r.at, r.name, r.agency, r.case, r.what, r.purpose, r.refused) for r in rows]


def _person(row: Person) -> PersonView:
    return PersonView(row.pk, row.name, row.id_number, row.phone, row.address)
