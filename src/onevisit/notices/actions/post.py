"""A clerk has posted a letter, or handed it over, to somebody who has no telephone."""

from datetime import datetime
from uuid import UUID

from onevisit.notices.errors import NoDocumentYet, NoticeNotFound
from onevisit.notices.models import Notice
from onevisit.people.actor import Actor, Role


def post(notice: UUID, *, by: Actor, now: datetime) -> None:
    """Record it; a second time changes nothing. Raises NoticeNotFound (not this hall's), NoDocumentYet."""
    row = Notice.objects.filter(pk=notice).only("paper_at", "posted_at", "document_sha256").first()
    if row is None or by.role is not Role.CLERK or not by.hall or row.paper_at != by.hall:
        raise NoticeNotFound("notice")
    if row.document_sha256 is None:
        raise NoDocumentYet
    Notice.objects.filter(pk=notice, posted_at=None).update(posted_at=now, posted_by=by.account)
