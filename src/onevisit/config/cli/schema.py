"""`onevisit schema plan | content | levers | illustration | check | facts EVENT`: published formats (JSON Schema)."""

import argparse
import json

from onevisit.catalogue.examining.examine import CHECK_SCHEMA
from onevisit.catalogue.schema import content_schema, facts_schema, illustration_schema, levers_schema
from onevisit.config.cli.content import content_of, event_of
from onevisit.config.plain import Plain
from onevisit.core.planning.export import PLAN_SCHEMA


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which format."""
    parser.add_argument("format", choices=("plan", "content", "levers", "illustration", "check", "facts"))
    parser.add_argument("event", nargs="?", default="", help="slug of a life event, for `facts`")


def run(options: argparse.Namespace) -> int:
    """Print it."""
    schemas = {
        "plan": PLAN_SCHEMA,
        "content": content_schema(),
        "levers": levers_schema(),
        "illustration": illustration_schema(),
        "check": CHECK_SCHEMA,
    }
    if options.format == "facts":
        if not options.event:
            raise Plain("Say which event: onevisit schema facts open-restaurant")
        schema = facts_schema(event_of(content_of(), options.event))
    else:
        schema = schemas[options.format]
    print(json.dumps(schema, ensure_ascii=False, indent=2))
    return 0
