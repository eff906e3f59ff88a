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

from onevisit.core.conditions import Condition, parse
from onevisit.core.text import Text

Document = dict[str, Any]


@cache
def _shape(cls: type) -> tuple[tuple[Field[Any], Any], ...]:
    hints = get_type_hints(cls)
    return tuple((one, hints[one.name]) for one in fields(cls))


def build(kind: Any, data: Any, where: str = "") -> Any:
    """The value of type `kind` that a checked document describes; raises BadCondition for a bad condition."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else build(next(k for k in get_args(kind) if k is not type(None)), data, where)
    if origin is tuple:
        of = get_args(kind)
        if len(of) == 2 and of[1] is Ellipsis:
            return tuple(build(of[0], item, f"{where}/{n}") for n, item in enumerate(data))
        return tuple(build(one, item, where) for one, item in zip(of, data, strict=True))
    if origin is dict:
        return dict(data)
    if kind is Condition:
        return parse(data, where)
    if kind is Text:
        return Text(data) if isinstance(data, str) else Text(data["zh"], data.get("en", ""))
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(kind, data, where)
    return _scalar(kind, data)


def _object(cls: type, data: Mapping[str, Any], where: str) -> Any:
    values = {
        one.name: build(hint, data[one.name], f"{where}/{one.name}") for one, hint in _shape(cls) if one.name in data
    }
    return cls(**values)


def _scalar(kind: Any, data: Any) -> Any:
    if kind is Decimal:
        return Decimal(str(data))
    if kind is date:
        return data if isinstance(data, date) else date.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


SCALARS: dict[Any, Document] = {
    str: {"type": "string"}, bool: {"type": "boolean"}, int: {"type": "integer"}, Decimal: {"type": "number"},
    date: {"type": "string", "format": "date"},
    Condition: {"type": ["string", "boolean"], "description": "a condition (docs/catalogue-authors.md)"},
}
TEXT: Document = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "object", "required": ["zh"], "additionalProperties": False,
         "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string"}}},
    ]
}


def schema(kind: Any, definitions: Document) -> Document:
    """The JSON Schema of a type; dataclasses go into `definitions` by name."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = schema(next(k for k in get_args(kind) if k is not type(None)), definitions)
        return {"anyOf": [inner, {"type": "null"}]}
    if origin is tuple:
        of = get_args(kind)
        if len(of) == 2 and of[1] is Ellipsis:
            return {"type": "array", "items": schema(of[0], definitions)}
        return {"type": "array", "prefixItems": [schema(one, definitions) for one in of], "items": False}
    if origin is dict:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if kind is Text:
        return TEXT
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [one.value for one in kind]}
    if isinstance(kind, type) and is_dataclass(kind) and kind is not Condition:
        return _object_schema(kind, definitions)
    return SCALARS[kind]


def _object_schema(cls: type, definitions: Document) -> Document:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        required, properties = [], {}
        for one, hint in _shape(cls):
            properties[one.name] = schema(hint, definitions)
            if one.default is MISSING and one.default_factory is MISSING:
                required.append(one.name)
        definitions[cls.__name__] = {
            "type": "object", "description": (cls.__doc__ or "").strip(), "required": required,
            "properties": properties, "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{cls.__name__}"}
