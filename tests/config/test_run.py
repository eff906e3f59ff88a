"""`onevisit run`: starts everything, stops everything, and says in one sentence why it cannot."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from onevisit.cases.apart.asking import SERVING
from onevisit.config.plain import Plain
from onevisit.config.run.checks import check_database, check_port
from onevisit.config.run.postgres import free_port
from onevisit.config.run.processes import MOST, again
from onevisit.config.run.processes import start as start_child
from onevisit.config.run.processes import stop as stop_children

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., subprocess.Popen[str]]
TESTS_OWN = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "ONEVISIT_VAR")


@pytest.fixture
def var() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onevisit-run-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def start(var: Path) -> Iterator[Start]:
    """Start `onevisit run`; what still runs at the end of the test is killed."""
    started = []

    def _start(folder: Path, port: int, **more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "onevisit.config.cli", "run"],
            env={**surroundings(), "ONEVISIT_VAR": str(folder), "PORT": str(port), **more},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield _start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def surroundings() -> dict[str, str]:
    """The environment without what only these tests have."""
    return {key: value for key, value in os.environ.items() if key not in TESTS_OWN}


def until_up(process: subprocess.Popen[str]) -> str:
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Ctrl-C"):
            return said
    raise AssertionError(said)


def processes(var: Path) -> list[str]:
    """Command lines of living processes that belong to this var/."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(var).encode() in environment + command:
            found.append(command.replace(b"\0", b" ").decode())
    return found


def until_gone(var: Path) -> list[str]:
    end = time.monotonic() + 20
    while (left := processes(var)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def refused(process: subprocess.Popen[str]) -> str:
    """What it said when it could not start; exit code 1, one line, no traceback."""
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1, said
    assert "Traceback" not in said
    return said


def pids(var: Path, words: str) -> list[int]:
    """Processes of this var/ with these words in their command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if str(var).encode() in (entry / "environ").read_bytes():
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found += [int(entry.name)] if words in command else []
        except OSError:
            continue
    return sorted(found)


def killed(var: Path, words: str, victims: list[int]) -> int:
    """Kill them all; the one that takes their place."""
    before = pids(var, words)
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    return until(lambda: set(pids(var, words)) - set(before)).pop()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def until(what: Callable[[], Any]) -> Any:
    end = time.monotonic() + 40
    while not (found := what()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


def check_that_parts_are_started_again(var: Path, port: int) -> None:
    for words in ("cli worker", "run.web", "demo.register"):
        killed(var, words, pids(var, words))
    until(lambda: answers(port))
    server, *_, served = pids(var, "run.web")
    anew = killed(var, "run.web", [served])
    os.kill(anew, signal.SIGKILL)  # a server whose new process dies at once gives up
    until(lambda: server not in pids(var, "run.web"))
    until(lambda: answers(port))


def test_it_serves_keeps_what_it_has_starts_again_what_is_killed_and_leaves_nothing_running(var, start):
    port = free_port()
    process = start(var, port)
    said = until_up(process)
    assert re.search(r"password \w+", said)
    for username in ("chen", "gongsi", "chuangkou", "shichang", "gaige"):
        assert username in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        assert json.load(answer) == {"ok": True}
    assert sum(SERVING in command for command in processes(var)) == 1, "who reads uploads, for all web processes"
    assert (var / "secret-key").stat().st_mode & 0o077 == 0
    assert "already runs here" in refused(start(var, free_port()))
    other = start(var.parent, port)
    assert f"Port {port}" in refused(other)
    ledger = subprocess.run(
        [sys.executable, "-m", "onevisit.config.cli", "ledger", "verify"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**surroundings(), "ONEVISIT_VAR": str(var)},
        check=False,
    )
    assert ledger.returncode == 0, ledger.stdout + ledger.stderr

    os.kill(process.pid, signal.SIGINT)
    assert process.wait(30) == 0
    assert until_gone(var) == []

    again = start(var, port)
    second = until_up(again)
    assert "Preparing" not in second
    assert second.split("password")[1] == said.split("password")[1]
    again.kill()
    again.wait()
    assert until_gone(var) == []

    third = start(var, port)
    until_up(third)
    check_that_parts_are_started_again(var, port)
    third.terminate()
    assert third.wait(30) == 0
    assert until_gone(var) == []


def test_a_part_that_is_of_no_use_is_given_up(tmp_path):
    child = start_child("part", [sys.executable, "-c", "raise SystemExit('no')"], tmp_path / "log", os.environ)
    starts = 1
    while child is not None:
        child.process.wait()
        child = again(child)
        starts += child is not None
    assert starts == MOST
    assert (tmp_path / "log").read_text() == "no\n" * MOST


def test_a_part_that_is_killed_however_often_is_not_given_up(tmp_path):
    child = start_child("part", [sys.executable, "-c", "input()"], tmp_path / "log", os.environ)
    for _ in range(MOST + 1):
        child.process.kill()
        child.process.wait()
        child = again(child)
        assert child is not None
    stop_children([child])


def test_a_busy_port(var, start):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        said = refused(start(var, busy.getsockname()[1]))
    assert "make run PORT=" in said
    assert said.count("\n") == 1


def test_a_port_that_is_none(var, start):
    assert "must be numbers" in refused(start(var, 0, PORT="eight"))
    with pytest.raises(Plain, match="no port 99999"):
        check_port("127.0.0.1", 99999)


def test_a_folder_that_cannot_be_written(var, start):
    (var / "file").touch()
    said = refused(start(var / "file" / "var", free_port()))
    assert "cannot be written" in said
    assert "ONEVISIT_VAR" in said


def test_a_database_that_does_not_answer(var, start):
    said = refused(start(var, free_port(), DATABASE_URL=f"postgresql://x@127.0.0.1:{free_port()}/x"))
    assert "DATABASE_URL does not answer" in said
    assert said.count("\n") == 1


def test_an_address_that_is_no_postgresql():
    with pytest.raises(Plain, match="postgresql://"):
        check_database("sqlite:///db")


class Old:
    """A connection to a PostgreSQL that is too old, or encoded otherwise."""

    def __init__(self, version: int, encoding: str) -> None:
        self.info, self.server_version, self.encoding = self, version, encoding

    def parameter_status(self, _name: str) -> str:
        return self.encoding

    def __enter__(self) -> "Old":
        return self

    def __exit__(self, *_what: object) -> None: ...


@pytest.mark.parametrize(
    ("version", "encoding", "says"), [(140011, "UTF8", "15 or newer"), (150002, "SQL_ASCII", "ENCODING 'UTF8'")]
)
def test_a_database_that_is_too_old_or_not_unicode(monkeypatch, version, encoding, says):
    monkeypatch.setattr(psycopg, "connect", lambda *_a, **_k: Old(version, encoding))
    with pytest.raises(Plain, match=says):
        check_database("postgresql://x@127.0.0.1/x")


def test_a_new_enough_database_is_taken():
    check_database(os.environ["DATABASE_URL"])


def test_broken_content_stops_the_start_with_its_place(var, start):
    content = var / "content"
    (content / "demo").mkdir(parents=True)
    (content / "laws.yaml").write_text("laws: [\n")
    said = refused(start(var / "var", free_port(), ONEVISIT_CONTENT=str(content)))
    assert "laws.yaml" in said
    assert until_gone(var) == []
