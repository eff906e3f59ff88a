"""A whole installation for the bench: database, register, web server; no worker, so that nothing else runs."""

import http.client
import os
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onevisit.config.environment import ROOT
from onevisit.config.run.postgres import Postgres, free_port
from onevisit.config.run.processes import Child, start, stop


@dataclass(frozen=True, slots=True)
class Site:
    """Where it is, and the processes whose CPU is counted."""

    port: int
    var: Path
    database: str  # its URL
    web: int  # process ids
    postgres: int

    @property
    def password(self) -> str:
        """The demonstration accounts' one password."""
        return (self.var / "demo-password").read_text(encoding="ascii").strip()

    def cpu(self) -> dict[str, float]:
        """CPU-milliseconds used so far by the web server's and the database's processes."""
        return {"app": _cpu_of(self.web), "pg": _cpu_of(self.postgres)}


@contextmanager
def site(var: Path) -> Iterator[Site]:
    """Start it in `var`, stop it at the end. Sets DATABASE_URL and the rest for this process too."""
    var.chmod(0o755)
    postgres = Postgres(var / "database" / "data")
    postgres.start()
    port, register = free_port(), free_port()
    os.environ |= {
        "DATABASE_URL": postgres.url,
        "ONEVISIT_VAR": str(var),
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
        "ONEVISIT_API_RATE": "1000000",  # how quick it is, not how much a program may ask
        "ONEVISIT_REGISTER_URL": f"http://127.0.0.1:{register}",
    }
    (var / "secret-key").write_text("only-for-this-bench-run", encoding="ascii")
    children: list[Child] = []
    try:
        command = [sys.executable, "-m", "demo.register", "--port", str(register)]
        children.append(start("register", command, var / "register.log", os.environ))
        subprocess.run([sys.executable, "-m", "onevisit.config.cli", "prepare"], check=True, stdout=subprocess.DEVNULL)
        granian = str(Path(sys.executable).with_name("granian"))
        command = [
            granian,
            "onevisit.config.wsgi:application",
            "--interface",
            "wsgi",
            "--port",
            str(port),
            "--no-ws",
            "--workers",
            "2",
            "--blocking-threads",
            "2",
            "--log-level",
            "warning",
        ]
        children.append(start("web", command, var / "web.log", os.environ))
        _wait(port)
        assert postgres.process
        yield Site(port, var, postgres.url, children[-1].process.pid, postgres.process.pid)
    finally:
        stop(children)
        postgres.stop()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The web server of the bench did not start.")


def _cpu_of(root: int) -> float:
    """CPU-milliseconds of a process and all its descendants, ended ones that were waited for included."""
    parents, used = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(folder.name)
        parents[pid] = int(fields[1])
        used[pid] = sum(int(fields[n]) for n in (11, 12, 13, 14)) * 1000 / os.sysconf("SC_CLK_TCK")
    total = 0.0
    for pid, milliseconds in used.items():
        above = pid
        while above and above != root:
            above = parents.get(above, 0)
        total += milliseconds if above == root else 0
    return total


class Visitor:
    """Somebody signed in over HTTP: his cookies and his CSRF token."""

    def __init__(self, site: Site, username: str) -> None:
        self.site, self.cookies = site, dict[str, str]()
        self.location = ""  # where the last answer led
        self.get("/sign-in")
        status, _ = self.post("/sign-in", {"username": username, "password": site.password})
        if status != 302:
            raise SystemExit(f"{username} could not sign in: {status}")

    def headers(self) -> dict[str, str]:
        """What a browser would send with a form."""
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.site.port}",
        }

    def body(self, fields: dict[str, str]) -> bytes:
        """A form's body, with the token."""
        return urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]}).encode()

    def get(self, path: str) -> tuple[int, bytes]:
        """One page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        """One form."""
        return self._ask("POST", path, self.body(fields))

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        connection.request(method, path, body, self.headers())
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        self.location = answer.headers.get("Location", "")
        return answer.status, answer.read()
