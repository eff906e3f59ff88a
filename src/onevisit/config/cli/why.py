"""`onevisit why EVENT`: who comes more often than the target, and the rules that make him, visit by visit."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onevisit.config.cli.reforming import event_and_levers, facts_in_words
from onevisit.core.catalogue import LifeEvent
from onevisit.core.planning.graph import compile_event
from onevisit.core.reforming.causes import Person, Visit, why
from onevisit.core.reforming.rules import Rule, source_of
from onevisit.core.text import Text, counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which event, past what target, of whom."""
    parser.add_argument("event", help="slug of a life event, such as sell-home")
    parser.add_argument("--target", type=int, default=1, help="causes of each visit past so many (1)")
    channel = parser.add_mutually_exclusive_group()
    channel.add_argument("--walk-in", action="store_true", help="only of people who come to the counter")
    channel.add_argument("--online", action="store_true", help="only of people who are online")
    parser.add_argument("--unreformed", action="store_true", help="of the illustration: as it was before reforms")
    parser.add_argument("--content", type=Path, help="another content folder")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def run(options: argparse.Namespace) -> int:
    """Find the causes and say them; 0 also where there are none."""
    event, _ = event_and_levers(options)
    channels = (True,) if options.walk_in else (False,) if options.online else (False, True)
    found = why(event, options.target, channels)
    if options.json:
        people = [_person_document(event, person, options.lang) for person in found.people]
        document = {"event": event.key, "target": found.target, "helpless": found.helpless, "people": people}
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    lang = options.lang
    print(event.name.of(lang))
    if not found.people:
        said = f"nobody comes more than {counted(options.target, 'time')}, proved"
        print("  " + Text(f"没有人跑得多于 {options.target} 次，已证明", said).of(lang))
    for person in found.people:
        print("\n".join(_told(event, person, lang)))
    if found.helpless:
        print("  " + _HELPLESS.of(lang))
    return 0


_HELPLESS = Text(
    "有的人不管去掉哪条规定都要跑：只到窗口办的人，至少来一次",
    "some come whatever rule is removed: who walks in comes once at least",
)


def _told(event: LifeEvent, person: Person, lang: str) -> Iterator[str]:
    visits = person.core.choice.cost[0]
    who = (
        Text("只到窗口办的人", "Somebody who walks in")
        if person.applicant.walk_in
        else Text("在网上办的人", "Somebody online")
    )
    words = facts_in_words(compile_event(event, ""), person.applicant.facts)
    yield "  " + Text(
        f"{who.zh}，要跑 {visits} 次：{words.zh}", f"{who.en}, {counted(visits, 'visit')}: {words.en}"
    ).of(lang)
    for visit in person.visits:
        yield from _visit(visit, lang)


def _visit(visit: Visit, lang: str) -> Iterator[str]:
    yield "    " + Text(f"第 {visit.number} 次，因为", f"Visit {visit.number}, because").of(lang)
    for n, cause in enumerate(visit.causes):
        if n:
            yield "      " + Text("也因为", "and because").of(lang)
        for rule in cause:
            source = source_of(rule.basis)
            said = Text(f"· {rule.says.zh}（{source.zh}）", f"· {rule.says.of('en')} ({source.en})")
            remedy = Text(f"去掉它：{rule.remedy.zh}", f"to remove it: {rule.remedy.en}")
            yield f"      {said.of(lang)}  → {remedy.of(lang)}"
    if not visit.all_found:
        yield "      " + Text("还有别的原因", "there are further causes").of(lang)


def _person_document(event: LifeEvent, person: Person, lang: str) -> dict[str, Any]:
    return {
        "walk_in": person.applicant.walk_in,
        "visits": person.core.choice.cost[0],
        "who": facts_in_words(compile_event(event, ""), person.applicant.facts).of(lang),
        "causes": [
            {
                "visit": visit.number,
                "all_found": visit.all_found,
                "sets": [[_rule(rule, lang) for rule in cause] for cause in visit.causes],
            }
            for visit in person.visits
        ],
    }


def _rule(rule: Rule, lang: str) -> dict[str, str]:
    return {
        "rule": rule.key,
        "service": rule.service,
        "agency": rule.agency,
        "says": rule.says.of(lang),
        "basis": source_of(rule.basis).of(lang),
        "remedy": rule.remedy.of(lang),
    }
