"""The product's settings on a PostgreSQL of the run's own; xdist workers inherit its address."""

import atexit
import os
import tempfile
from pathlib import Path

from onevisit.config.run.postgres import Postgres

if "DATABASE_URL" not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="onevisit-test-"))
    folder.chmod(0o755)
    server = Postgres(folder / "data", settings={"fsync": "off"})
    server.start()
    atexit.register(server.stop)
    os.environ["DATABASE_URL"] = server.url

from onevisit.config.settings import *  # noqa: E402, F403
