"""The web server as a process: granian, the application loaded once before its workers fork from it."""

import os
import signal

from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from onevisit.cases.apart import asking
from onevisit.config import wsgi
from onevisit.config.environment import Environment
from onevisit.config.run.processes import dies_with_parent

TARGET = f"{wsgi.__name__}:application"

THREADS = 4  # per worker: each holds one connection to the database
PATIENCE = 5  # seconds that a worker may take to end its requests


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    environment = Environment.read()
    os.register_at_fork(after_in_child=dies_with_parent(signal.SIGKILL))
    _ = get_resolver().url_patterns  # every page's module, before the fork
    asking.start()  # one for all workers
    server = Server(
        TARGET,
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.web_workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
    )
    server.serve()


if __name__ == "__main__":
    main()
