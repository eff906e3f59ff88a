"""`onevisit replay DRAFT --synthetic N`: what a draft of the catalogue would mean, without a database.

With `--cases PERIOD`: replay_cases.py.
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from onevisit.config.cli.content import content_of
from onevisit.config.cli.replaying.period import period
from onevisit.config.cli.replaying.report import Replay, as_json, as_text
from onevisit.config.cli.replaying.running import Chosen, choose, draft_of, run_all, versions_of
from onevisit.insight.replaying.work import Draw

CHUNK = 200  # synthetic applicants that a process is given at a time
CORES = 2  # processes at most, unless told


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which draft, whose cases, against what, how it is told."""
    parser.add_argument("draft", type=Path, help="folder of the form of content/, or a version as downloaded (JSON)")
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--cases", type=period, help="past cases of 2026, 2026-01..2026-06 or 2026-01-15..2026-02-01")
    whose.add_argument("--synthetic", type=_number, metavar="N", help="so many applicants, drawn by chance")
    parser.add_argument("--against", type=Path, help="content to compare with (with --synthetic; default: content/)")
    parser.add_argument("--event", default="", help="slug of one life event (default: all that the draft changes)")
    parser.add_argument("--seed", type=int, default=1, help="of --synthetic: the same seed draws the same applicants")
    parser.add_argument("--jobs", type=_number, default=min(CORES, os.cpu_count() or 1), help="processes that plan")
    parser.add_argument("--english", action="store_true", help="in English")
    parser.add_argument("--json", action="store_true", help="in the form that docs/catalogue-authors.md describes")


def run(options: argparse.Namespace) -> int:
    """Replay synthetic applicants. Raises Plain, and what is wrong with the draft."""
    draft, base = draft_of(options.draft), content_of(options.against)
    chosen = choose(versions_of(base), draft, options)
    number = options.synthetic if chosen.sides else 0
    outcomes = run_all(chosen, _draws(chosen, number, options.seed), number, options.jobs)
    source = {"applicants": number, "seed": options.seed}
    names = str(options.draft), str(options.against or "content")
    show(options, Replay(True, source, *names, outcomes, chosen.unchanged, chosen.added, chosen.removed))
    return 0


def show(options: argparse.Namespace, replay: Replay) -> None:
    """Print it as it was asked for."""
    lang = "en" if options.english else "zh"
    print(as_json(replay, lang) if options.json else as_text(replay, lang))


def _draws(chosen: Chosen, number: int, seed: int) -> Iterator[Draw]:
    """The applicants shared evenly among the events, the first events one more."""
    for place, slug in enumerate(chosen.sides):
        own = number // len(chosen.sides) + (place < number % len(chosen.sides))
        for first in range(0, own, CHUNK):
            yield Draw(slug, first, min(CHUNK, own - first), seed)


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)
