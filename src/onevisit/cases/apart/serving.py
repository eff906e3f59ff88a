"""The process that reads files for others: it forks for each one, so that a file that takes too much ends alone.

Forked from here, not from the web server: that one has threads, whose locks a fork would keep for ever. Started once,
it has all modules loaded, so a file waits milliseconds, not the second that they take. It needs no secrets and gets
none, and it ends when nobody is left who could ask.
"""

import json
import logging
import os
import resource
import signal
import socket
import sys
import traceback
from multiprocessing.connection import Connection

from onevisit.cases.apart.limits import AT_ONCE, MEMORY, NICE, TIME, WORK
from onevisit.cases.rules.uploads import LARGEST, check_upload
from onevisit.cases.upload_errors import UploadRefused


def main(control: int) -> None:
    """Take what is asked through the socket `control`: each message carries the line to one who asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started us; he closes the socket
    logging.disable()  # what readers say of damaged files is no news
    os.nice(NICE)
    running: set[int] = set()
    with socket.socket(fileno=control) as asked:
        while lines := socket.recv_fds(asked, 1, 1)[1]:
            while running and (ended := os.waitpid(-1, 0 if len(running) >= AT_ONCE else os.WNOHANG)[0]):
                running.remove(ended)
            child = os.fork()
            if child == 0:
                asked.close()
                os._exit(_read(lines[0]))
            running.add(child)
            os.close(lines[0])


def _read(line: int) -> int:
    """Answer one who asks; 0 when he has an answer. Without one, he knows that it took too much."""
    try:
        _limit()
        with Connection(line) as asking:
            asking.send_bytes(b"ready")
            name, content = asking.recv_bytes().decode(), asking.recv_bytes(LARGEST)
            try:
                checked = check_upload(name, content)
            except UploadRefused as refused:
                asking.send_bytes(json.dumps({"refused": refused.code, "data": refused.data}).encode())
                return 0
            asking.send_bytes(json.dumps([checked.name, checked.media, checked.pages]).encode())
            asking.send_bytes(checked.content)
        return 0
    except (MemoryError, EOFError, OSError):  # too much; or who asked has gone
        return 1
    except Exception:
        traceback.print_exc()
        return 1


def _limit() -> None:
    """From here on the kernel ends this process when it takes too much."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # writes no file
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK))
    signal.setitimer(signal.ITIMER_REAL, TIME)  # nobody catches the signal: it ends us


if __name__ == "__main__":
    main(int(sys.argv[1]))
