"""Django's PostgreSQL backend, with a health check only for connections that have been idle.

Django asks `SELECT 1` at the start of each request that finds an open connection: a round trip that a busy server
pays for nothing. A connection that worked a second ago is taken as working.
"""

import time

from django.db.backends.postgresql import base

IDLE = 1.0  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; `is_usable` remembers when it last knew."""

    known_at = float("-inf")

    def is_usable(self) -> bool:
        """Whether the connection works: asked of the server unless it worked within the last second."""
        now = time.monotonic()
        if now - self.known_at < IDLE and self.connection is not None and not self.connection.broken:
            return True
        usable = bool(super().is_usable())
        if usable:
            self.known_at = now
        return usable
