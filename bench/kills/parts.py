"""A whole installation as `make run` starts it, and its processes, which are killed and started again by it."""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from onevisit.config.environment import ROOT, RUNNING
from onevisit.config.run.postgres import free_port
from onevisit.config.run.processes import start, stop

VICTIMS = {"web process": 6, "web server": 1, "worker": 4}  # how often each, among eleven
COMMANDS = {"web server": "onevisit.config.run.web", "worker": "onevisit.config.cli worker"}
BOOK = "payments.sqlite3"  # in var/: the payment provider's
LONGEST = 120.0  # seconds to start
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")  # of whoever starts the bench, not of the installation


@contextmanager
def installation(var: Path) -> Iterator[tuple[int, int]]:
    """Register, payment provider and `onevisit run`; its port and process. Sets the environment of this process too."""
    var.chmod(0o755)
    port, register, payments, secret = free_port(), free_port(), free_port(), var / "provider-secret"
    secret.write_text("only-for-this-bench-run", encoding="ascii")
    os.environ |= {
        "ONEVISIT_VAR": str(var),
        "ONEVISIT_API_RATE": "1000000",
        "ONEVISIT_REGISTER_URL": f"http://127.0.0.1:{register}",
        "ONEVISIT_PAYMENT_URL": f"http://127.0.0.1:{payments}",
        "ONEVISIT_PAYMENT_SECRET": secret.read_text(encoding="ascii"),
        "PYTHONPATH": str(ROOT),
        "PORT": str(port),
    }
    for name in OURS:
        os.environ.pop(name, None)
    book = ["--secret-file", str(secret), "--book", str(var / BOOK)]
    commands = {
        "register": ["demo.register", "--port", str(register)],
        "payments": ["demo.payments", "--port", str(payments), *book],
        "run": ["onevisit.config.cli", "run"],
    }
    children = [
        start(name, [sys.executable, "-m", *command], var / f"{name}.log", os.environ)
        for name, command in commands.items()
    ]
    try:
        end = time.monotonic() + LONGEST
        while "Ctrl-C stops everything" not in children[-1].last_words():
            if children[-1].ended() or time.monotonic() > end:
                raise SystemExit(f"The installation did not start: {children[-1].last_words()}")
            time.sleep(0.1)
        yield port, children[-1].process.pid
    finally:
        stop(children[::-1])


def database_of(var: Path) -> str:
    """The address of the database that runs there."""
    return (var / RUNNING).read_text(encoding="ascii").strip()


class Parts:
    """The processes of `run` that may be killed."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.killed: Counter[str] = Counter()

    def kill(self, chance: Random) -> None:
        """Kill one of them at once, chosen by chance; who was killed before is waited for."""
        kind = chance.choices(list(VICTIMS), list(VICTIMS.values()))[0]
        end = time.monotonic() + LONGEST
        while not (found := self._living(kind)):
            if time.monotonic() > end:
                raise SystemExit(f"No {kind} was started again.")
            time.sleep(0.05)
        os.kill(chance.choice(found), signal.SIGKILL)
        self.killed[kind] += 1

    def _living(self, kind: str) -> list[int]:
        """A web process is a child of the web server and does the same command."""
        command = COMMANDS.get(kind, COMMANDS["web server"])
        above = self._living("web server") if kind == "web process" else [self.run]
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                said = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if parent in above and command in said:
                found.append(int(folder.name))
        return sorted(found)
