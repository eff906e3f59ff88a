"""Read the files of content/ against their schemas, and put an event's files together into one document."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from onevisit.catalogue.build import Document, build
from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.schema import CALENDAR_SCHEMA, LISTS, LISTS_SCHEMA, content_schema
from onevisit.catalogue.source import Finding, Source, read
from onevisit.catalogue.suggest import Path_, expected
from onevisit.core.law.worktime import SATURDAY, Calendar


@dataclass(frozen=True, slots=True)
class Resolved:
    """One event with the lists of all its files, and where each of them stands."""

    document: Document
    head: Source  # the file with `event:`
    items: dict[tuple[str | int, str | int], tuple[Source, int]]  # (list, place in the document) → file, place there

    def place(self, path: Path_) -> tuple[str, int]:
        """File and line of a path of the document."""
        if path[:2] in self.items:
            source, number = self.items[path[0], path[1]]
            return source.file, source.line((path[0], number, *path[2:]))
        return self.head.file, self.head.line(("event", *path))

    def finding(self, path: Path_, problem: str) -> Finding:
        """A finding at a path of the document, told with file and line."""
        return Finding(*self.place(path), problem)


@cache
def _content() -> tuple[Any, tuple[str, ...]]:
    """The validator of a content file, and every key that there is (for suggestions)."""
    schema = content_schema()
    keys = {*schema["properties"], *(key for one in schema["$defs"].values() for key in one["properties"])}
    keys |= {*schema["properties"]["event"]["properties"], "zh", "en"}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True), tuple(sorted(keys))


@cache
def _calendar() -> tuple[Any, tuple[str, ...]]:
    validator = jsonschema_rs.Draft202012Validator(CALENDAR_SCHEMA, validate_formats=True)
    return validator, tuple(CALENDAR_SCHEMA["properties"])


@cache
def _lists() -> tuple[Any, tuple[str, ...]]:
    entry = LISTS_SCHEMA["properties"]["entries"]["items"]["properties"]
    validator = jsonschema_rs.Draft202012Validator(LISTS_SCHEMA, validate_formats=True)
    return validator, ("entries", *entry)


@dataclass(slots=True)
class Reading:
    """A content folder and all that was found wrong in it so far."""

    folder: Path
    findings: list[Finding] = field(default_factory=list)

    def take(self, path: Path, checks: tuple[Any, tuple[str, ...]]) -> Source:
        """One file, read and checked; its document is None if it has findings."""
        validator, keys = checks
        source = read(path, str(path.relative_to(self.folder)))
        if source.document is not None:
            for error in validator.iter_errors(source.document):
                for at, problem in expected(error, keys):
                    source.tell(at, problem)
            if source.findings:
                source.document = None
        self.findings += source.findings
        return source

    def tell(self, where: str, problem: str) -> None:
        """A finding about a folder as a whole."""
        self.findings.append(Finding(where, 1, problem))

    def laws(self) -> dict[str, str]:
        """Titles of the laws that may be cited → date of the version that was read."""
        path = self.folder / "laws.yaml"
        document = self.take(path, _content()).document if path.exists() else None
        return {law["title"]: law["version"] for law in (document or {}).get("laws", [])}

    def entries(self) -> dict[str, EntryInput]:
        """Entries of the two public lists in lists.yaml, by the event's slug."""
        path = self.folder / "lists.yaml"
        source = self.take(path, _lists()) if path.exists() else None
        found: dict[str, EntryInput] = {}
        for number, one in enumerate(((source and source.document) or {}).get("entries", [])):
            if one["event"] in found:
                self.tell(f"lists.yaml, entry {number + 1}", f"`{one['event']}` stands on the lists twice")
            given = {key: value for key, value in one.items() if key != "event"}
            found[one["event"]] = build(EntryInput, given | {"declared": True})
        return found

    def calendar(self) -> Calendar:
        """The working-day calendar of calendar/*.yaml."""
        holidays: set[date] = set()
        workdays: set[date] = set()
        years: set[int] = set()
        for path in sorted((self.folder / "calendar").glob("*.yaml")):
            source = self.take(path, _calendar())
            if source.document:
                self.findings += _odd_days(source)
                years.add(source.document["year"])
                holidays |= {date.fromisoformat(day) for day in source.document["holidays"]}
                workdays |= {date.fromisoformat(day) for day in source.document["workdays"]}
        if not years and not self.findings:
            self.tell("calendar", "no year is here; expected files such as calendar/2026.yaml")
        return Calendar(frozenset(holidays), frozenset(workdays), max(years, default=0))

    def events(self) -> Iterator[Resolved]:
        """Every event whose files can be read; what cannot is told."""
        folders = [one for one in sorted((self.folder / "events").glob("*")) if one.is_dir()]
        if not folders:
            self.tell("events", "no event is here; expected folders such as events/open-restaurant")
        for folder in folders:
            sources = list(self._files(folder))
            heads = [source for source in sources if source.document and "event" in source.document]
            name = str(folder.relative_to(self.folder))
            if len(heads) == 1:
                yield self._resolved(folder, heads[0], sources)
            elif len(heads) > 1:
                files = ", ".join(source.file for source in heads)
                self.tell(name, f"`event:` stands in several files ({files}); a folder holds one event")
            elif all(source.document is not None for source in sources):
                self.tell(name, "no file here has an `event:`")

    def _files(self, folder: Path) -> Iterator[Source]:
        for path in sorted(folder.rglob("*.y*ml")):
            if path.suffix == ".yml":
                self.tell(str(path.relative_to(self.folder)), "this file is not read; call it .yaml")
            elif "cases" not in path.relative_to(folder).parts:
                yield self.take(path, _content())

    def _resolved(self, folder: Path, head: Source, sources: list[Source]) -> Resolved:
        event = head.document["event"]
        found = Resolved(dict(event), head, {})
        region = self.folder / "regions" / event["region"]
        if event["key"] != folder.name:
            self.findings.append(found.finding(("key",), f"the event in this folder has the key `{folder.name}`"))
        if not region.is_dir():
            self.findings.append(found.finding(("region",), f"there is no folder regions/{event['region']}"))
        seen: dict[tuple[str, str], str] = {}
        for source in [*self._files(region), *sources]:
            for name, items in (source.document or {}).items():
                if name in LISTS:
                    self._add(found, source, name, items, seen)
                elif name == "laws":
                    problem = "laws stand in laws.yaml, for all events"
                    self.findings.append(Finding(source.file, source.line((name,)), problem))
        for name in LISTS:
            found.document.setdefault(name, [])
        return found

    def _add(
        self, found: Resolved, source: Source, name: str, items: list[Document], seen: dict[tuple[str, str], str]
    ) -> None:
        for number, item in enumerate(items):
            key = (name, item["key"])
            if key in seen:
                problem = f"{name} has `{key[1]}` twice; the other stands in {seen[key]}"
                self.findings.append(Finding(source.file, source.line((name, number)), problem))
            seen[key] = source.file
            together = found.document.setdefault(name, [])
            found.items[name, len(together)] = (source, number)
            together.append(item)


def _odd_days(source: Source) -> Iterator[Finding]:
    """Days of a calendar file that cannot be right."""
    year = source.document["year"]
    if Path(source.file).stem != str(year):
        yield Finding(source.file, source.line(("year",)), f"the file of the year {year} is called {year}.yaml")
    for kind in ("holidays", "workdays"):
        for number, text in enumerate(source.document[kind]):
            day, line = date.fromisoformat(text), source.line((kind, number))
            if day.year != year:
                yield Finding(source.file, line, f"{text} is no day of {year}")
            if kind == "workdays" and day.weekday() < SATURDAY:
                yield Finding(source.file, line, f"{text} is no weekend, so it is worked anyway")
            if source.document[kind].count(text) > 1 or (kind == "workdays" and text in source.document["holidays"]):
                yield Finding(source.file, line, f"{text} stands here twice")
