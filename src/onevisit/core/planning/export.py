"""A plan as JSON in one language, and the JSON Schema of that form, both read off the plan's own classes."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from onevisit.core.planning.guide import GuideFigures
from onevisit.core.planning.model import Plan
from onevisit.core.text import Text

Json = dict[str, Any]


def plan_to_json(plan: Plan, lang: str) -> Json:
    """The plan as `onevisit plan --json` prints it; texts in `lang`, money as decimal strings, days as numbers."""
    data: Json = _json(plan, lang)
    return {"lang": lang, **data}


def _json(value: object, lang: str) -> Any:
    if isinstance(value, Text):
        return value.of(lang)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: _json(getattr(value, field.name), lang) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _json(item, lang) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_json(item, lang) for item in value]
    return value


_PLAIN: Mapping[object, Json] = {
    Text: {"type": "string"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    date: {"type": "string", "format": "date"},
    object: {},
    NoneType: {"type": "null"},
}


def _schema(hint: Any, defs: Json) -> Json:
    """The schema of a type; classes go into `defs` once."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(arg, defs) for arg in args]}
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return {"type": "array", "items": _schema(args[0], defs)}
    if origin is tuple:
        items = [_schema(arg, defs) for arg in args]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if origin is dict:
        return {"type": "object"}
    if issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if hint.__name__ not in defs:
        defs[hint.__name__] = {}
        defs[hint.__name__] = _object(hint, defs)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _object(cls: Any, defs: Json) -> Json:
    hints = get_type_hints(cls)
    properties = {field.name: _schema(hints[field.name], defs) for field in fields(cls)}
    return {
        "type": "object",
        "description": (cls.__doc__ or "").strip(),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_VISIT_PROBLEM: Json = {
    "description": "The visit problem from which the number can be recomputed.",
    "anyOf": [
        {"type": "null"},
        {
            "type": "object",
            "required": ["steps", "order"],
            "additionalProperties": False,
            "properties": {
                "steps": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "required": ["who", "at"],
                        "additionalProperties": False,
                        "properties": {
                            "who": {"type": "array", "items": {"type": "string"}},
                            "at": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                            "window": {
                                "type": "array",
                                "items": {"type": "integer"},
                                "minItems": 2,
                                "maxItems": 2,
                            },
                        },
                    },
                },
                "order": {
                    "type": "array",
                    "items": {
                        "type": "array",
                        "prefixItems": [{"type": "string"}, {"type": "string"}, {"enum": ["split", "instant"]}],
                        "minItems": 3,
                        "maxItems": 4,
                    },
                },
            },
        },
    ],
}


def _plan_schema() -> Json:
    defs: Json = {}
    plan = _object(Plan, defs)
    plan["properties"] = {"lang": {"type": "string"}, **plan["properties"], "visit_problem": _VISIT_PROBLEM}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "OneVisit plan (办理方案)",
        **plan,
        "required": ["lang", *plan["required"]],
        "$defs": defs,
    }


PLAN_SCHEMA: Final[Json] = _plan_schema()


def guide_to_json(guide: GuideFigures, lang: str) -> Json:
    """The guide's figures in the same way."""
    data: Json = _json(guide, lang)
    data["online"]["witness"], data["walk_in"]["witness"] = (
        {key: _json(value, lang) for key, value in worst.witness} for worst in (guide.online, guide.walk_in)
    )
    return {"lang": lang, **data}


def _guide_schema() -> Json:
    defs: Json = {}
    guide = _object(GuideFigures, defs)
    defs["WorstCase"]["properties"]["witness"] = {"type": "object", "description": "Facts of such an applicant."}
    guide["properties"] = {"lang": {"type": "string"}, **guide["properties"]}
    return {**guide, "title": "OneVisit guide (办事指南)", "required": ["lang", *guide["required"]], "$defs": defs}


GUIDE_SCHEMA: Final[Json] = _guide_schema()
