"""The OpenAPI document in rows for the page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.utils.translation import get_language, gettext

from onevisit.api.document import REF, TAGS, document
from onevisit.core.errors import Refusal
from onevisit.machines.queries import SCOPES
from onevisit.ui.words import SOURCE

Json = dict[str, Any]
DEEPEST = 4  # levels of an example


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter, or a field of a body."""

    name: str
    where: str
    type: str
    required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    words: str
    scope: str
    rows: list[Row]
    media: str
    example: str
    answers: list[tuple[str, str, str]]  # status, what it means, an example


def context() -> dict[str, object]:
    """What the page shows."""
    return {
        "groups": _groups(get_language() or SOURCE),
        "problems": _problems(),
        "webhooks": _webhooks(),
        "scopes": SCOPES.items(),
    }


@lru_cache
def _groups(_lang: str) -> list[tuple[str, str, list[Operation]]]:
    found: dict[str, list[Operation]] = {tag: [] for tag in TAGS}
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append(_operation(path, method, operation))
    return [(tag, gettext(TAGS[tag]), operations) for tag, operations in found.items() if operations]


def _operation(path: str, method: str, of: Json) -> Operation:
    body = of.get("requestBody", {}).get("content", {})
    media, schema = next(((media, one["schema"]) for media, one in body.items()), ("", {}))
    scopes = [scope for one in of.get("security", []) for scope in one["oauth2"]]
    return Operation(
        id=of["operationId"],
        method=method.upper(),
        path=path,
        summary=of["summary"],
        words=of.get("description", ""),
        scope=" ".join(scopes),
        rows=[*_parameters(of), *_fields(schema)],
        media=media,
        example=_pretty(schema) if media == "application/json" else "",
        answers=[_answer(status, one) for status, one in of["responses"].items()],
    )


def _parameters(of: Json) -> Iterator[Row]:
    for one in of.get("parameters", []):
        yield Row(one["name"], one["in"], _type(one["schema"]), one["required"], one.get("description", ""))


def _fields(schema: Json) -> Iterator[Row]:
    whole = _resolved(schema)
    required = whole.get("required", [])
    for name, one in whole.get("properties", {}).items():
        yield Row(name, "body", _type(one), name in required, one.get("description", ""))


def _answer(status: str, answer: Json) -> tuple[str, str, str]:
    if "$ref" in answer:
        return status, document()["components"]["responses"][status]["description"], ""
    content = answer.get("content", {}).get("application/json", {})
    example = _pretty(content["schema"]) if content and status < "300" else ""
    return status, answer.get("description", ""), example


def _resolved(schema: Json) -> Json:
    if "$ref" in schema:
        found: Json = document()["components"]["schemas"][schema["$ref"].removeprefix(REF)]
        return found
    return schema


def _type(schema: Json) -> str:
    """A type in a word or two."""
    if "$ref" in schema:
        return str(schema["$ref"].removeprefix(REF))
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type", "object"))


def _pretty(schema: Json) -> str:
    return json.dumps(_example(schema, 0), ensure_ascii=False, indent=2)


def _example(schema: Json, depth: int) -> object:
    """A value of the schema, as deep as helps."""
    whole = _resolved(schema)
    if "examples" in whole:
        return whole["examples"][0]
    if "default" in whole:
        return whole["default"]
    if "anyOf" in whole:
        return _example(whole["anyOf"][0], depth)
    if "enum" in whole or "const" in whole:
        return whole.get("const") or whole["enum"][0]
    kind = whole.get("type")
    if kind == "array":
        return [_example(whole["items"], depth + 1)] if depth < DEEPEST and "items" in whole else []
    if kind == "object":
        fields = whole.get("properties", {})
        return {name: _example(one, depth + 1) for name, one in fields.items()} if depth < DEEPEST else {}
    plain = {"integer": 1, "number": 1.0, "boolean": True, "null": None}
    formats = {
        "uuid": "019ac1f2-0000-7000-8000-000000000000",
        "date": "2026-11-30",
        "date-time": "2026-11-30T09:30:00+08:00",
    }
    return plain[kind] if kind in plain else formats.get(whole.get("format", ""), "…")


def _problems() -> list[tuple[str, int, str, str]]:
    """Every refusal that there is: code, status, phrase, sentence; by status."""
    found = {one.code: one for one in _kinds(Refusal) if one.code != Refusal.code}
    rows = [(code, one.status, HTTPStatus(one.status).phrase, gettext(one.sentence)) for code, one in found.items()]
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _kinds(of: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _webhooks() -> list[tuple[str, str, str]]:
    body: Json = {"$ref": REF + "HookMessage"}
    example = _example(body, 0)
    assert isinstance(example, dict)
    return [
        (name, one["post"]["summary"], json.dumps({**example, "type": name}, ensure_ascii=False, indent=2))
        for name, one in document()["webhooks"].items()
    ]
