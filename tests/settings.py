"""The product's settings on a PostgreSQL of the run's own; xdist workers inherit its address."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from onevisit.config.run.postgres import Postgres

if "DATABASE_URL" not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="onevisit-test-"))
    folder.chmod(0o755)
    server = Postgres(folder / "data", settings={"fsync": "off"})
    server.start()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.stop)
    os.environ["DATABASE_URL"] = server.url
    os.environ["ONEVISIT_VAR"] = str(folder / "var")

from django.contrib.auth.hashers import Argon2PasswordHasher

from onevisit.config.settings import *  # noqa: F403
from onevisit.config.settings import STATIC_ROOT


class QuickArgon2(Argon2PasswordHasher):
    """The product's hash at the least cost: tests make many accounts."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["tests.settings.QuickArgon2"]

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},  # nothing collected
}
