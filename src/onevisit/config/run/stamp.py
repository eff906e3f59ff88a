"""What `prepare` was done for, so that a second start skips it: sources, content, and the database itself."""

import hashlib
import json
from pathlib import Path

import psycopg

from onevisit.config.environment import ROOT, Environment


def stamp_of(environment: Environment, database_url: str) -> str:
    """A hash of every file that preparing reads (by size and time) and of the database's own history."""
    digest = hashlib.sha256()
    for folder in (ROOT / "src", environment.content, ROOT / "demo"):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                seen = file.stat()
                digest.update(f"{file}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
    digest.update(json.dumps(_history(database_url)).encode())
    return digest.hexdigest()


def is_prepared(environment: Environment, database_url: str) -> bool:
    """Whether the last preparation was for exactly this."""
    made = [environment.var / "static" / "staticfiles.json"]
    if environment.demo:
        made.append(environment.var / "demo-accounts")
    kept = _file(environment)
    whole = kept.exists() and all(file.exists() for file in made)
    return whole and kept.read_text(encoding="ascii") == stamp_of(environment, database_url)


def keep(environment: Environment, database_url: str) -> None:
    """Note that everything is prepared."""
    _file(environment).write_text(stamp_of(environment, database_url), encoding="ascii")


def _file(environment: Environment) -> Path:
    return environment.var / "prepared"


def _history(database_url: str) -> list[str]:
    """How many migrations this database has seen and when: no two databases share it."""
    with psycopg.connect(database_url) as connection:
        found = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
        if not found or not found[0]:
            return []
        row = connection.execute("SELECT count(*)::text, max(applied)::text FROM django_migrations").fetchone()
        return list(row or ())
