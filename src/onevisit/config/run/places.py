"""Where a running installation keeps its things."""

import hashlib
import os
from pathlib import Path

from onevisit.config.environment import ROOT, Environment
from onevisit.config.plain import Plain
from onevisit.config.run.identity import Identity

SYSTEM = Path("/var/lib/onevisit")


def make_var(environment: Environment) -> Path:
    """The folder var/, made and writable, with its logs/. Raises Plain."""
    logs = environment.var / "logs"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        probe = environment.var / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Plain(
            f"{environment.var} cannot be written ({error.strerror}): "
            "make the folder writable, or set ONEVISIT_VAR to one that is."
        ) from error
    return environment.var


def database_folder(environment: Environment) -> Path:
    """Where PostgreSQL's data lies: in var/, or where the user that root becomes can reach it."""
    inside = environment.var / "postgresql"
    if (inside / "data").exists() or Identity.for_database().reaches(environment.var):
        inside.mkdir(exist_ok=True)
        return inside
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    outside = SYSTEM / name
    outside.mkdir(parents=True, exist_ok=True)
    for folder in (SYSTEM, outside):
        os.chmod(folder, 0o755)  # noqa: S103 - the data folder inside is closed to others
    return outside


def write_secret(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    making = file.with_name(file.name + ".new")
    making.unlink(missing_ok=True)
    making.touch(mode=0o600)
    making.write_text(text, encoding="ascii")
    making.replace(file)
