"""Take a draft's document, and examine it before it is proved: what stands in the way, each with its path."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from django.conf import settings

from onevisit.catalogue.build import Document, Errors, build, schema
from onevisit.catalogue.errors import BadDraft
from onevisit.catalogue.examining.examine import examine
from onevisit.catalogue.examining.remark import Severity
from onevisit.catalogue.load import canonical
from onevisit.catalogue.reading import Reading
from onevisit.catalogue.references import check_event, told
from onevisit.catalogue.schema import DRAFT
from onevisit.catalogue.suggest import Path_, expected
from onevisit.catalogue.values import Finding
from onevisit.core.catalogue import LifeEvent
from onevisit.core.text import Text

MOST_TOLD = 50  # problems of one document


def read_document(data: bytes, region: str) -> Document:
    """The document of a version of the region, as it is downloaded. Raises BadDraft with the path of each problem."""
    document = _json(data)
    validator, keys = _event_checks()
    problems = [problem for error in validator.iter_errors(document) for _, problem in expected(error, keys)]
    if problems:
        raise BadDraft(problems[:MOST_TOLD])
    if document["region"] != region:
        raise BadDraft([f"`region` is `{document['region']}`; this installation serves `{region}`."])
    errors: Errors = []
    build(LifeEvent, document, errors=errors)
    if errors:
        raise BadDraft([f"`{one.data['where']}` {told(one)}" for one in errors][:MOST_TOLD])
    return document


def examine_document(document: Document) -> tuple[Finding, ...]:
    """Names that lead nowhere, contradictions, circles; without those, the remarks of the examination, errors first.

    Laws that may be cited are those of content/laws.yaml.
    """
    event: LifeEvent = build(LifeEvent, document)
    laws = Reading(Path(settings.CONTENT)).laws()
    found = [Finding(_path(path), Text(problem, problem)) for path, problem in check_event(event, laws)]
    remarks = [] if found else sorted(examine(event), key=lambda one: list(Severity).index(one.severity))
    found += [
        Finding(_path(one.path), one.problem, one.code, one.severity, one.suggestion, one.agency) for one in remarks
    ]
    return tuple(found)


def _path(path: Path_) -> str:
    return ".".join(str(part) for part in path)


def _json(data: bytes) -> Document:
    try:
        document = json.loads(data.decode(), object_pairs_hook=_once, parse_float=_fraction, parse_constant=_no_number)
        text = canonical(document)
        text.encode()
    except (ValueError, RecursionError) as error:
        raise BadDraft([f"this is no JSON document: {error}"]) from error
    if "\\u0000" in text:
        raise BadDraft(["a text has a NUL character"])
    if not isinstance(document, dict):
        raise BadDraft(["the document should be a mapping"])
    return document


def _once(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = sorted({key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1})
        raise ValueError(f"a mapping has the key `{twice[0]}` twice")
    return found


def _fraction(text: str) -> float:
    """A fraction that the database gives back as it was written, so that the document keeps its hash."""
    value = float(text)
    if "e" in repr(value) or "n" in repr(value) or text.startswith("-0."):
        raise ValueError(f"the number {text} should be written plainly, such as 0.5 or 1200")
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


@cache
def _event_checks() -> tuple[Any, tuple[str, ...]]:
    """The validator of a version's document, and every key that there is (for suggestions)."""
    definitions: Document = {}
    whole = {"$schema": DRAFT, **schema(LifeEvent, definitions), "$defs": definitions}
    keys = {key for one in definitions.values() for key in one["properties"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True), tuple(sorted(keys))
