"""Make the documents of notices that have none yet."""

from datetime import datetime

from django.conf import settings

from onevisit import paper
from onevisit.core.china import day_of, minute_of
from onevisit.notices.models import Notice
from onevisit.notices.rules import REASON, Kind
from onevisit.paper.pending import make_pending


def render_pending(now: datetime) -> int:
    """Typeset, seal and keep the documents that wait; how many rows were dealt with."""
    return make_pending(Notice, document_of, now=now)


def document_of(notice: Notice) -> bytes:
    """The sealed PDF, dated as the notice was made."""
    data: dict[str, object] = {
        **notice.data,
        "issuer": notice.agency_name,
        "number": notice.number,
        "about": notice.about,
        "date": day_of(notice.created_at).isoformat(),
        "at": minute_of(notice.created_at),
    }
    if notice.kind == Kind.RECEIPT:
        data["qr"] = paper.qr(f"{settings.PUBLIC_URL}/cases/{notice.about}")
    pdf = paper.typeset(notice.kind, data, at=notice.created_at)
    return paper.seal(
        pdf,
        agency=notice.agency_name,
        reason=REASON + notice.number,
        at=notice.created_at,
        folder=settings.SEAL_FOLDER,
    )
