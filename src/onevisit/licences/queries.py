"""What others may ask the licences room."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.utils import timezone

from onevisit.core.text import gettext_noop as _
from onevisit.licences.errors import LicenceNotFound, NoDocumentYet
from onevisit.licences.models import Licence, Revocation
from onevisit.licences.rules import REASON, UNCHECKED, Status, day_of, status_of
from onevisit.licences.values import FileVerdict, LicenceView, PublicLicence, RevocationView
from onevisit.paper import check
from onevisit.people.queries import masked_name

NOT_A_LICENCE = _("文件是本系统盖章的文书，但不是证照。")
NOT_ON_FILE = _("签章真实，但登记簿里没有这份证照。请向发证机关核实。")
NO_REGISTER = _("没有连上登记簿：只查验了文件本身，没有查证照现在的状态。")
WAS_REVOKED = _("证照已被撤销，不能再用。")
HAS_EXPIRED = _("证照已过有效期。")


def of_person(person: UUID, organisation: UUID | None, *, now: datetime | None = None) -> list[LicenceView]:
    """Licences of the organisation, or without one of the person; newest first, revoked and expired ones too."""
    return _views(_held(person, organisation), now)


def of_case(case: UUID, *, now: datetime | None = None) -> list[LicenceView]:
    """Licences that a case has brought, newest first."""
    return _views(Q(case=case), now)


def of_agency(agency: str, *, q: str = "", limit: int = 20, now: datetime | None = None) -> list[LicenceView]:
    """The newest licences that an agency has issued; with `q`, those whose number begins with it."""
    rows: QuerySet[Licence] = Licence.objects.filter(agency=agency).defer("document").select_related("revocation")
    if q:
        rows = rows.filter(number__startswith=q) if "\0" not in q else rows.none()
    moment = now or timezone.now()
    return [view_of(row, _revoked(row), now=moment) for row in rows.order_by("-pk")[:limit]]


def licence(licence_id: UUID, *, now: datetime | None = None) -> LicenceView:
    """The licence. Raises LicenceNotFound (404)."""
    found = _views(Q(pk=licence_id), now)
    if not found:
        raise LicenceNotFound("licence")
    return found[0]


def document(licence_id: UUID) -> bytes:
    """The sealed PDF. Raises LicenceNotFound (404), NoDocumentYet (409) while the worker is at it."""
    row = Licence.objects.filter(pk=licence_id).only("document").first()
    if row is None:
        raise LicenceNotFound("licence")
    if row.document is None:
        raise NoDocumentYet
    return bytes(row.document)


def public(token: str, *, now: datetime | None = None) -> PublicLicence:
    """What the QR code's page says to anybody; UNKNOWN for a token that is not ours."""
    found = _views(Q(token=token), now) if token else []
    if not found:
        return PublicLicence(Status.UNKNOWN)
    view = found[0]
    gone = view.revocation
    return PublicLicence(
        status=view.status,
        title=view.title,
        number=view.number,
        holder=view.holder_name if view.holder_organisation else masked_name(view.holder_name),
        agency_name=view.agency_name,
        issued_on=view.issued_on,
        valid_until=view.valid_until,
        revoked_on=day_of(gone.at) if gone else None,
        article=gone.article if gone else "",
    )


def held_types(person: UUID, organisation: UUID | None, *, now: datetime | None = None) -> frozenset[str]:
    """Types of the licences in force that he (or his organisation) holds: what nobody need prove again."""
    today = day_of(now or timezone.now())
    rows = Licence.objects.filter(_held(person, organisation), revocation__isnull=True)
    return frozenset(rows.exclude(valid_until__lt=today).values_list("type", flat=True))


def verify_file(data: bytes, *, now: datetime | None = None) -> FileVerdict:
    """Whether `data` is, byte for byte, a licence of ours, and in force.

    Works without a database too: then the file alone is judged, the status is "unchecked", and a reason says so.
    """
    seal = check(data, folder=settings.SEAL_FOLDER)
    if not seal.ok:
        return FileVerdict(False, seal.reasons)
    if not seal.reason.startswith(REASON):
        return FileVerdict(False, (NOT_A_LICENCE,), agency=seal.agency, signed_at=seal.signed_at)
    number = seal.reason.removeprefix(REASON)
    status, reason = _on_file(data, number, now)
    reasons = (reason,) if reason else ()
    ok = status in (Status.VALID, UNCHECKED)
    return FileVerdict(ok, reasons, number, status, seal.agency, seal.signed_at)


def _on_file(data: bytes, number: str, now: datetime | None) -> tuple[str, str]:
    """What the register says of the file: a status, and a sentence where it is not simply valid."""
    try:
        found = _views(Q(number=number, document_sha256=hashlib.sha256(data).digest()), now)
    except DatabaseError:
        return UNCHECKED, NO_REGISTER
    if not found:
        return Status.UNKNOWN, NOT_ON_FILE
    sentences = {Status.REVOKED: WAS_REVOKED, Status.EXPIRED: HAS_EXPIRED}
    return found[0].status, sentences.get(found[0].status, "")


def view_of(row: Licence, revocation: Revocation | None, *, now: datetime) -> LicenceView:
    """The frozen view of a row."""
    return LicenceView(
        id=row.pk,
        type=row.type,
        title=row.title,
        number=row.number,
        holder_name=row.holder_name,
        holder_person=row.holder_person,
        holder_organisation=row.holder_organisation,
        agency=row.agency,
        agency_name=row.agency_name,
        region=row.region,
        case=row.case,
        procedure=row.procedure,
        fields=tuple((label, value) for label, value in row.fields),
        issued_at=row.issued_at,
        issued_on=day_of(row.issued_at),
        valid_until=row.valid_until,
        status=status_of(row.valid_until, revoked=revocation is not None, today=day_of(now)),
        token=row.token,
        ready=row.document_sha256 is not None,
        revocation=_revocation(revocation) if revocation else None,
    )


def _held(person: UUID, organisation: UUID | None) -> Q:
    if organisation is not None:
        return Q(holder_organisation=organisation)
    return Q(holder_person=person, holder_organisation__isnull=True)


def _views(which: Q, now: datetime | None) -> list[LicenceView]:
    rows: QuerySet[Licence] = Licence.objects.filter(which).defer("document").select_related("revocation")
    moment = now or timezone.now()
    return [view_of(row, _revoked(row), now=moment) for row in _newest_first(rows)]


def _newest_first(rows: QuerySet[Licence]) -> Iterable[Licence]:
    return rows.order_by("-issued_at", "-pk")


def _revoked(row: Licence) -> Revocation | None:
    return row.revocation if hasattr(row, "revocation") else None


def _revocation(row: Revocation) -> RevocationView:
    return RevocationView(row.ground, row.article, row.reason, row.by, row.by_name, row.at)
