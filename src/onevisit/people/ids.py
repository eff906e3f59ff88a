"""New ids: UUIDs of version 7, so that rows lie in the order in which they came."""

import os
from uuid import UUID

from django.utils import timezone

from onevisit.core.codes import uuid7


def new_id() -> UUID:
    """A new UUID of version 7 of this moment."""
    return uuid7(timezone.now(), os.urandom(10))
