"""A breaker: after failures in a row a register is left alone for a while, so that nobody waits for it.

State is per process: each web process learns for itself, at the price of a few time-outs, that a register is down.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

FAILURES = 3  # in a row, then it opens
PAUSE = timedelta(seconds=10)  # then one try is let through


@dataclass(slots=True)
class Breaker:
    """Of one register."""

    failures: int = 0
    open_until: datetime | None = None
    lock: Lock = field(default_factory=Lock)

    def may_ask(self, now: datetime) -> bool:
        """Whether to ask at all; when the pause is over, the first asker tries for everybody."""
        with self.lock:
            if self.open_until is None:
                return True
            if now < self.open_until:
                return False
            self.open_until = now + PAUSE
            return True

    def answered(self) -> None:
        """It works (again)."""
        with self.lock:
            self.failures = 0
            self.open_until = None

    def failed(self, now: datetime) -> None:
        """It did not answer."""
        with self.lock:
            self.failures += 1
            if self.failures >= FAILURES:
                self.open_until = now + PAUSE
