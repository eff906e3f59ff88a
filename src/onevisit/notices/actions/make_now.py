"""Make one letter's document at once, for somebody who stands there and waits for it."""

import time
from datetime import datetime
from uuid import UUID

from onevisit.notices.actions.render_pending import document_of
from onevisit.notices.models import Notice
from onevisit.notices.queries import document
from onevisit.paper.pending import make_pending

PATIENCE, PAUSE = 3.0, 0.1  # seconds for a worker that is at it already


def make_now(notice: UUID, *, now: datetime) -> bytes:
    """The sealed PDF, made here or by the worker that has begun. Raises NoticeNotFound, NoDocumentYet."""
    waiting = Notice.objects.filter(pk=notice, document__isnull=True)
    if waiting.exists():
        make_pending(Notice, document_of, now=now, only=notice)
        for _ in range(round(PATIENCE / PAUSE)):
            if not waiting.exists():
                break
            time.sleep(PAUSE)
    return document(notice)
