"""Examine an event by all rules, and say where in the files each remark stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onevisit.catalogue.build import Document
from onevisit.catalogue.examining.audience import audiences, licence_steps
from onevisit.catalogue.examining.conditions import examine_conditions
from onevisit.catalogue.examining.constraints import examine_answers, examine_constraints
from onevisit.catalogue.examining.evidence import demanded_though_issued, demanded_though_known, proved_by_nothing
from onevisit.catalogue.examining.learning import learnt_on_the_way
from onevisit.catalogue.examining.money import money
from onevisit.catalogue.examining.naming import catch_all, two_names
from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.catalogue.examining.services import (
    idle_steps,
    licences_not_taken,
    power_without_article,
    promise_over_limit,
)
from onevisit.catalogue.examining.standard import presence, promise_and_steps, results
from onevisit.catalogue.load import Content
from onevisit.catalogue.source import Finding
from onevisit.core.catalogue import LifeEvent
from onevisit.core.text import Text

Rule = Callable[[LifeEvent], Iterator[Remark]]
RULES: tuple[Rule, ...] = (
    examine_constraints,
    examine_answers,
    examine_conditions,
    proved_by_nothing,
    demanded_though_issued,
    demanded_though_known,
    catch_all,
    two_names,
    promise_over_limit,
    power_without_article,
    idle_steps,
    licences_not_taken,
    promise_and_steps,
    results,
    presence,
    money,
    audiences,
    licence_steps,
    learnt_on_the_way,
)


def examine(event: LifeEvent) -> Iterator[Remark]:
    """Every remark of every rule."""
    for rule in RULES:
        yield from rule(event)


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """A remark with the file and line where it stands; of a region's file it is told once for all events."""

    file: str
    line: int
    code: str
    severity: Severity
    zh: str
    en: str
    suggestion_zh: str = ""
    suggestion_en: str = ""
    agency: str = ""

    def words(self, lang: str) -> str:
        """One line: where, how bad, what, what to do."""
        problem, suggestion = Text(self.zh, self.en), Text(self.suggestion_zh, self.suggestion_en)
        todo = f" → {suggestion.of(lang)}" if suggestion.zh else ""
        return f"{self.file}:{self.line}: {self.severity.words.of(lang)} {self.code}: {problem.of(lang)}{todo}"

    def document(self) -> Document:
        """As JSON (`onevisit schema check`)."""
        return {
            "file": self.file,
            "line": self.line,
            "code": self.code,
            "severity": self.severity.value,
            "problem": {"zh": self.zh, "en": self.en},
            "suggestion": {"zh": self.suggestion_zh, "en": self.suggestion_en},
            "agency": self.agency,
        }


def examined(content: Content) -> tuple[Told, ...]:
    """What is to be said of all events, in the order of files and lines."""
    return tuple(sorted({told(content, slug, one) for slug, event in content.events.items() for one in examine(event)}))


def told(content: Content, slug: str, remark: Remark) -> Told:
    """The remark with the place of its path in the event's files."""
    file, line = content.resolved[slug].place(remark.path)
    problem, suggestion = remark.problem, remark.suggestion
    words = (problem.zh, problem.of("en"), suggestion.zh, suggestion.of("en"))
    return Told(file, line, remark.code, remark.severity, *words, remark.agency)


def of_finding(finding: Finding) -> Told:
    """What was found wrong on reading: an error with the code `content`."""
    return Told(finding.file, finding.line, "content", Severity.ERROR, finding.problem, finding.problem)


_TEXT: Document = {
    "type": "object",
    "required": ["zh", "en"],
    "additionalProperties": False,
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
CHECK_SCHEMA: Document = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "OneVisit examination of content",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["file", "line", "code", "severity", "problem", "suggestion", "agency"],
        "additionalProperties": False,
        "properties": {
            "file": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "code": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "severity": {"enum": [one.value for one in Severity]},
            "problem": _TEXT,
            "suggestion": _TEXT,
            "agency": {"type": "string", "description": "key of the agency that has to mend it; empty: the lead"},
        },
    },
}
