"""How long synthetic applicants take under a draft that changes all three life events, its proofs included."""

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from onevisit.config.environment import ROOT

MANY, AIM = 10_000, 20.0  # applicants, seconds on two cores
CHANGES = {  # file of the content: what the draft says otherwise
    "newborn/services/6-social-security-card.yaml": ("promise: {amount: 1,", "promise: {amount: 2,"),
    "open-restaurant/services/4-fire-check.yaml": ("matter.area >= parameter.fire_area", "matter.area >= 100"),
    "sell-home/services/6-water.yaml": ("promise: {amount: 1,", "promise: {amount: 2,"),
}


def replay() -> None:
    """The command as an operator gives it: all events, then the largest one alone."""
    with tempfile.TemporaryDirectory(prefix="onevisit-bench-") as folder:
        draft = Path(folder) / "content"
        shutil.copytree(Path(ROOT) / "content", draft)
        for name, (old, new) in CHANGES.items():
            file = draft / "events" / name
            text = file.read_text(encoding="utf-8")
            assert old in text, name
            file.write_text(text.replace(old, new), encoding="utf-8")
        for words, more in (("three life events", []), ("sales alone", ["--event", "sell-home"])):
            print(_line(words, draft, more), flush=True)


def _line(words: str, draft: Path, more: list[str]) -> str:
    began, used = time.monotonic(), _used()
    command = [sys.executable, "-m", "onevisit.config.cli", "replay", str(draft), "--synthetic", str(MANY), *more]
    told = subprocess.run([*command, "--english"], check=True, capture_output=True, text=True).stdout
    took, busy = time.monotonic() - began, _used() - used
    compared = sum(int(n.replace(",", "")) for n in re.findall(r"([\d,]+) compared", told))
    assert compared == MANY
    verdict = f"aim: {MANY:,} under {AIM:.0f} s on two cores, {'held' if took < AIM else 'MISSED'}"
    return f"  {MANY:,} of {words:18} {took:6.1f} s, {busy:.1f} s of CPU   ({verdict})"


def _used() -> float:
    """CPU seconds of all children that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
