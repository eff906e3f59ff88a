"""Frozen values that others read: licences, their public face, the verdict on a file."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onevisit.licences.rules import STATUS_WORDS, Status


@dataclass(frozen=True, slots=True)
class RevocationView:
    """That a licence was revoked, and why."""

    ground: str  # code, as in rules.GROUNDS
    article: str
    reason: str
    by: UUID
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A licence in force, as far as it stands for a document that nobody need hand in."""

    type: str  # LicenceType.key
    code: str  # credit code of the business that holds it; "" = the person himself
    number: str
    title: str
    issued: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class LicenceView:
    """One licence, for its holder and the staff."""

    id: UUID
    type: str
    title: str
    number: str
    holder_name: str
    holder_person: UUID
    holder_organisation: UUID | None
    holder_code: str  # credit code of the business that holds it; "" = a person
    agency: str
    agency_name: str
    region: str
    case: UUID
    procedure: UUID
    fields: tuple[tuple[str, str], ...]  # label, value in words
    issued_at: datetime
    issued_on: date
    valid_until: date | None
    status: Status
    token: str
    ready: bool  # the document is there
    revocation: RevocationView | None


@dataclass(frozen=True, slots=True)
class LicenceList:
    """One page of somebody's licences, the newest first."""

    rows: tuple[LicenceView, ...]
    older: str  # cursor for the page behind it; "" when there is none


@dataclass(frozen=True, slots=True)
class PublicLicence:
    """What anybody may see who holds the QR code's address: never a person in full, never why it was revoked."""

    status: Status
    title: str = ""
    number: str = ""
    holder: str = ""  # a person: masked; an organisation: its name, which is public
    agency_name: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    revoked_on: date | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """Whether a file is a licence of ours, whole and in force."""

    ok: bool
    reasons: tuple[str, ...]  # Chinese message ids: what is wrong, or what could not be checked
    number: str = ""
    status: str = ""  # a Status, or "unchecked": no register was at hand
    agency: str = ""
    signed_at: datetime | None = None

    def __str__(self) -> str:
        """The verdict in lines, for the command line."""
        head = "✓ 真实有效" if self.ok else "✗ 不能认可"
        known = (("编号", self.number), ("签章", self.agency), ("状态", STATUS_WORDS.get(self.status, "")))
        lines = [head, *(f"{label}：{value}" for label, value in known if value), *self.reasons]
        return "\n".join(lines)
