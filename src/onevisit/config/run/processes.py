"""Child processes that end with us, on Ctrl-C, on SIGTERM and when we are killed; begun again when they end before."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

QUICK, MOST = 3.0, 5  # who ends by itself within so many seconds of its start, so often in a row, would end again
_PR_SET_PDEATHSIG = 1
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None)  # Linux only; elsewhere a killed parent leaves its children


def dies_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For Popen's preexec_fn: Linux sends the child this signal when its parent dies, however it dies."""

    def prepare() -> None:
        if _PRCTL is not None:
            _PRCTL(_PR_SET_PDEATHSIG, int(number))

    return prepare


@dataclass(slots=True)
class Child:
    """A process of its own group, whose words go to a log file."""

    name: str
    arguments: list[str]
    log: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]
    quick: int = 0  # how often in a row it ended soon after its start
    began: float = field(default_factory=time.monotonic)

    def ended(self) -> bool:
        """Whether it is over."""
        return self.process.poll() is not None

    def last_words(self, lines: int = 5) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def start(name: str, arguments: list[str], log: Path, environment: Mapping[str, str]) -> Child:
    """Start a child; its output is appended to `log`."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(environment),
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )
    return Child(name, arguments, log, environment, process)


def again(child: Child) -> Child | None:
    """The same child anew after it has ended, with nothing left of it; None when that has been of no use too often.

    One that was killed may always try again: it was not its own doing.
    """
    stop([child])
    own = child.process.returncode >= 0 and time.monotonic() < child.began + QUICK
    quick = child.quick + 1 if own else 0
    if quick >= MOST:
        return None
    anew = start(child.name, child.arguments, child.log, child.environment)
    anew.quick = quick
    return anew


def stop(children: list[Child], patience: float = 15.0) -> None:
    """Ask all to end, wait, then kill what is left of their groups."""
    for child in children:
        if not child.ended():
            child.process.terminate()
    end = time.monotonic() + patience
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.1, end - time.monotonic()))
    for child in children:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
