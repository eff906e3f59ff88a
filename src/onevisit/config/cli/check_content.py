"""`onevisit check-content`: whether content/ can be read, compiled and enumerated."""

import argparse
import time
from pathlib import Path

from onevisit.config.cli.content import content_of, levers_of
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.guide import enumerate_guide


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the content is."""
    parser.add_argument("folder", type=Path, nargs="?", default=None)


def run(options: argparse.Namespace) -> int:
    """One line for each life event, and for its levers of reform."""
    content = content_of(options.folder)
    reforms = levers_of(content, options.folder)
    for slug, event in sorted(content.events.items()):
        start = time.monotonic()
        guide = enumerate_guide(compile_event(event, content.snapshots[slug]))
        took = time.monotonic() - start
        print(
            f"content: {slug}: {len(event.services)} services, {guide.combinations} cases enumerated in {took:.1f} s, "
            f"at most {guide.online.worst} visits online, {guide.walk_in.worst} walking in"
        )
    for slug, reform in reforms.items():
        picture = "with" if reform.illustration else "without"
        print(f"levers: {slug}: {len(reform.levers)} levers, {picture} an illustration of what it was like before")
    return 0
