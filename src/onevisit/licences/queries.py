"""What others may ask the licences room."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from onevisit.core.china import day_of
from onevisit.core.codes import LAST
from onevisit.core.text import gettext_noop as _
from onevisit.licences.errors import LicenceNotFound, NoDocumentYet
from onevisit.licences.models import Licence, Revocation
from onevisit.licences.rules import REASON, UNCHECKED, Status, status_of
from onevisit.licences.values import FileVerdict, HeldLicence, LicenceList, LicenceView, PublicLicence, RevocationView
from onevisit.paper import check
from onevisit.people.ids import id_in
from onevisit.people.queries import masked_name

MOST_HELD = 200  # licences that are looked at when somebody applies
PAGE = 20  # rows
NOT_A_LICENCE = _("文件是本系统盖章的文书，但不是证照。")
NOT_ON_FILE = _("签章真实，但登记簿里没有这份证照。请向发证机关核实。")
NO_REGISTER = _("没有连上登记簿：只查验了文件本身，没有查证照现在的状态。")
WAS_REVOKED = _("证照已被撤销，不能再用。")
HAS_EXPIRED = _("证照已过有效期。")


def of_person(
    person: UUID, organisation: UUID | None, *, before: str = "", limit: int = PAGE, now: datetime | None = None
) -> LicenceList:
    """A page of the licences of the organisation, or without one of the person: newest first, void ones too.

    `before`: `LicenceList.older` of the page before; one that cannot be read begins anew.
    """
    last = id_in(before)
    which = _held(person, organisation) & (Q(pk__lt=last) if last else Q())
    found = _views(which, now, limit + 1)
    return LicenceList(tuple(found[:limit]), str(found[limit - 1].id) if len(found) > limit else "")


def of_case(case: UUID, *, now: datetime | None = None) -> list[LicenceView]:
    """Licences that a case has brought, newest first."""
    return _views(Q(case=case), now)


def of_agency(agency: str, *, q: str = "", limit: int = 20, now: datetime | None = None) -> list[LicenceView]:
    """The newest licences that an agency has issued; with `q`, the last of those whose number begins with it."""
    if "\0" in q:
        return []
    rows: QuerySet[Licence] = Licence.objects.filter(agency=agency).defer("document").select_related("revocation")
    if q:  # compared by bytes, as the index has them; where they end is seen below, or PostgreSQL might sort them all
        rows = rows.alias(bytes=Collate("number", "C")).filter(bytes__lt=q + LAST).order_by("-bytes")
    else:  # by id alone, PostgreSQL would walk through all that others issued since this agency's last
        rows = rows.order_by("-issued_at", "-pk")
    moment = now or timezone.now()
    return [view_of(row, _revoked(row), now=moment) for row in rows[:limit] if row.number.startswith(q)]


def licence(licence_id: UUID, *, now: datetime | None = None) -> LicenceView:
    """The licence. Raises LicenceNotFound (404)."""
    found = _views(Q(pk=licence_id), now)
    if not found:
        raise LicenceNotFound("licence")
    return found[0]


def licence_of(person: UUID, organisation: UUID | None, licence_id: UUID) -> LicenceView:
    """The licence, when it is one of `of_person`. Raises LicenceNotFound (404), which names whose it is for the log."""
    view = licence(licence_id)
    if not holds(view, person, organisation):
        raise LicenceNotFound("licence", subject=view.holder_person, case=view.case)
    return view


def holds(view: LicenceView, person: UUID, organisation: UUID | None) -> bool:
    """Whether the licence is the organisation's, or without one the person's."""
    return (view.holder_organisation or view.holder_person) == (organisation or person)


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
    return _public(_views(Q(token=token), now) if token else [])


def _public(found: list[LicenceView]) -> PublicLicence:
    if not found:
        return PublicLicence(Status.UNKNOWN)
    view = found[0]
    gone = view.revocation
    return PublicLicence(
        status=view.status,
        title=view.title,
        number=view.number,
        holder=view.holder_name if view.holder_code or view.holder_organisation else masked_name(view.holder_name),
        agency_name=view.agency_name,
        issued_on=view.issued_on,
        valid_until=view.valid_until,
        revoked_on=day_of(gone.at) if gone else None,
        article=gone.article if gone else "",
    )


def public_of(number: str, *, now: datetime | None = None) -> PublicLicence:
    """The same by the licence's number, for who has only that."""
    return _public(_views(Q(number=number), now) if number else [])


def held(person: UUID, organisation: UUID | None, *, now: datetime) -> tuple[HeldLicence, ...]:
    """The licences in force that he (or his organisation) holds, newest first: what nobody need prove again."""
    rows = _in_force(now).filter(_held(person, organisation)).order_by("-pk")[:MOST_HELD]
    return tuple(
        HeldLicence(row.type, row.holder_code, row.number, row.title, day_of(row.issued_at), row.valid_until)
        for row in rows.defer("document")
    )


def in_force(numbers: Collection[str], *, now: datetime) -> frozenset[str]:
    """Of these numbers those whose licences are in force now. One query, none without numbers."""
    return frozenset(_in_force(now).filter(number__in=numbers).values_list("number", flat=True) if numbers else ())


def _in_force(now: datetime) -> QuerySet[Licence]:
    return Licence.objects.filter(revocation__isnull=True).exclude(valid_until__lt=day_of(now))


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
        holder_code=row.holder_code,
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


def _views(which: Q, now: datetime | None, limit: int | None = None) -> list[LicenceView]:
    """The newest first: ids lie in the order in which they were made."""
    rows: QuerySet[Licence] = Licence.objects.filter(which).defer("document").select_related("revocation")
    moment = now or timezone.now()
    return [view_of(row, _revoked(row), now=moment) for row in rows.order_by("-pk")[:limit]]


def _revoked(row: Licence) -> Revocation | None:
    return row.revocation if hasattr(row, "revocation") else None


def _revocation(row: Revocation) -> RevocationView:
    return RevocationView(row.ground, row.article, row.reason, row.by, row.by_name, row.at)
