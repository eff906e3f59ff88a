"""What each target of the Makefile does. Standard library only: it makes the environment that the rest needs."""

import ctypes
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from tools import browser, environment

BIN = os.path.join(environment.VENV, "bin")

CHECKS = (
    ("style", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "--quiet", "."]),
    ("types", ["mypy", "-p", "onevisit"]),
    ("structure", ["lint-imports"]),
    ("sizes", ["python", "-m", "tools.sizes"]),
    ("migrations", ["python", "-m", "tools.migrations"]),
    ("content", ["onevisit", "check", "--lang", "en"]),
    ("messages", ["python", "-m", "tools.messages", "check"]),
)


def run():
    """Everything, until Ctrl-C."""
    environment.ensure("requirements.txt")
    _end_with_make()
    os.execv(environment.PYTHON, [environment.PYTHON, "-m", "onevisit.config.cli", "run"])


def check():
    """Style, types, structure, sizes, migrations, content, messages; all of them, then how many failed."""
    environment.ensure("requirements-test.txt")
    failed = []
    for name, command in CHECKS:
        environment.say("-- %s: %s" % (name, " ".join(command)))
        if subprocess.call([os.path.join(BIN, command[0]), *command[1:]], cwd=environment.ROOT) != 0:
            failed.append(name)
    if failed:
        environment.fail("Checks that failed: %s." % ", ".join(failed))
    environment.say("All %d checks passed." % len(CHECKS))


def test():
    """All tests; without a browser all but the journeys, whose names are printed."""
    environment.ensure("requirements-test.txt")
    pytest = [os.path.join(BIN, "python"), "-m", "pytest", "-n", "2", "--dist", "loadgroup"]
    missing = browser.ensure()
    if missing:
        listing = [*pytest[:3], "--collect-only", "-qq", "-m", "journey", "-p", "no:warnings", "tests/journeys"]
        subprocess.call(listing, cwd=environment.ROOT)
        environment.say("These journeys were skipped: " + missing)
        if os.environ.get("CI") == "true":
            environment.fail("In CI a skipped journey is a failure.")
        pytest += ["-m", "not journey"]
    os.chdir(environment.ROOT)
    os.execv(pytest[0], pytest + sys.argv[2:])


def bench():
    """How fast it is, beside what the database could do."""
    environment.ensure("requirements-test.txt")
    os.chdir(environment.ROOT)
    os.execv(environment.PYTHON, [environment.PYTHON, "-m", "bench", *sys.argv[2:]])


def _end_with_make():
    """When make itself is killed, end too (Linux: PR_SET_PDEATHSIG)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None and "MAKELEVEL" in os.environ:
        prctl(1, int(signal.SIGTERM))


TARGETS = {"run": run, "check": check, "test": test, "bench": bench}

if __name__ == "__main__":
    try:
        TARGETS[sys.argv[1]]()
    except KeyboardInterrupt:
        sys.exit(130)
