"""`onevisit migrate`: bring the database's tables up to date."""

import argparse

from django.core.management import call_command
from django.db import DatabaseError

from onevisit.config.plain import Plain


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Apply what is missing."""
    migrate()
    return 0


def migrate() -> None:
    """Apply all migrations. Raises Plain when the database does not let us."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise Plain(f"The tables could not be brought up to date (another start goes on from there): {said}") from error
