"""One key, one act, also when two requests with the same key come at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from onevisit.cases.errors import KeyMissing


@contextmanager
def once() -> Iterator[None]:
    """Around the transaction of an act that keeps its answer under a key.

    The same act a second time waits for its row and reads the first answer. Another act with the key has nothing to
    wait for and meets the first one's key only when it is written: raises KeyMissing.
    """
    try:
        yield
    except IntegrityError as error:
        found = getattr(getattr(error.__cause__, "diag", None), "table_name", "")
        if found == "cases_idempotency":
            raise KeyMissing() from error
        raise
