"""Read content/: check every file against the schema, every reference, every condition; then build the events.

All findings are told at once, each with file, line and what was expected. Needs no database.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from onevisit.catalogue.build import Document, Errors, build
from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.reading import Reading, Resolved
from onevisit.catalogue.references import check_event, told
from onevisit.catalogue.source import Finding
from onevisit.core.catalogue import LifeEvent
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
    resolved: dict[str, Resolved]  # where each part of a document stands in the files
    entries: dict[str, EntryInput]  # on the public lists, by the event's slug


def read_content(folder: Path) -> Content:
    """All content of the folder; raises BadContent with every finding."""
    reading = Reading(folder)
    laws = reading.laws()
    calendar = reading.calendar()
    entries = reading.entries()
    resolved = list(reading.events())
    events: dict[str, LifeEvent] = {}
    if not reading.findings:  # with files that cannot be read, names that lead nowhere say nothing
        for one in resolved:
            event = _built(one, reading.findings)
            reading.findings += [one.finding(path, problem) for path, problem in check_event(event, laws)]
            events[event.key] = event
    if reading.findings:
        raise BadContent(reading.findings)
    documents = {one.document["key"]: one.document for one in resolved}
    snapshots = {slug: snapshot_of(document) for slug, document in documents.items()}
    return Content(events, snapshots, documents, calendar, {one.document["key"]: one for one in resolved}, entries)


def canonical(document: Document) -> str:
    """The one spelling of a version's document: JSON with its keys sorted, without spaces."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def snapshot_of(document: Document) -> str:
    """The hash that names a version: SHA-256 of the resolved document as canonical JSON."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def _built(one: Resolved, findings: list[Finding]) -> LifeEvent:
    """The event; conditions that cannot be read are told, and stand as always true meanwhile."""
    errors: Errors = []
    event: LifeEvent = build(LifeEvent, one.document, errors=errors)
    for problem in errors:
        parts = str(problem.data["where"]).strip("/： ").split("/")
        path = tuple(int(part) if part.isdigit() else part for part in parts)
        findings.append(one.finding(path, told(problem)))
    return event
