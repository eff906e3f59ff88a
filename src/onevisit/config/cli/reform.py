"""`onevisit reform EVENT`: the cheapest levers with which nobody comes more often than the target, proved cheapest."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from onevisit.catalogue.levers import Reform
from onevisit.config.cli.content import content_of, event_of, levers_of
from onevisit.config.cli.reforming import facts_in_words
from onevisit.config.plain import Plain
from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.applying import apply
from onevisit.core.levers.model import Lever
from onevisit.core.planning.graph import compile_event
from onevisit.core.proving.proof import prove
from onevisit.core.reforming.cheapest import Cheapest, best_within, cheapest, cost_of
from onevisit.core.reforming.pulled import pulled
from onevisit.core.reforming.rules import source_of
from onevisit.core.text import Text, counted

ESTIMATES = Text(
    "费用都是改革办自己的估计，没有公开来源，可以改（content/reform）",
    "all costs are the office's own estimates without public source, to be put right in content/reform",
)


@dataclass(frozen=True, slots=True)
class Found:
    """One event's answer, and its visits before and after: online, walking in."""

    event: LifeEvent
    reform: Reform
    target: int
    answer: Cheapest
    before: tuple[int, int]
    after: tuple[int, int] | None

    @property
    def levers(self) -> list[Lever]:
        """The levers to be pulled, the dearest first."""
        keys = self.answer.keys or frozenset()
        return sorted((one for one in self.reform.levers if one.key in keys), key=lambda one: (-cost_of(one), one.key))


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which event, and what is wanted."""
    parser.add_argument("event", nargs="?", help="slug of a life event, such as sell-home")
    parser.add_argument("--all", action="store_true", help="every life event that has levers")
    goal = parser.add_mutually_exclusive_group()
    goal.add_argument("--target", type=int, help="at most so many visits of anybody (1)")
    goal.add_argument("--budget", type=_yuan, help="yuan in the first year: the fewest visits that they buy")
    parser.add_argument("--unreformed", action="store_true", help="of the illustration: as it was before reforms")
    parser.add_argument("--content", type=Path, help="another content folder")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def run(options: argparse.Namespace) -> int:
    """Find the levers and say them; 1 where an event cannot reach the target."""
    found = [_found(options, *one) for one in _chosen(options)]
    if options.json:
        print(json.dumps([_document(one, options.lang) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            print("\n".join(_told(one, options.lang)))
        print(ESTIMATES.of(options.lang))
    return 0 if all(one.answer.keys is not None for one in found) else 1


def _yuan(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount; write yuan, as 500000") from None
    if not amount.is_finite() or amount < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount that can be spent")
    return amount


def _chosen(options: argparse.Namespace) -> Iterator[tuple[LifeEvent, Reform]]:
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
        yield (picture.event if options.unreformed and picture else event), reforms[slug]


def _found(options: argparse.Namespace, event: LifeEvent, reform: Reform) -> Found:
    levers = {lever.key: lever for lever in reform.levers}
    changed = pulled(event, levers)
    costs = {key: cost_of(lever) for key, lever in levers.items()}
    target = 1 if options.target is None else options.target
    if options.budget is None:
        answer = cheapest(changed, costs, target)
    else:
        best = best_within(changed, costs, options.budget)
        target, answer = best.target, best.answer
    after = None
    if answer.keys is not None:
        after = _visits(apply(event, (levers[key] for key in answer.keys)))
    return Found(event, reform, target, answer, _visits(event), after)


def _visits(event: LifeEvent) -> tuple[int, int]:
    online, walk_in = prove(compile_event(event, "")).channels
    return online.worst, walk_in.worst


def _told(found: Found, lang: str) -> Iterator[str]:
    """One event's answer in words."""
    answer = found.answer
    yield found.event.name.of(lang)
    before = Text(
        f"现在：在网上办最多跑 {found.before[0]} 次，只到窗口办最多 {found.before[1]} 次",
        f"now: at most {counted(found.before[0], 'visit')} online, {found.before[1]} walking in",
    )
    yield "  " + before.of(lang)
    if answer.helpless is not None:
        words = facts_in_words(compile_event(found.event, ""), answer.helpless.facts)
        never = Text(
            f"手段全用上，也到不了 {found.target} 次。这样的人还是要多跑：{words.zh}",
            f"not even all levers reach {found.target}. Who still comes more often: {words.of('en')}",
        )
        yield "  " + never.of(lang)
        return
    if not found.levers:
        yield "  " + Text("不用再改", "nothing has to be changed").of(lang)
        return
    for lever in found.levers:
        owner = lever.owner(found.event)
        source = source_of(lever.basis) if lever.basis.law else lever.basis.note or source_of(lever.basis)
        said = Text(
            f"· {lever.name.zh}：{owner.zh}，估计 {cost_of(lever):,} 元，依据：{source.zh}",
            f"· {lever.name.of('en')}: {owner.of('en')}, ¥{cost_of(lever):,} by estimate, {source.of('en')}",
        )
        yield "  " + said.of(lang)
    total = Text(
        f"第一年共 {answer.cost:,} 元（估计）。证明了没有更便宜的：{len(answer.rows)} 组手段，每组至少要用一个",
        f"¥{answer.cost:,} in the first year (estimate). Proved cheapest: "
        f"of {counted(len(answer.rows), 'row')} of levers, one of each is needed",
    )
    yield "  " + total.of(lang)
    online, walk_in = found.after or found.before
    after = Text(
        f"以后：在网上办最多跑 {online} 次，只到窗口办最多 {walk_in} 次，已证明",
        f"then: at most {counted(online, 'visit')} online, {walk_in} walking in, proved",
    )
    yield "  " + after.of(lang)


def _document(found: Found, lang: str) -> dict[str, Any]:
    """One event's answer as JSON; amounts are estimates."""
    answer = found.answer
    return {
        "event": found.event.key,
        "target": found.target,
        "reached": answer.keys is not None,
        "estimates": ESTIMATES.of(lang),
        "cost_first_year": float(answer.cost),
        "levers": [
            {
                "key": lever.key,
                "name": lever.name.of(lang),
                "owner": lever.owner(found.event).of(lang),
                "cost": float(lever.cost.amount),
                "yearly_cost": float(lever.yearly_cost.amount) if lever.yearly_cost else 0.0,
                "estimated_by": lever.cost.by.of(lang),
            }
            for lever in found.levers
        ],
        "rows": [sorted(row) for row in answer.rows],
        "before": {"online": found.before[0], "walk_in": found.before[1]},
        "after": {"online": found.after[0], "walk_in": found.after[1]} if found.after else None,
    }
