"""Documents that wait as rows: claimed, made and kept one at a time, by any number of workers.

A row is claimed by moving its next try into the future, in a transaction of its own. So no lock is held while a
document is made, a worker that dies loses nothing, and a document that cannot be made (or that kills its maker)
only moves itself back: the queue goes on.
"""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model

log = logging.getLogger(__name__)
BATCH = 20  # documents per call, so that the worker's other tasks get their turn
LEASE = timedelta(seconds=30)
LONGEST = timedelta(hours=1)
Row = TypeVar("Row", bound=Model)


def make_pending(table: type[Row], make: Callable[[Row], bytes], *, now: datetime, only: UUID | None = None) -> int:
    """Make documents of `table` that wait at `now`; how many rows were dealt with, made or put off.

    `only`: that row, if it waits.
    `table` has the columns document, document_sha256, attempts, next_try_at. A failure is logged by the row's id.
    """
    done = 0
    while done < BATCH:
        row = _claim(table, now, only)
        if row is None:
            break
        done += 1
        try:
            document = make(row)
        except Exception:
            log.exception("the document of %s %s cannot be made; it is tried again", table.__name__, row.pk)
            continue
        waiting = table._default_manager.filter(pk=row.pk, document__isnull=True)
        waiting.update(document=document, document_sha256=hashlib.sha256(document).digest())
    return done


def wait_after(attempts: int) -> timedelta:
    """How long a row rests after so many attempts: 30 s, doubling, at most an hour."""
    return min(LEASE * (1 << min(attempts - 1, 12)), LONGEST)


def _claim(table: type[Row], now: datetime, only: UUID | None) -> Row | None:
    """The row that has waited longest, its next try moved on; None when nothing waits."""
    with transaction.atomic():
        waiting = table._default_manager.filter(document__isnull=True, next_try_at__lte=now)
        waiting = waiting.filter(pk=only) if only else waiting
        row = waiting.select_for_update(skip_locked=True).order_by("next_try_at", "pk").first()
        if row is None:
            return None
        attempts = int(getattr(row, "attempts", 0)) + 1
        table._default_manager.filter(pk=row.pk).update(attempts=attempts, next_try_at=now + wait_after(attempts))
    return row
