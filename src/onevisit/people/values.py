"""What the people room tells others: frozen values, never rows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onevisit.people.actor import Role


@dataclass(frozen=True, slots=True)
class PersonView:
    """A natural person."""

    id: UUID
    name: str
    id_number: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation and who represents it by law."""

    id: UUID
    name: str
    uscc: str
    legal_representative: PersonView


@dataclass(frozen=True, slots=True)
class LookView:
    """A look at somebody's data, as its subject reads it."""

    at: datetime
    name: str
    agency: str
    case: UUID | None
    what: str
    purpose: str
    refused: bool
    place: str  # in the list: where its next page goes on


@dataclass(frozen=True, slots=True)
class AccountSpec:
    """An account to be made, with the person or organisation it acts for."""

    username: str
    name: str
    id_number: str = ""
    phone: str = ""
    address: str = ""
    organisation: str = ""  # name, then `uscc`; the person is its legal representative
    uscc: str = ""
    role: Role = Role.APPLICANT
    agency: str = ""
    hall: str = ""
    title: str = ""
