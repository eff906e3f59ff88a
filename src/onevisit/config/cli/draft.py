"""`onevisit draft FOLDER`: lay content down as drafts for the reform office, which examines and publishes them."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from onevisit.catalogue.actions import draft_content
from onevisit.people.actor import SYSTEM


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the content is."""
    parser.add_argument("folder", type=Path)


def run(options: argparse.Namespace) -> int:
    """One line for each life event that is a draft now."""
    for slug in draft_content(options.folder, by=SYSTEM, now=datetime.now(UTC)):
        print(f"draft: {slug}, at /reform/versions")
    return 0
