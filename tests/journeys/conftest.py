"""The whole installation as `make run` starts it, and a real browser; one worker runs all journeys."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from onevisit.config.run.postgres import free_port
from tests.journeys.browser import ARGUMENTS
from tests.journeys.installation import ROOT, Site
from tests.journeys.places import Tour, states

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in BROWSERS if (path := shutil.which(name))), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    var = Path(tempfile.mkdtemp(prefix="onevisit-journeys-"))
    var.chmod(0o755)
    port, register_port = free_port(), free_port()
    register = f"http://127.0.0.1:{register_port}"
    ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")  # of the tests, not of the installation
    environment = {key: value for key, value in os.environ.items() if key not in ours}
    environment |= {"ONEVISIT_VAR": str(var), "ONEVISIT_REGISTER_URL": register, "PYTHONPATH": str(ROOT)}
    demo = subprocess.Popen([sys.executable, "-m", "demo.register", "--port", str(register_port)], env=environment)
    with (var / "said").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "onevisit.config.cli", "run", "--port", str(port)],
            env=environment,
            cwd=ROOT,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Site(f"http://127.0.0.1:{port}", _password(process, var / "said"), var, register)
    finally:
        process.terminate()
        process.wait(30)
        demo.terminate()
        demo.wait(10)
        shutil.rmtree(var, ignore_errors=True)


def _password(process: subprocess.Popen[bytes], said: Path) -> str:
    """What `onevisit run` prints once its page answers."""
    for _ in range(600):
        text = said.read_text()
        if "Ctrl-C" in text or process.poll() is not None:
            break
        time.sleep(0.1)
    found = re.search(r"password (\S+):", text)
    assert found, f"onevisit run did not start: {text}"
    return found.group(1)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def tour(browser: Browser, site: Site) -> Iterator[Tour]:
    """Pages in every state, made once."""
    made = Tour(browser, site, states(site))
    yield made
    made.end()
