"""`onevisit check`: examine content/ and its levers, and prove every life event's visits."""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from onevisit.catalogue.examining.examine import Told, examined, of_finding, told
from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.catalogue.load import BadContent, Content
from onevisit.config.cli.content import content_of, levers_of
from onevisit.core.errors import Refusal
from onevisit.core.planning.graph import compile_event
from onevisit.core.proving.proof import prove
from onevisit.core.text import Text, counted


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the content is, how it is told, how much is done."""
    parser.add_argument("folder", type=Path, nargs="?", default=None, help="default: the content of this installation")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--json", action="store_true", help="a list in the form of `onevisit schema check`")


def run(options: argparse.Namespace) -> int:
    """All remarks, then a line for each life event, then how many there were; 1 if there are errors."""
    start = time.monotonic()
    try:
        content = content_of(options.folder)
        found, events = list(examined(content)), sorted(content.events)
        reforms = levers_of(content, options.folder)
    except BadContent as broken:
        found, events, reforms = [of_finding(one) for one in broken.findings], [], {}
    took = time.monotonic() - start
    if not options.json:
        _print(found, options.lang)
    for slug in events:
        found += _proved(content, slug, options)
    for slug, reform in () if options.json else reforms.items():
        picture = "with" if reform.illustration else "without"
        print(f"levers: {slug}: {len(reform.levers)} levers, {picture} an illustration of what it was like before")
    numbers = Counter(one.severity for one in found)
    if options.json:
        print(json.dumps([one.document() for one in found], ensure_ascii=False, indent=2))
    else:
        zh = "，".join(f"{numbers[one]} 处{one.words.zh}" for one in Severity)
        en = ", ".join(counted(numbers[one], one.words.en) for one in Severity)
        print(Text(f"体检：{zh}，用了 {took:.1f} 秒", f"examined: {en}, in {took:.1f} s").of(options.lang))
    return 1 if numbers[Severity.ERROR] else 0


def _print(found: Iterable[Told], lang: str) -> None:
    """One line each, an empty line after each file."""
    for _, of_file in groupby(found, lambda one: one.file):
        print("\n".join(one.words(lang) for one in of_file), end="\n\n")


def _proved(content: Content, slug: str, options: argparse.Namespace) -> list[Told]:
    """Compile an event and prove its visits, and say so; an event with which that cannot be done is an error."""
    start = time.monotonic()
    event = content.events[slug]
    try:
        proof = prove(compile_event(event, content.snapshots[slug]))
    except Refusal as problem:
        why = str(problem)
        todo = Text("先改上面的错误", "mend the errors above first")
        found = [told(content, slug, Remark("no-plan", Severity.ERROR, ("key",), Text(why, why), todo))]
        if not options.json:
            _print(found, options.lang)
        return found
    took = time.monotonic() - start
    if not options.json:
        online, walk_in = (f"{one.worst}{'' if one.proved else ' (not proved)'}" for one in proof.channels)
        print(
            f"content: {slug}: {len(event.services)} services, "
            f"at most {online} visits online, {walk_in} walking in; proved in {took:.1f} s"
        )
    return []
