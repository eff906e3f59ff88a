"""`onevisit database`: only the database that `onevisit run` would start, for restoring, upgrading and looking."""

import argparse

from onevisit.config.cli.run import Installation, live
from onevisit.config.environment import RUNNING, Environment
from onevisit.config.plain import Plain


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Run it until Ctrl-C. Raises Plain."""
    installation = Installation(Environment.read())
    if installation.environment.database_url:
        raise Plain("DATABASE_URL is set, so the database is not ours to start: unset it first.")

    def begin() -> None:
        installation.open()
        print(f"Its address is in {installation.environment.var / RUNNING}. Ctrl-C stops it.", flush=True)

    return live(installation, begin)
