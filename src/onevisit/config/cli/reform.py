"""`onevisit reform EVENT`: the cheapest levers that bring everybody to the target, or the best of a budget."""

import argparse
import json
import time
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from onevisit.catalogue.levers import Reform
from onevisit.config.cli.content import content_of, event_of, levers_of
from onevisit.config.cli.reform_found import find
from onevisit.config.cli.reform_told import document, told
from onevisit.config.plain import Plain
from onevisit.core.catalogue import LifeEvent

SECONDS = 120.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which event, and what is wanted."""
    parser.add_argument("event", nargs="?", help="slug of a life event, such as sell-home")
    parser.add_argument("--all", action="store_true", help="every life event that has levers, together")
    goal = parser.add_mutually_exclusive_group()
    goal.add_argument("--target", type=int, help="at most so many visits of anybody (1)")
    goal.add_argument("--budget", type=_yuan, help="yuan in the first year: the fewest visits that they buy")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"give the best found after so many ({SECONDS})")
    parser.add_argument("--unreformed", action="store_true", help="of the illustration: as it was before reforms")
    parser.add_argument("--content", type=Path, help="another content folder")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def run(options: argparse.Namespace) -> int:
    """Find the levers and say them; 1 where an event cannot reach the target, or it is not proved that this is best."""
    end = time.monotonic() + options.seconds
    found = find(dict(_chosen(options)), options.target, options.budget, lambda: end - time.monotonic())
    if options.json:
        print(json.dumps(document(found, options.lang), ensure_ascii=False, indent=1))
    else:
        print("\n".join(told(found, options.lang)))
    return 0 if found.reached and found.proved else 1


def _yuan(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount; write yuan, as 500000") from None
    if not amount.is_finite() or amount < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount that can be spent")
    return amount


def _chosen(options: argparse.Namespace) -> Iterator[tuple[str, tuple[LifeEvent, Reform]]]:
    content = content_of(options.content)
    reforms = levers_of(content, options.content)
    if not options.all and not options.event:
        raise Plain(f"Say which life event, or --all; with levers are: {', '.join(reforms)}.")
    for slug in reforms if options.all else [options.event]:
        event = event_of(content, slug)
        if slug not in reforms:
            raise Plain(f"{slug} has no levers: write them into content/reform/{slug}.yaml.")
        picture = reforms[slug].illustration
        if options.unreformed and picture is None:
            raise Plain(f"{slug} has no illustration of what it was before reforms (content/illustrations).")
        yield slug, (picture.event if options.unreformed and picture else event, reforms[slug])
