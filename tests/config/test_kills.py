"""The bench's part for kills, in short: nothing acknowledged is lost, nothing is done twice, nothing stays undone."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_kills_lose_nothing_and_double_nothing():
    command = [sys.executable, "-m", "bench", "kills", "12", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "  12 kills (" in done.stdout
    assert "lost=0 doubled=0 errors=0; ledger: whole; books of " in done.stdout
