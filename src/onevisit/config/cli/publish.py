"""`onevisit publish`: put content/ in force at once, each event with its proof, without public comment."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from onevisit.catalogue.actions import publish_content
from onevisit.catalogue.queries import versions
from onevisit.core.china import day_of
from onevisit.people.actor import SYSTEM


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the content is."""
    parser.add_argument("folder", type=Path, nargs="?", default=Path(settings.CONTENT))


def run(options: argparse.Namespace) -> int:
    """One line for each life event that is in force now, and for each draft that the reform office has to look at."""
    now = datetime.now(UTC)
    for slug in publish_content(options.folder, by=SYSTEM, now=now):
        print(f"published: {slug}")
    for row in versions(settings.REGION, day_of(now)):
        if row.state == "draft":
            print(f"waits for the reform office: {row.event}, at /reform/versions")
    return 0
