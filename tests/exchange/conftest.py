"""The demonstration register as a real process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from onevisit.exchange.connectors.register import client

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Running:
    """A register that runs: its address, and how to switch and stop it."""

    url: str
    process: subprocess.Popen[str]

    def switch(self, on: bool) -> None:
        httpx.post(f"{self.url}/v1/switch", json={"on": on}, trust_env=False).raise_for_status()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=5)
        assert self.process.stdout is not None
        self.process.stdout.close()


def start(*options: str) -> Running:
    process = subprocess.Popen(
        [sys.executable, "-m", "demo.register", "--port", "0", *options], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return Running(process.stdout.readline().strip(), process)


@pytest.fixture(scope="session")
def shared_register() -> Iterator[Running]:
    running = start()
    yield running
    client._client().close()
    client._client.cache_clear()
    running.stop()


@pytest.fixture
def register(shared_register: Running, settings: object) -> Iterator[Running]:
    settings.REGISTER_URL = shared_register.url  # type: ignore[attr-defined]
    yield shared_register
    shared_register.switch(True)
