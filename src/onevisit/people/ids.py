"""Ids: UUIDs of version 7, so that rows lie in the order in which they came."""

import os
from threading import Lock
from uuid import UUID

from django.utils import timezone

from onevisit.core.codes import uuid7, uuid7_after


class _Sequence:
    """Within one process each id lies behind the one before, also those of one millisecond."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = UUID(int=0)

    def next(self) -> UUID:
        fresh = uuid7(timezone.now(), os.urandom(10))
        with self._lock:
            if fresh <= self._last:
                fresh = uuid7_after(self._last, 1 + int.from_bytes(os.urandom(8), "big") // 4)
            self._last = fresh
        return fresh


_SEQUENCE = _Sequence()


def id_in(text: str) -> UUID | None:
    """The id that an address names; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def new_id() -> UUID:
    """A new UUID of version 7 of this moment, behind all that this process has made."""
    return _SEQUENCE.next()
