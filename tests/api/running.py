"""The whole installation in processes of its own, as `make run` starts it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from onevisit.config.run.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 120  # seconds to start


@dataclass(frozen=True)
class Running:
    """Where it is."""

    address: str
    var: Path

    @property
    def secret(self) -> str:
        return (self.var / "demo-password").read_text().strip()

    @property
    def database(self) -> str:
        return (self.var / "database-url").read_text().strip()

    def token(self, name: str) -> str:
        given = {"grant_type": "client_credentials"}
        answer = httpx.post(f"{self.address}/api/v1/token", data=given, auth=(name, self.secret), trust_env=False)
        return str(answer.raise_for_status().json()["access_token"])


@contextmanager
def installation() -> Iterator[Running]:
    var, port = Path(tempfile.mkdtemp(prefix="onevisit-api-")), free_port()
    var.chmod(0o755)
    ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "ONEVISIT_REGISTER_URL")  # of the tests
    environment = {key: value for key, value in os.environ.items() if key not in ours}
    environment |= {"ONEVISIT_VAR": str(var), "ONEVISIT_API_RATE": "1000000", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "onevisit.config.cli", "run", "--port", str(port)]
    with (var / "said").open("w") as said:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
    try:
        _wait(process, var)
        yield Running(f"http://127.0.0.1:{port}", var)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], var: Path) -> None:
    end = time.monotonic() + LONGEST
    while "Ctrl-C stops everything" not in (var / "said").read_text():
        assert process.poll() is None and time.monotonic() < end, (var / "said").read_text()
        time.sleep(0.1)
