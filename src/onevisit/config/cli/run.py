"""`onevisit run`: start everything, say where it is, stop everything.

PostgreSQL (unless DATABASE_URL is set), what must be prepared, the demonstration register (unless
ONEVISIT_REGISTER_URL is set), the demonstration payment provider (unless ONEVISIT_PAYMENT_URL is set), the web server
and the worker. All of them end with this process.
"""

import argparse
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from onevisit.config.environment import PAYMENT_KEY, ROOT, RUNNING, Environment
from onevisit.config.plain import Plain
from onevisit.config.run import stamp
from onevisit.config.run.checks import check_database, check_port
from onevisit.config.run.lock import RunLock
from onevisit.config.run.places import database_folder, make_var, write_secret
from onevisit.config.run.postgres import Postgres, free_port
from onevisit.config.run.processes import Child, again, start, stop


def arguments(parser: argparse.ArgumentParser) -> None:
    """The port; everything else is in the environment (docs/operators.md)."""
    parser.add_argument("--port", type=int, help="port to serve on (default: $PORT or 8000)")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM. Raises Plain when it cannot start, and when a part ends again and again."""
    if options.port is not None:
        os.environ["PORT"] = str(options.port)
    try:
        environment = Environment.read()
    except ValueError as error:
        raise Plain(f"PORT and ONEVISIT_WEB_WORKERS must be numbers, as in `make run PORT=9000`: {error}.") from error
    installation = Installation(environment)
    return live(installation, installation.begin)


def live(installation: "Installation", begin: Callable[[], None]) -> int:
    """Begin, stay until Ctrl-C or SIGTERM, end all parts."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)  # a script that starts us in the background has it ignored
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asked to go on
        signal.signal(signal.SIGHUP, _interrupt)
    try:
        begin()
        return installation.watch()
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        installation.end()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@dataclass(slots=True)
class Installation:
    """Everything that `onevisit run` runs."""

    environment: Environment
    children: list[Child] = field(default_factory=list)
    postgres: Postgres | None = None
    lock: RunLock | None = None

    def begin(self) -> None:
        """Start all parts. Raises Plain."""
        environment = self.environment
        check_port(environment.host, environment.port)
        url = self.open()
        var = str(environment.var)
        variables = {**os.environ, "DATABASE_URL": url, "ONEVISIT_VAR": var, "PORT": str(environment.port)}
        if environment.demo and not environment.register_url:
            port = free_port()
            variables["ONEVISIT_REGISTER_URL"] = f"http://127.0.0.1:{port}"
            self._start("register", [sys.executable, "-m", "demo.register", "--port", str(port)], variables)
        self._payments(variables)
        self._prepare(url, variables)
        self._start("web", [sys.executable, "-m", "onevisit.config.run.web"], variables)
        self._wait_for_page()
        self._start("worker", [sys.executable, "-m", "onevisit.config.cli", "worker"], variables)
        self._announce()

    def _payments(self, variables: dict[str, str]) -> None:
        """The demonstration payment provider, unless there is another; its book outlives it in var/."""
        if not self.environment.demo or self.environment.payment_url:
            return
        port, var = free_port(), self.environment.var
        variables["ONEVISIT_PAYMENT_URL"] = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "demo.payments", "--port", str(port), "--secret-file", str(var / PAYMENT_KEY)]
        self._start("payments", [*command, "--book", str(var / "demo-payments.sqlite3")], variables)

    def open(self) -> str:
        """Folder, lock, key and database; the database's address. Raises Plain."""
        var = make_var(self.environment)
        self.lock = RunLock(var, self.environment.public_url)
        if not (var / "secret-key").exists():
            write_secret(var / "secret-key", secrets.token_urlsafe(48))
        write_secret(var / PAYMENT_KEY, self.environment.payment_secret or secrets.token_urlsafe(48))
        return self._database()

    def watch(self) -> int:
        """Begin again whatever ends by itself, as when it was killed, for ever. Interrupted by KeyboardInterrupt.

        Raises Plain when that is of no use.
        """
        while True:
            time.sleep(0.5)
            for place, child in enumerate(self.children):
                if not child.ended():
                    continue
                anew = again(child)
                if anew is None:
                    words = f"{child.log} ends with:\n{child.last_words()}"
                    raise Plain(f"The {child.name} ends by itself whenever it is started; {words}")
                self.children[place] = anew
                print(
                    f"The {child.name} ended by itself and is started again; its words are in {child.log}.", flush=True
                )
            if self.postgres and self.postgres.process and self.postgres.process.poll() is not None:
                raise Plain(f"PostgreSQL ended by itself: see {self.postgres.log}.")

    def end(self) -> None:
        """Stop all parts, the database last."""
        stop(self.children)
        if self.postgres:
            (self.environment.var / RUNNING).unlink(missing_ok=True)
            self.postgres.stop()

    def _database(self) -> str:
        if self.environment.database_url:
            check_database(self.environment.database_url)
            return self.environment.database_url
        _say("Database")
        self.postgres = Postgres(database_folder(self.environment) / "data")
        self.postgres.start()
        write_secret(self.environment.var / RUNNING, self.postgres.url)
        return self.postgres.url

    def _prepare(self, url: str, variables: dict[str, str]) -> None:
        if stamp.is_prepared(self.environment, url):
            return
        _say("Preparing")
        done = subprocess.run([sys.executable, "-m", "onevisit.config.cli", "prepare"], env=variables, check=False)
        if done.returncode:
            raise Plain("Preparing failed, as said above; correct that, then start again: it goes on where it stopped.")
        stamp.keep(self.environment, url)

    def _start(self, name: str, command: list[str], variables: dict[str, str]) -> None:
        log = self.environment.var / "logs" / f"{name}.log"
        self.children.append(start(name, command, log, {**variables, "PYTHONPATH": str(ROOT)}))

    def _wait_for_page(self, timeout: float = 60.0) -> None:
        address = f"http://{_reachable(self.environment.host)}:{self.environment.port}/healthz"
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for child in self.children:
                if child.ended():
                    raise Plain(f"The {child.name} did not start; {child.log} ends with:\n{child.last_words()}")
            try:
                with urllib.request.urlopen(address, timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise Plain(f"The web server did not answer within {timeout:.0f} s: see {self.environment.var / 'logs'}.")

    def _announce(self) -> None:
        accounts = self.environment.var / "demo-accounts"
        printed = accounts.read_text(encoding="utf-8") if self.environment.demo else ""
        address = self.environment.public_url
        print(f"\nOneVisit 一次办 is at {address}\n\n{printed}\nCtrl-C stops everything.", flush=True)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound


def _say(what: str) -> None:
    print(f"{what} …", flush=True)
