"""`onevisit prove EVENT`: at most how many visits anybody makes, and who makes them; or check a proof again."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from onevisit.catalogue.bounds import check_bounds
from onevisit.catalogue.build import build
from onevisit.catalogue.proof import FORMAT, dump
from onevisit.config.cli.content import content_of, event_of, json_of, version_of
from onevisit.config.plain import Plain
from onevisit.core.facts import spec_of
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.proving.proof import Channel, Proof, check, prove
from onevisit.core.proving.witness import telling
from onevisit.core.text import Text, counted
from onevisit.core.wording import value_words


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to prove, of whom, and how to say it."""
    parser.add_argument("event", nargs="?", help="slug of a life event, such as sell-home")
    parser.add_argument("--all", action="store_true", help="every life event of the content")
    parser.add_argument("--target", type=int, default=1, help="at most so many visits (1); missed, the exit code is 1")
    channel = parser.add_mutually_exclusive_group()
    channel.add_argument("--walk-in", action="store_true", help="only for people who come to the counter")
    channel.add_argument("--online", action="store_true", help="only for people who are online")
    parser.add_argument("--without", action="append", default=[], metavar="RESOURCE", help="with this register down")
    parser.add_argument("--content", type=Path, help="another content folder")
    parser.add_argument("--version", type=Path, help="a version's document as it is published, instead of a folder")
    parser.add_argument("--json", action="store_true", help="the proof as a file holds it, to be checked again")
    parser.add_argument("--check", type=Path, metavar="FILE", help="check a proof again")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def run(options: argparse.Namespace) -> int:
    """Prove, or check."""
    graphs = _graphs(options)
    if options.check:
        return _check(options, graphs)
    channels = (True,) if options.walk_in else (False,) if options.online else (False, True)
    proofs = [(graph, prove(graph, channels=channels, without=options.without)) for graph in _chosen(options, graphs)]
    if options.json:
        document = {"format": FORMAT, "proofs": [dump(proof) for _, proof in proofs]}
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        for graph, proof in proofs:
            print("\n".join(_told(graph, proof, options.target, options.lang)))
    return 0 if all(proof.reaches(options.target) for _, proof in proofs) else 1


def _graphs(options: argparse.Namespace) -> dict[str, Graph]:
    """The events to choose from, compiled."""
    if options.version:
        event, snapshot = version_of(options.version)
        for _, problem in check_bounds(event):
            raise Plain(f"{options.version}: {problem}.")
        return {event.key: compile_event(event, snapshot)}
    content = content_of(options.content)
    return {slug: compile_event(event_of(content, slug), content.snapshots[slug]) for slug in sorted(content.events)}


def _chosen(options: argparse.Namespace, graphs: dict[str, Graph]) -> list[Graph]:
    if options.all or (options.version and not options.event):
        return list(graphs.values())
    if not options.event:
        raise Plain(f"Say which life event, or --all; these are: {', '.join(graphs)}.")
    if options.event not in graphs:
        raise Plain(f"There is no life event {options.event!r}; these are: {', '.join(graphs)}.")
    return [graphs[options.event]]


def _check(options: argparse.Namespace, graphs: dict[str, Graph]) -> int:
    """Check each proof of a file; raises what `check` raises."""
    document = json_of(options.check)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Plain(f"{options.check} is no proof: its `format` should be {FORMAT!r}.")
    missed = False
    for data in document["proofs"]:
        try:
            proof: Proof = build(Proof, data)
        except (KeyError, TypeError, ValueError) as wrong:
            raise Plain(f"{options.check} is a broken proof ({wrong}): make it again.") from wrong
        graph = graphs.get(proof.event)
        if graph is None:
            raise Plain(f"The proof is of {proof.event!r}, which is not here; these are: {', '.join(graphs)}.")
        check(graph, proof)
        missed = missed or not proof.reaches(options.target)
        said = Text(f"{graph.event.name.zh}：证明成立", f"{graph.event.name.of('en')}: the proof holds")
        print(said.of(options.lang))
    return int(missed)


def _told(graph: Graph, proof: Proof, target: int, lang: str) -> Iterator[str]:
    """The proof in words."""
    yield f"{graph.event.name.of(lang)}  {proof.event}  {proof.snapshot[:12]}"
    for channel in proof.channels:
        yield from _channel(graph, channel, lang)
    if proof.elsewhere:
        yield Text("  可能要另去第三方（不算跑政府）", "  May need a trip elsewhere (not counted)").of(lang)
        yield from (f"    {one.of(lang)}" for one in proof.elsewhere)
    yield Text("  靠这些成立", "  Rests on").of(lang)
    yield from (f"    {one.of(lang)}" for one in proof.given)
    names = {one.key: one.name for one in graph.event.resources}
    for key in proof.without:
        yield Text(f"    其中「{names[key].zh}」连不上", f"    of these, {names[key].of('en')} does not answer").of(
            lang
        )
    yield from (f"    {one.text.of(lang)}" for one in proof.assumptions)
    met = Text("达到", "met") if proof.reaches(target) else Text("没有达到", "MISSED")
    yield Text(f"  目标每人最多 {target} 次：{met.zh}", f"  Target, at most {target} each: {met.of('en')}").of(lang)


def _channel(graph: Graph, channel: Channel, lang: str) -> Iterator[str]:
    who = Text("只到窗口办", "Walking in") if channel.walk_in else Text("在网上办", "Online")
    if channel.proved:
        said = Text(f"最多跑 {channel.worst} 次，已证明", f"at most {counted(channel.worst, 'visit')}, proved")
    else:
        said = Text(
            f"没有证明：没有在限度内判定；看到的最多 {channel.worst} 次",
            f"not proved: undecided within the limit; {channel.worst} is the most that was found",
        )
    yield f"  {who.of(lang)}: {said.of(lang)}" if lang == "en" else f"  {who.of(lang)}：{said.of(lang)}"
    yield f"    {channel.explanation.of(lang)}"
    specs = graph.specs
    shown = telling(graph, dict(channel.witness))
    facts = [(spec_of(key, specs), value) for key, value in shown.items()]
    words = [(spec.label, value_words(spec, value)) for spec, value in facts if spec]
    row = Text("；", "; ").of(lang).join(f"{label.of(lang)} {value.of(lang)}" for label, value in words)
    yield Text(f"    跑得最多的人，比如：{row}", f"    Who comes most, for example: {row}").of(lang)
    if channel.trips:
        yield Text(f"    他还要去第三方 {channel.trips} 趟", f"    and {counted(channel.trips, 'trip')} elsewhere").of(
            lang
        )
