"""One `onevisit run` for one var/: a lock that ends with its process."""

import fcntl
import os
from pathlib import Path

from onevisit.config.plain import Plain


class RunLock:
    """Holds var/run.lock for as long as this object lives; the file says who and where."""

    def __init__(self, var: Path, address: str) -> None:
        self._file = (var / "run.lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.seek(0)
            where = self._file.read().strip() or "elsewhere"
            raise Plain(f"OneVisit already runs here ({where}): use it, or stop it with Ctrl-C first.") from error
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()}, {address}")
        self._file.flush()
