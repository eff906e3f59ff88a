"""`onevisit prepare`: everything that must be up to date before pages are served."""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from onevisit.catalogue.actions import publish_content
from onevisit.config.cli.demo_accounts import ensure_accounts
from onevisit.config.cli.migrate import migrate
from onevisit.people.actor import SYSTEM


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Each part in turn, with its time."""
    parts: list[tuple[str, Callable[[], object]]] = [
        ("tables", migrate),
        ("content, examined and proved", publish),
        ("style sheets and pictures", collect),
    ]
    if settings.DEMO:
        parts.append(("demonstration accounts", ensure_accounts))
    for name, do in parts:
        start = time.monotonic()
        do()
        print(f"  {name} ({time.monotonic() - start:.1f} s)", flush=True)
    return 0


def publish() -> None:
    """Publish content/."""
    publish_content(Path(settings.CONTENT), by=SYSTEM, now=datetime.now(UTC))


def collect() -> None:
    """Static files into var/static, with hashed names."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
