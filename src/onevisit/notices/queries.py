"""What others may ask the notices room."""

from collections.abc import Mapping
from uuid import UUID

from onevisit.notices.errors import NoDocumentYet, NoticeNotFound
from onevisit.notices.models import Notice
from onevisit.notices.rules import TITLES, Kind
from onevisit.notices.values import NoticeView


def of_case(case: UUID) -> list[NoticeView]:
    """The notices of a case, oldest first."""
    return [
        _view(row) for row in Notice.objects.filter(case=case).defer("document", "data").order_by("created_at", "pk")
    ]


def notice(notice_id: UUID) -> NoticeView:
    """The notice. Raises NoticeNotFound (404)."""
    row = Notice.objects.filter(pk=notice_id).defer("document", "data").first()
    if row is None:
        raise NoticeNotFound("notice")
    return _view(row)


def to_post(hall: str, limit: int = 50) -> list[NoticeView]:
    """Letters that the hall still has to print and post, or hand over; oldest first."""
    rows = Notice.objects.filter(paper_at=hall, posted_at=None).exclude(paper_at="")
    return [_view(row) for row in rows.defer("document", "data").order_by("created_at", "pk")[:limit]]


def contents(notice_id: UUID) -> Mapping[str, object]:
    """What the notice says, by the fields of values.py for its kind. Raises NoticeNotFound (404)."""
    row = Notice.objects.filter(pk=notice_id).only("data").first()
    if row is None:
        raise NoticeNotFound("notice")
    found: Mapping[str, object] = row.data
    return found


def document(notice_id: UUID) -> bytes:
    """The sealed PDF. Raises NoticeNotFound (404), NoDocumentYet (409) while the worker is at it."""
    row = Notice.objects.filter(pk=notice_id).only("document").first()
    if row is None:
        raise NoticeNotFound("notice")
    if row.document is None:
        raise NoDocumentYet
    return bytes(row.document)


def _view(row: Notice) -> NoticeView:
    return NoticeView(
        id=row.pk,
        kind=row.kind,
        title=TITLES[Kind(row.kind)],
        number=row.number,
        case=row.case,
        procedure=row.procedure,
        agency_name=row.agency_name,
        recipient=row.recipient,
        created_at=row.created_at,
        ready=row.document_sha256 is not None,
        about=row.about,
        paper_at=row.paper_at,
        posted_at=row.posted_at,
    )
