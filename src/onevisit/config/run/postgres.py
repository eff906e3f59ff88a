"""Our own launcher of PostgreSQL: the wheel's programs (or the machine's), never the wheel's Python layer.

Why our own: docs/decisions/postgresql.md.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from onevisit.config.plain import Plain
from onevisit.config.run.identity import Identity
from onevisit.config.run.processes import dies_with_parent
from onevisit.config.run.programs import find_programs, within_reach

NAME = "onevisit"


def free_port() -> int:
    """A TCP port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Postgres:
    """One PostgreSQL server with its cluster in `data`; the folder above it holds password and log.

    Listens on the loopback address only. Whoever starts it keeps others from starting it (run/lock.py).
    """

    data: Path
    port: int = 0
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The connection address, with the password that was made at the first start."""
        password = self._password_file.read_text(encoding="ascii")
        return f"postgresql://{NAME}:{password}@127.0.0.1:{self.port}/{NAME}"

    @property
    def log(self) -> Path:
        """Where the server writes what it has to say."""
        return self.data.parent / "postgres.log"

    @property
    def _password_file(self) -> Path:
        return self.data.parent / "database-password"

    def start(self, timeout: float = 60.0) -> None:
        """Create the cluster at first, start it, wait until it answers. Raises Plain."""
        identity = Identity.for_database()
        self.data.parent.mkdir(parents=True, exist_ok=True)
        programs = within_reach(find_programs(self._made_by()), identity, self.data.parent)
        if self._made_by() is None:
            self._initialise(programs.folder, identity)
        self._end_left_over()
        self.port = self.port or free_port()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "shared_buffers": "128MB",
            **self.settings,
        }
        arguments = [str(programs.folder / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            arguments += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGINT),
                **identity.options,
            )
        self._wait(timeout)

    def stop(self) -> None:
        """Stop quickly and cleanly (SIGINT: fast shutdown)."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def _made_by(self) -> int | None:
        """The major version that made the cluster; None when there is none."""
        version = self.data / "PG_VERSION"
        return int(version.read_text().split(".")[0]) if version.exists() else None

    def _initialise(self, folder: Path, identity: Identity) -> None:
        """Make the cluster beside its place and move it there when it is whole: a broken start leaves nothing."""
        if self.data.exists():
            raise Plain(f"{self.data} is there but holds no PostgreSQL data: restore it from a backup or move it away.")
        making = self.data.with_name(self.data.name + ".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24), encoding="ascii")
        identity.own(making)
        identity.own(self._password_file)
        # --locale: sorts alike on every machine, and unlike plain C knows small letters beyond ASCII, for the search
        arguments = ["-D", str(making), "-U", NAME, "--locale=C.UTF-8", "-E", "UTF8", "-A", "scram-sha-256"]
        done = subprocess.run(
            [str(folder / "initdb"), *arguments, f"--pwfile={self._password_file}"],
            capture_output=True,
            check=False,
            **identity.options,
        )
        if done.returncode:
            said = " ".join(done.stderr.decode(errors="replace").split())
            raise Plain(f"PostgreSQL could not make its data folder {self.data}: {said}")
        making.rename(self.data)

    def _end_left_over(self) -> None:
        """After a kill -9: end a server that still runs on this data, remove a lock file whose owner is gone.

        PostgreSQL itself believes any living process of that number, as after a restart of a container.
        """
        lock = self.data / "postmaster.pid"
        end = time.monotonic() + 60
        while lock.exists() and (pid := _runs_on(self.data, lock)):
            if time.monotonic() > end:
                raise Plain(f"Another PostgreSQL (process {pid}) still uses {self.data}: stop it, then try again.")
            os.kill(pid, signal.SIGINT)
            time.sleep(0.1)
        lock.unlink(missing_ok=True)

    def _wait(self, timeout: float) -> None:
        """Until the server answers; makes the database at first."""
        assert self.process
        base = self.url.rsplit("/", 1)[0] + "/postgres"
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise Plain(f"PostgreSQL stopped at once: its last words are in {self.log}.")
            try:
                with psycopg.connect(base, autocommit=True, connect_timeout=5) as connection:
                    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                        connection.execute(f"CREATE DATABASE {NAME}")
                return
            except psycopg.OperationalError as error:
                if "authentication failed" in str(error):
                    self.stop()
                    raise Plain(
                        f"{self._password_file} does not fit the data beside it: restore both from one backup."
                    ) from error
                time.sleep(0.02)
        self.stop()
        raise Plain(f"PostgreSQL did not answer within {timeout:.0f} s: see {self.log}.")


def _runs_on(data: Path, lock: Path) -> int | None:
    """The process of the lock file, if it is alive and a PostgreSQL on this data."""
    try:
        pid = int(lock.read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return None
    state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    ours = b"postgres" in command[0] and str(data).encode() in command
    return pid if ours and state != "Z" else None
