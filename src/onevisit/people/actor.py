"""Actor: who does something, in which capacity; the `by` of every action."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from onevisit.core.text import gettext_noop


class Role(StrEnum):
    """The capacities in which somebody acts."""

    APPLICANT = "applicant"
    OFFICER = "officer"
    CLERK = "clerk"
    REFORM = "reform"
    SYSTEM = "system"


HOME = {Role.OFFICER: "/office/", Role.CLERK: "/desk/", Role.REFORM: "/reform/"}  # the face of each kind of staff


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in (or the worker), as far as decisions about him need."""

    account: UUID
    person: UUID | None
    organisation: UUID | None  # a company account acts for it
    name: str
    role: Role
    agency: str = ""  # an officer's agency key
    hall: str = ""  # a clerk's hall key
    machine: bool = False  # a program: for an applicant it reaches only what it submitted itself

    @property
    def is_staff(self) -> bool:
        """Whether he looks at other people's data by office."""
        return self.role in (Role.OFFICER, Role.CLERK, Role.REFORM)

    @property
    def home(self) -> str:
        """The first page of his face."""
        return HOME.get(self.role, "/")


SYSTEM = Actor(account=UUID(int=0), person=None, organisation=None, name=gettext_noop("系统"), role=Role.SYSTEM)
