"""Build the catalogue's frozen dataclasses from plain documents, and publish their JSON Schema, from the type hints.

One builder serves YAML files and the documents kept in the database, so that the two cannot differ.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from onevisit.core.conditions import ALWAYS, BadCondition, Condition, parse
from onevisit.core.text import Text

Document = dict[str, Any]
Errors = list[BadCondition]


@cache
def _shape(cls: type) -> tuple[tuple[Field[Any], Any], ...]:
    hints = get_type_hints(cls)
    return tuple((one, hints[one.name]) for one in fields(cls))


def build(kind: Any, data: Any, where: str = "", errors: Errors | None = None) -> Any:
    """The value of type `kind` that a checked document describes.

    A condition that cannot be read raises BadCondition, whose `where` is the path in the document; given a list of
    `errors`, it is added there instead, so that all of them are found.
    """
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = next(k for k in get_args(kind) if k is not type(None))
        return None if data is None else build(inner, data, where, errors)
    if origin is tuple:
        of = get_args(kind)
        each = (of[0],) * len(data) if len(of) == 2 and of[1] is Ellipsis else of
        pairs = enumerate(zip(each, data, strict=True))
        return tuple(build(one, item, f"{where}/{n}", errors) for n, (one, item) in pairs)
    if kind is Condition:
        return _condition(data, where, errors)
    if kind is Text:
        return Text(data) if isinstance(data, str) else Text(data["zh"], data.get("en", ""))
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(kind, data, where, errors)
    return _scalar(kind, data)


def _condition(data: Any, where: str, errors: Errors | None) -> Condition:
    try:
        return parse(data, where)
    except BadCondition as problem:
        if errors is None:
            raise
        errors.append(problem)
        return ALWAYS


def _object(cls: type, data: Mapping[str, Any], where: str, errors: Errors | None) -> Any:
    shape = [(one, hint) for one, hint in _shape(cls) if one.name in data]
    return cls(**{one.name: build(hint, data[one.name], f"{where}/{one.name}", errors) for one, hint in shape})


def _scalar(kind: Any, data: Any) -> Any:
    if kind is Decimal:
        return Decimal(str(data))
    if kind is date:
        return data if isinstance(data, date) else date.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


SCALARS: dict[Any, Document] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date"},
    Condition: {"type": ["string", "boolean"], "description": "a condition (docs/conditions.md)"},
}
TEXT: Document = {
    "type": ["string", "object"],
    "description": "a text; with English: {zh: …, en: …}",
    "minLength": 1,
    "required": ["zh"],
    "additionalProperties": False,
    "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string"}},
}
SLUG: Document = {"pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "description": "words in small letters with hyphens"}
WORD: Document = {"pattern": "^[a-z][a-z0-9_]*$", "description": "small letters, digits and underscores"}
FACT: Document = {"pattern": r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", "description": "ROLE.name or matter.name"}
NOT_BELOW_0: Document = {"minimum": 0}
SOME: Document = {"minItems": 1}
NARROWER: dict[str, Document] = {  # what a type hint cannot say
    **{
        f"{name}.key": SLUG
        for name in (
            "LifeEvent",
            "Service",
            "Agency",
            "Place",
            "EvidenceType",
            "LicenceType",
            "Resource",
            "Step",
            "Lever",
        )
    },
    "LifeEvent.region": {"pattern": "^[0-9]{6}([0-9]{3}){0,2}$", "description": "code of an administrative division"},
    "LifeEvent.roles": SOME,
    "Role.key": WORD,
    "Parameter.key": WORD,
    "FactSpec.key": FACT,
    "Role.least": NOT_BELOW_0,
    "Role.most": {"minimum": 1},
    "FactSpec.max_length": {"minimum": 1},
    "Period.amount": NOT_BELOW_0,
    "Provisional.days": {"minimum": 1},
    "Fee.amount": NOT_BELOW_0,
    "Step.least": NOT_BELOW_0,
    "Step.most": NOT_BELOW_0,
    "Service.steps": SOME,
    "Service.audience": SOME,
    "Service.legal_basis": SOME,
    "EvidenceRequirement.accepts": SOME,
    "Option.value": {"minLength": 1},
    "Lever.changes": SOME,
    "Estimate.amount": NOT_BELOW_0,
    "Change.days": NOT_BELOW_0,
}


def schema(kind: Any, definitions: Document) -> Document:
    """The JSON Schema of a type; dataclasses go into `definitions` by name."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _or_null(schema(next(k for k in get_args(kind) if k is not type(None)), definitions))
    if origin is tuple:
        of = get_args(kind)
        if len(of) == 2 and of[1] is Ellipsis:
            return {"type": "array", "items": schema(of[0], definitions)}
        items = [schema(one, definitions) for one in of]
        return {"type": "array", "prefixItems": items, "minItems": len(of), "maxItems": len(of)}
    if kind is Text:
        return TEXT
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [one.value for one in kind]}
    if isinstance(kind, type) and is_dataclass(kind) and kind is not Condition:
        return _object_schema(kind, definitions)
    return SCALARS[kind]


def _or_null(inner: Document) -> Document:
    """Also nothing; written so that an error inside is told as such (an `anyOf` would hide it)."""
    return {"if": {"not": {"type": "null"}}, "then": inner}


def _object_schema(cls: type, definitions: Document) -> Document:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        required, properties = [], {}
        for one, hint in _shape(cls):
            properties[one.name] = schema(hint, definitions) | NARROWER.get(f"{cls.__name__}.{one.name}", {})
            if one.default is MISSING and one.default_factory is MISSING:
                required.append(one.name)
        definitions[cls.__name__] = {
            "type": "object",
            "description": (cls.__doc__ or "").strip(),
            "required": required,
            "properties": properties,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{cls.__name__}"}
