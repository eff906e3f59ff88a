"""As whom PostgreSQL runs: PostgreSQL refuses root, so root drops to another user."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from onevisit.config.plain import Plain


class ProcessOptions(TypedDict, total=False):
    """The part of subprocess's options that an identity decides."""

    user: int
    group: int
    extra_groups: list[int]
    cwd: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A user to become, or nobody in particular: we stay who we are."""

    user: int | None = None
    group: int | None = None

    @classmethod
    def for_database(cls) -> "Identity":
        """`postgres` or `nobody` for root, ourselves for anybody else. Raises Plain."""
        if os.geteuid() != 0:
            return cls()
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise Plain("PostgreSQL cannot run as root and there is no user postgres or nobody: set DATABASE_URL.")

    @property
    def options(self) -> ProcessOptions:
        """For subprocess."""
        if self.user is None or self.group is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": [], "cwd": "/"}

    def own(self, path: Path) -> None:
        """Give `path` to this user."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def reaches(self, path: Path) -> bool:
        """Whether this user can enter the folder `path` (all folders above it included)."""
        if self.user is None:
            return True
        return subprocess.run(["test", "-x", str(path)], check=False, **self.options).returncode == 0
