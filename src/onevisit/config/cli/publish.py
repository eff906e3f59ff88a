"""`onevisit publish`: publish content/ with the full enumeration as its proof."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from onevisit.catalogue.actions import publish_content
from onevisit.people.actor import SYSTEM


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the content is."""
    parser.add_argument("folder", type=Path, nargs="?", default=Path(settings.CONTENT))


def run(options: argparse.Namespace) -> int:
    """Publish."""
    publish_content(options.folder, by=SYSTEM, now=datetime.now(UTC))
    return 0
