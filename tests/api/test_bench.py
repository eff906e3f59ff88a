"""The bench's part for the API runs, in short: every answer is what was asked for."""

import subprocess
import sys

import pytest

from tests.api.running import ROOT


@pytest.mark.xdist_group("api")
def test_mixed_work_without_an_error():
    command = [sys.executable, "-m", "bench", "api", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("guide", "questions", "plan", "track", "verify", "submit", "inbox", "procedure", "decide"):
        assert f"  {name} " in done.stdout, done.stdout
    assert "p95" in done.stdout and "errors: 0" in done.stdout
