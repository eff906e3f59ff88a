"""Our launcher of PostgreSQL: nothing is lost after a kill, and each trouble has its sentence."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onevisit.config.plain import Plain
from onevisit.config.run import programs
from onevisit.config.run.postgres import Postgres


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's user can reach."""
    with tempfile.TemporaryDirectory(prefix="onevisit-postgres-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def server(folder: Path) -> Iterator[Postgres]:
    running = Postgres(folder / "data")
    running.start()
    yield running
    running.stop()


def rows(server: Postgres) -> int:
    with psycopg.connect(server.url) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]


def test_nothing_is_lost_when_it_is_killed(server):
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000)")
    server.process.kill()
    server.process.wait()
    again = Postgres(server.data)
    again.start()
    try:
        assert rows(again) == 1000
    finally:
        again.stop()


def test_a_lock_file_of_a_process_that_is_something_else_is_no_obstacle(server):
    lock = server.data / "postmaster.pid"
    text = lock.read_text()
    server.stop()
    lock.write_text("\n".join([str(os.getppid()), *text.splitlines()[1:]]))
    again = Postgres(server.data)
    again.start()
    again.stop()


def test_a_server_left_over_on_the_same_data_is_ended_first(server):
    again = Postgres(server.data)
    again.start()
    try:
        assert server.process.wait(5) == 0
    finally:
        again.stop()


def test_it_ends_when_its_parent_is_killed(folder):
    code = (
        "from pathlib import Path; import time; from onevisit.config.run.postgres import Postgres\n"
        f"p = Postgres(Path({str(folder / 'data')!r})); p.start(); print(p.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    with parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


def test_data_without_its_version_is_never_overwritten(folder):
    (folder / "data").mkdir()
    (folder / "data" / "precious").touch()
    with pytest.raises(Plain, match="restore it from a backup"):
        Postgres(folder / "data").start()
    assert (folder / "data" / "precious").exists()


def test_a_password_of_another_backup(server):
    server.stop()
    (server.data.parent / "database-password").write_text("another")
    with pytest.raises(Plain, match="restore both from one backup"):
        Postgres(server.data).start()


def fake(folder: Path, version: str) -> Path:
    """Programs that only say their version."""
    folder.mkdir()
    for name in ("postgres", "initdb"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_programs_that_are_too_old(folder, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(fake(folder / "bin", "14.9")))
    with pytest.raises(Plain, match=r"14 .* too old: 15 or newer"):
        programs.find_programs()


def test_data_of_another_version(folder, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(fake(folder / "bin", "17.1")))
    assert programs.find_programs(17).major == 17
    with pytest.raises(Plain, match=r"made by PostgreSQL 16 but only 17 .*docs/operators.md"):
        programs.find_programs(16)


def test_no_programs_at_all(folder, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(folder))
    with pytest.raises(Plain, match="set PG_BINDIR or DATABASE_URL"):
        programs.find_programs()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_programs_in_a_folder_closed_to_the_databases_user_are_copied_and_run(folder, monkeypatch):
    found = programs.find_programs()
    package = found.folder.parent.parent
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, closed / part.name, symlinks=True)
    monkeypatch.setenv("PG_BINDIR", str(closed / package.name / found.folder.parent.name / found.folder.name))
    for _ in range(2):  # made, then started again
        server = Postgres(folder / "data")
        server.start()
        assert str(folder / "postgresql-") in " ".join(server.process.args)
        server.stop()


def test_stopping_is_clean(server):
    server.stop()
    assert server.process.returncode == 0
    assert not (server.data / "postmaster.pid").exists()
