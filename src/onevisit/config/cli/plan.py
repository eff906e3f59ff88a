"""`onevisit plan EVENT`: the plan for given facts, from content/ (or the database: plan_published.py)."""

import argparse
import json
from datetime import date
from pathlib import Path

from onevisit.config.cli.content import content_of, event_of
from onevisit.config.cli.drawing import draw
from onevisit.config.cli.facts_file import read_facts
from onevisit.core.catalogue import LifeEvent
from onevisit.core.law.worktime import Calendar
from onevisit.core.planning.export import plan_to_json
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.plan import make_plan


def arguments(parser: argparse.ArgumentParser) -> None:
    """Event, facts, date, channel, language, form."""
    parser.add_argument("event", help="slug of a life event, such as open-restaurant")
    parser.add_argument("--facts", type=Path, help="YAML or JSON file with what is known; the rest stays open")
    parser.add_argument("--start", type=_day, help="first day, as 2026-11-30; then the plan has dates")
    parser.add_argument("--walk-in", action="store_true", help="for somebody who only comes to the counter")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--json", action="store_true", help="in the form of `onevisit schema plan`")
    parser.add_argument("--database", action="store_true", help="the version in force in the database")


def run(options: argparse.Namespace) -> int:
    """Plan from content/."""
    content = content_of()
    event = event_of(content, options.event)
    show(options, event, compile_event(event, content.snapshots[event.key]), content.calendar)
    return 0


def show(options: argparse.Namespace, event: LifeEvent, graph: Graph, calendar: Calendar) -> None:
    """Make the plan and print it."""
    facts = read_facts(options.facts, event) if options.facts else {}
    plan = make_plan(graph, facts, walk_in=options.walk_in, start=options.start, calendar=calendar)
    if options.json:
        print(json.dumps(plan_to_json(plan, options.lang), ensure_ascii=False, indent=2))
    else:
        print(draw(plan, event, options.lang))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-11-30") from None
