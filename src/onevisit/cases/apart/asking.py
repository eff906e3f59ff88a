"""Asking the process that reads files: it is started when first needed, and again should it have died."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from onevisit.cases.apart.limits import TIME, TURN
from onevisit.cases.rules.uploads import Checked, check_size
from onevisit.cases.upload_errors import UploadBusy, UploadRefused, UploadTooCostly

SERVING = "onevisit.cases.apart.serving"
MOST_ASKING = 3  # threads of one process: a web process has four, and one is left for the pages
PATIENCE = 1.0  # seconds for one of those
_ASKING = threading.BoundedSemaphore(MOST_ASKING)
_KINDS = {kind.code: kind for kind in UploadRefused.__subclasses__()}


class _Readers:
    """Our end of the socket to the process that reads, shared by threads and by forks of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.control: socket.socket | None = None

    def send(self, line: socket.socket) -> None:
        """Give the line to a reader. Raises OSError when there is none even after a fresh start."""
        with self.lock:
            if self.control is not None:
                with suppress(OSError):
                    socket.send_fds(self.control, [b"."], [line.fileno()])
                    return
            self.begin()
            assert self.control is not None
            socket.send_fds(self.control, [b"."], [line.fileno()])

    def begin(self) -> None:
        """Start the process; the lock is held."""
        if self.control is not None:
            self.control.close()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        known = {name: os.environ[name] for name in ("ONEVISIT_VAR",) if name in os.environ}  # tells whose it is
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", SERVING, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={**known, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.DEVNULL,
            )
        atexit.register(self.end, process, os.getpid())

    def end(self, process: subprocess.Popen[bytes], starter: int) -> None:
        """With the process that started it; a fork of that leaves it."""
        if os.getpid() == starter:
            process.kill()
            process.wait()


_READERS = _Readers()


def start() -> None:
    """Start the process that reads, so that the first file need not wait for it."""
    with _READERS.lock:
        if _READERS.control is None:
            _READERS.begin()


def check_apart(name: str, content: bytes) -> Checked:
    """`check_upload` in a process of its own, within the bounds of limits.py.

    Raises a kind of UploadRefused: UploadTooCostly at a bound, UploadBusy when there is no turn in time.
    """
    check_size(len(content))
    if not _ASKING.acquire(timeout=PATIENCE):
        raise UploadBusy()
    try:
        said, kept = _asked(name, content)
    finally:
        _ASKING.release()
    if isinstance(said, dict):
        raise _KINDS[said["refused"]](**said["data"])
    tidy, media, pages = said
    return Checked(tidy, media, kept, pages)


def _asked(name: str, content: bytes) -> tuple[Any, bytes]:
    """What the reader says, and the file as it is kept."""
    ours, theirs = socket.socketpair()
    with Connection(ours.detach()) as line:
        with theirs:
            _READERS.send(theirs)
        try:
            if not line.poll(TURN):
                raise UploadBusy()
            line.recv_bytes()
        except (EOFError, OSError) as error:  # it died before it came to us
            raise UploadBusy() from error
        try:
            line.send_bytes(name.encode(errors="replace"))
            line.send_bytes(content)
            if not line.poll(TIME + 1):
                raise UploadTooCostly()
            said = json.loads(line.recv_bytes())
            return said, b"" if isinstance(said, dict) else line.recv_bytes()
        except (EOFError, OSError) as error:
            raise UploadTooCostly() from error
