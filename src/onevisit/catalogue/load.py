"""Read content/: check every file against the schema, every reference, every condition; then build the events.

All findings are told at once, each with file, line and what was expected. Needs no database.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import jsonschema_rs

from onevisit.catalogue.build import Document, build
from onevisit.catalogue.references import check_event
from onevisit.catalogue.schema import CALENDAR_SCHEMA, content_schema
from onevisit.catalogue.source import Finding, Source, read
from onevisit.catalogue.suggest import expected
from onevisit.core.catalogue import Agency, LifeEvent, Place
from onevisit.core.errors import Refusal
from onevisit.core.law.worktime import Calendar


class BadContent(Refusal):
    """The content has findings; `findings` has them all."""

    code: ClassVar[str] = "bad-content"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "目录内容有 {count} 处要改：\n{list}"

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = tuple(sorted(set(findings)))
        super().__init__(count=len(self.findings), list="\n".join(str(one) for one in self.findings))


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under content/, checked and built; snapshots and documents by the event's slug."""

    events: dict[str, LifeEvent]
    snapshots: dict[str, str]
    documents: dict[str, Document]
    calendar: Calendar
    laws: dict[str, str]  # title -> version date
    agencies: tuple[Agency, ...]
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Reading:
    """What is read so far."""

    folder: Path
    findings: list[Finding] = field(default_factory=list)
    lists: dict[str, list[tuple[Any, Source, int]]] = field(default_factory=dict)

    def take(self, path: Path, validator: Any) -> Source:
        """Read one file, check it, and keep its lists."""
        source = read(path, str(path.relative_to(self.folder)))
        if source.document is not None:
            for error in validator.iter_errors(source.document):
                source.tell(tuple(error.instance_path), expected(error))
            if source.findings:
                source.document = None
        self.findings += source.findings
        return source


@cache
def _validator() -> Any:
    return jsonschema_rs.Draft202012Validator(content_schema())


def read_content(folder: Path) -> Content:
    """All content of the folder; raises BadContent with every finding."""
    reading = _Reading(folder)
    laws = _laws(reading)
    calendar = read_calendar(folder, reading.findings)
    documents: dict[str, Document] = {}
    places: dict[str, dict[tuple[str, str], tuple[Source, int]]] = {}
    for event_folder in sorted((folder / "events").glob("*")):
        document, where = _event(reading, event_folder)
        if document is not None:
            documents[document["key"]], places[document["key"]] = document, where
    if reading.findings:
        raise BadContent(reading.findings)
    events: dict[str, LifeEvent] = {}
    for slug, document in documents.items():
        try:
            event: LifeEvent = build(LifeEvent, document)
        except Refusal as problem:
            raise BadContent([_located(problem, places[slug], document)]) from problem
        reading.findings += check_event(event, laws, places[slug])
        events[slug] = event
    if reading.findings:
        raise BadContent(reading.findings)
    snapshots = {slug: snapshot_of(document) for slug, document in documents.items()}
    agencies = {one.key: one for event in events.values() for one in event.agencies}
    halls = {one.key: one for event in events.values() for one in event.places}
    return Content(events, snapshots, documents, calendar, laws, tuple(agencies.values()), tuple(halls.values()))


def snapshot_of(document: Document) -> str:
    """The hash that names a version: SHA-256 of the resolved document as canonical JSON."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _laws(reading: _Reading) -> dict[str, str]:
    path = reading.folder / "laws.yaml"
    source = reading.take(path, _validator()) if path.exists() else None
    document = source.document if source else None
    return {law["title"]: law["version"] for law in (document or {}).get("laws", [])}


def _files(reading: _Reading, folder: Path) -> Iterator[Source]:
    for path in sorted(folder.rglob("*.yaml")):
        if "cases" not in path.relative_to(folder).parts:
            yield reading.take(path, _validator())


Places = dict[tuple[str, str], tuple[Source, int]]


def _event(reading: _Reading, folder: Path) -> tuple[Document | None, Places]:
    """The event's resolved document, and where each keyed item of its lists stands."""
    head: Document | None = None
    lists: dict[str, list[Any]] = {}
    where: Places = {}
    sources = list(_files(reading, folder))
    for source in sources:
        head = (source.document or {}).get("event") or head
    if head is None:
        if all(source.document is not None for source in sources):
            reading.findings.append(Finding(str(folder.relative_to(reading.folder)), 1, "no file here has an `event:`"))
        return None, where
    for source in [*_files(reading, reading.folder / "regions" / str(head.get("region", ""))), *sources]:
        for name, items in (source.document or {}).items():
            if name == "event":
                continue
            for number, item in enumerate(items):
                key = (name, item.get("key", ""))
                if key in where:
                    other = where[key][0].file
                    source.tell((name, number), f"{name} has `{key[1]}` twice; the other stands in {other}")
                    reading.findings.append(source.findings[-1])
                where[key] = (source, number)
                lists.setdefault(name, []).append(item)
    lists.pop("laws", None)
    return head | lists, where


def _located(problem: Refusal, places: Places, document: Document) -> Finding:
    """A condition that cannot be read: its path in the document leads to file and line."""
    path = [part for part in str(problem.data.get("where", "")).strip("：: ").split("/") if part]
    if len(path) >= 2 and path[0] in document and path[1].isdigit():
        item = document[path[0]][int(path[1])]
        source, number = places[path[0], item["key"]]
        rest = tuple(int(part) if part.isdigit() else part for part in path[2:])
        return Finding(source.file, source.line((path[0], number, *rest)), str(problem))
    return Finding("events", 1, str(problem))


def read_calendar(folder: Path, findings: list[Finding]) -> Calendar:
    """The working-day calendar of content/calendar; findings are added to the list."""
    holidays: set[date] = set()
    workdays: set[date] = set()
    years: set[int] = set()
    validator = jsonschema_rs.Draft202012Validator(CALENDAR_SCHEMA, validate_formats=True)
    reading = _Reading(folder, findings)
    for path in sorted((folder / "calendar").glob("*.yaml")):
        document = reading.take(path, validator).document
        if document:
            years.add(document["year"])
            holidays |= {date.fromisoformat(day) for day in document["holidays"]}
            workdays |= {date.fromisoformat(day) for day in document["workdays"]}
    return Calendar(frozenset(holidays), frozenset(workdays), max(years, default=0))
