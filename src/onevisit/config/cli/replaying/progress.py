"""How far a long command is, on standard error: a bar in a terminal, else a plain line every few seconds."""

import sys
import time
from typing import TextIO

WIDTH = 30  # characters of the bar
OFTEN, SELDOM = 0.1, 5.0  # seconds between two bars, two lines


class Progress:
    """Counts up to `total`; `label` says what is counted."""

    def __init__(self, total: int, label: str, out: TextIO | None = None) -> None:
        self.total, self.label = total, label
        self.out = sys.stderr if out is None else out
        self.bar = self.out.isatty()
        self.done = 0
        self.began = self.told = time.monotonic()

    def add(self, number: int) -> None:
        """So many more are done."""
        self.done += number
        now = time.monotonic()
        if now - self.told >= (OFTEN if self.bar else SELDOM):
            self.told = now
            self._tell()

    def close(self) -> None:
        """Leave the line; nothing is left in a terminal but what was printed before."""
        if self.bar:
            self.out.write("\r\x1b[K")
            self.out.flush()

    def _tell(self) -> None:
        took = time.monotonic() - self.began
        said = f"{self.label} {self.done:,}/{self.total:,}  {took:.0f} s"
        if self.bar:
            filled = WIDTH * self.done // max(self.total, 1)
            self.out.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {said}\x1b[K")
        else:
            self.out.write(f"{said}\n")
        self.out.flush()
