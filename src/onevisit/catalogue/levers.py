"""Read content/reform and content/illustrations: levers with their estimates, and events as they were before reforms.

Checked as the rest of the content is: all findings at once, each with file and line. Needs no database.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from onevisit.catalogue.build import Errors, build
from onevisit.catalogue.changing import check_change, check_effect
from onevisit.catalogue.load import BadContent, Content, read_content
from onevisit.catalogue.reading import Reading
from onevisit.catalogue.references import check_bases, check_event, told, unknown
from onevisit.catalogue.schema import IllustrationHead, ReformHead, illustration_schema, levers_schema
from onevisit.catalogue.source import Source
from onevisit.catalogue.suggest import Path_
from onevisit.core.basis import Basis
from onevisit.core.catalogue import EvidenceType, LifeEvent, Place
from onevisit.core.conditions import Condition
from onevisit.core.levers.applying import apply, undone
from onevisit.core.levers.lawful import ExcludedByLaw, check_lawful
from onevisit.core.levers.model import Change, Estimate, Lever

Found = tuple[Path_, str]  # where in the file, what is wrong
Checks = tuple[Any, tuple[str, ...]]  # the validator of a file, and every key that there is (for suggestions)


@dataclass(frozen=True, slots=True)
class Illustration:
    """A life event as it was before reforms, marked as an example; its key ends in `-unreformed`."""

    event: LifeEvent
    basis: Basis  # what the picture rests on
    snapshot: str


@dataclass(frozen=True, slots=True)
class Reform:
    """The levers of a life event, how often it is asked for in a year, and its picture before reforms."""

    event: str  # slug of the published event
    demand: Estimate  # how many a year
    levers: tuple[Lever, ...]
    illustration: Illustration | None


def read_levers(folder: Path, content: Content) -> dict[str, Reform]:
    """Levers and illustrations of the folder by the event's slug; raises BadContent with every finding."""
    reading = Reading(folder)
    laws = reading.laws()
    pictures = {slug: one for slug, one in _illustrations(reading, content, laws) if one is not None}
    found: dict[str, Reform] = {}
    works: dict[str, tuple[str, str]] = {}
    for source, event in _files(reading, "reform", _levers_checks(), content):
        head, levers = _levers(source)
        picture = pictures.get(event.key)
        for path, problem in _problems(levers, [one.event for one in (picture,) if one] + [event], laws):
            source.tell(path, problem)
        for path, problem in _shared(levers, event, works):
            source.tell(path, problem)
        for path, problem in check_bases(head, laws):
            source.tell(("reform", *path), problem)
        found[event.key] = Reform(event.key, head.demand, levers, picture)
    if reading.findings:
        raise BadContent(reading.findings)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Levered:
    """A folder's content with its levers and illustrations; one is never equal to another that was read."""

    content: Content
    reforms: dict[str, Reform]


def read_again(folder: Path) -> Levered:
    """A folder's content with its levers, kept in this process until one of its files changes. Raises BadContent."""
    return _kept(folder, max((path.stat().st_mtime_ns for path in folder.rglob("*.yaml")), default=0))


@lru_cache(maxsize=1)
def _kept(folder: Path, stamp: int) -> Levered:  # noqa: ARG001 - read again when a file changes
    content = read_content(folder)
    return Levered(content, read_levers(folder, content))


def snapshot_of_event(event: LifeEvent) -> str:
    """The hash that names an event however it came about: SHA-256 of all that it says, as canonical JSON."""
    text = json.dumps(_plain(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Condition):
        return value.source
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal | date) else value


@cache
def _levers_checks() -> Checks:
    return _checks(levers_schema())


@cache
def _illustration_checks() -> Checks:
    return _checks(illustration_schema())


def _checks(schema: dict[str, Any]) -> Checks:
    keys = {*schema["properties"], *(key for one in schema["$defs"].values() for key in one["properties"])}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True), tuple(sorted(keys))


def _files(reading: Reading, name: str, checks: Checks, content: Content) -> Iterator[tuple[Source, LifeEvent]]:
    """Each file of a folder that can be read, with the event that it is about; what it tells is gathered."""
    head = "reform" if name == "reform" else "illustration"
    for path in sorted((reading.folder / name).glob("*.y*ml")):
        source = reading.take(path, checks)
        if source.document is None:
            continue
        slug = source.document[head]["event"]
        for problem in unknown(slug, content.events, "life event"):
            source.tell((head, "event"), problem)
        if slug in content.events and path.name != f"{slug}.yaml":
            source.tell((head, "event"), f"the file about `{slug}` is called {slug}.yaml")
        if not source.findings:
            yield source, content.events[slug]
        reading.findings += source.findings


def _levers(source: Source) -> tuple[ReformHead, tuple[Lever, ...]]:
    errors: Errors = []
    head: ReformHead = build(ReformHead, source.document["reform"])
    levers: tuple[Lever, ...] = build(tuple[Lever, ...], source.document["levers"], "levers", errors)
    _tell(source, errors)
    return head, levers


def _tell(source: Source, errors: Errors) -> None:
    """Tell conditions that cannot be read; they stand as always true meanwhile."""
    for problem in errors:
        parts = str(problem.data["where"]).strip("/： ").split("/")
        source.tell(tuple(int(part) if part.isdigit() else part for part in parts), told(problem))


def _problems(levers: tuple[Lever, ...], events: list[LifeEvent], laws: dict[str, str]) -> Iterator[Found]:
    """What is wrong with levers of an event: `events` has its picture before reforms, if there is one, and itself."""
    sound = True
    for n, lever in enumerate(levers):
        found = list(_lever(lever, events[0], laws))
        if lever.key in [one.key for one in levers[:n]]:
            found.append((("key",), f"the lever `{lever.key}` stands here twice"))
        found += [] if found else _outcome(lever, events)
        sound = sound and not found
        yield from ((("levers", n, *path), problem) for path, problem in found)
    if sound:
        yield from _broken(levers, events, laws)


def _shared(levers: tuple[Lever, ...], event: LifeEvent, works: dict[str, tuple[str, str]]) -> Iterator[Found]:
    """Work that two levers of one event have, or that has two owners. `works`: of the files so far, where and whose."""
    for n, lever in enumerate(levers):
        if not lever.work:
            continue
        owner = lever.owner(event).zh
        slug, other = works.setdefault(lever.work, (event.key, owner))
        if lever.work in [one.work for one in levers[:n]]:
            yield ("levers", n, "work"), f"the work `{lever.work}` stands here twice: make one lever of the two"
        elif other != owner:
            yield ("levers", n, "work"), f"the work `{lever.work}` is {other}'s in {slug}: one piece of work, one owner"


def _broken(levers: tuple[Lever, ...], events: list[LifeEvent], laws: dict[str, str]) -> Iterator[Found]:
    """What levers break in an event that was in order: told at the lever that does it by itself, else at all."""
    for event in events:
        known = {problem for _, problem in check_event(event, laws)}
        left = _new_problems(apply(event, levers), laws, known)
        for n, lever in enumerate(levers if left else ()):
            own = _new_problems(apply(event, [lever]), laws, known)
            left -= own
            yield from ((("levers", n), problem) for problem in sorted(own))
        yield from ((("levers",), f"with all levers: {problem}") for problem in sorted(left))


def _new_problems(event: LifeEvent, laws: dict[str, str], known: set[str]) -> set[str]:
    return {problem for _, problem in check_event(event, laws)} - known


def _lever(lever: Lever, event: LifeEvent, laws: dict[str, str]) -> Iterator[Found]:
    """Names that lead nowhere, keys that a kind of change does not take, and bases without a source."""
    yield from check_bases(lever, laws)
    if bool(lever.agency) == (lever.body is not None):
        yield (), "a lever has one owner: `agency` (one of the event's) or `body` (another's name)"
    if lever.agency:
        agencies = [one.key for one in event.agencies]
        yield from ((("agency",), problem) for problem in unknown(lever.agency, agencies, "agency"))
    for m, change in enumerate(lever.changes):
        if not change.kind.reforms:
            yield ("changes", m, "kind"), f"`{change.kind.value}` undoes a reform: it belongs into an illustration"
        yield from ((("changes", m, *path), problem) for path, problem in check_change(change, event))


def _outcome(lever: Lever, events: list[LifeEvent]) -> Iterator[Found]:
    """That the law excludes the lever, or that it does nothing."""
    try:
        for event in events:
            check_lawful(event, lever)
        if all(apply(event, [lever]) == event for event in events):
            yield (), "it changes nothing, neither in the event nor in its illustration"
    except ExcludedByLaw as refusal:
        yield (), f"{refusal.code}: {refusal}"


def _illustrations(
    reading: Reading, content: Content, laws: dict[str, str]
) -> Iterator[tuple[str, Illustration | None]]:
    for source, event in _files(reading, "illustrations", _illustration_checks(), content):
        yield event.key, _illustration(source, event, laws)


def _illustration(source: Source, event: LifeEvent, laws: dict[str, str]) -> Illustration | None:
    """The event before reforms; None if the file has findings."""
    errors: Errors = []
    document = source.document
    head: IllustrationHead = build(IllustrationHead, document["illustration"])
    changes: tuple[Change, ...] = build(tuple[Change, ...], document["changes"], "changes", errors)
    _tell(source, errors)
    for path, problem in check_bases(head, laws):
        source.tell(("illustration", *path), problem)
    base = replace(
        event,
        key=f"{event.key}-unreformed",
        name=head.name,
        summary=head.summary,
        places=(*event.places, *build(tuple[Place, ...], document.get("places", []))),
        evidence_types=(*event.evidence_types, *build(tuple[EvidenceType, ...], document.get("evidence_types", []))),
    )
    for n, change in enumerate(changes):
        if change.kind.reforms:
            source.tell(("changes", n, "kind"), f"`{change.kind.value}` is a reform: it belongs into a lever")
        for path, problem in check_change(change, base):
            source.tell(("changes", n, *path), problem)
    if source.findings:
        return None
    shown = base
    for n, change in enumerate(changes):
        after = undone(shown, [change], head.basis)
        for problem in check_effect(shown, after):
            source.tell(("changes", n), problem)
        shown = after
    known = {problem for _, problem in check_event(event, laws)}
    for problem in sorted(_new_problems(shown, laws, known)):
        source.tell(("illustration",), problem)
    return None if source.findings else Illustration(shown, head.basis, snapshot_of_event(shown))
