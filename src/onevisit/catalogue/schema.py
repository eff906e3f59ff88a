"""The published JSON Schemas: of a content file, and of an applicant's facts for an event."""

from dataclasses import dataclass

from onevisit.catalogue.build import Document, schema
from onevisit.core.basis import Basis
from onevisit.core.catalogue import Agency, EvidenceType, LicenceType, LifeEvent, Parameter, Place, Resource, Service
from onevisit.core.facts import FactSpec, FactType
from onevisit.core.levers.model import Change, Estimate, Lever
from onevisit.core.text import Text

DRAFT = "https://json-schema.org/draft/2020-12/schema"
LISTS = {
    "agencies": Agency,
    "places": Place,
    "evidence_types": EvidenceType,
    "licence_types": LicenceType,
    "resources": Resource,
    "parameters": Parameter,
    "facts": FactSpec,
    "services": Service,
}
LAW: Document = {
    "type": "object",
    "required": ["title", "version"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string"},
        "version": {"type": "string", "format": "date"},
        "note": {"type": "string"},
    },
}
DAYS: Document = {"type": "array", "items": {"type": "string", "format": "date"}}
CALENDAR_SCHEMA: Document = {
    "$schema": DRAFT,
    "title": "OneVisit calendar of one year",
    "type": "object",
    "additionalProperties": False,
    "required": ["year", "source", "mark", "holidays", "workdays"],
    "properties": {
        "year": {"type": "integer"},
        "source": {"type": "string"},
        "mark": {"enum": ["V", "E", "derived", "memory"]},
        "holidays": DAYS,
        "workdays": DAYS,
    },
}
_WORDS: Document = {"type": "string", "minLength": 1}
_DAY: Document = {"type": "string", "format": "date"}
LISTS_SCHEMA: Document = {
    "$schema": DRAFT,
    "title": "OneVisit public lists of life events past one visit (lists.yaml)",
    "type": "object",
    "additionalProperties": False,
    "required": ["entries"],
    "properties": {
        "entries": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["event", "list"],
                "properties": {
                    "event": _WORDS,
                    "list": {"enum": ["exceptions", "not-yet"]},
                    "law": _WORDS,
                    "article": _WORDS,
                    "entry": _WORDS,
                    "entry_date": _DAY,
                    "causes": _WORDS,
                    "who": _WORDS,
                    "change": _WORDS,
                    "until": _DAY,
                },
                "if": {"properties": {"list": {"const": "exceptions"}}},
                "then": {"required": ["law", "article", "entry", "entry_date"]},
                "else": {"required": ["causes", "who", "change", "until"]},
            },
        }
    },
}


@dataclass(frozen=True, slots=True)
class ReformHead:
    """What a file of content/reform is about."""

    event: str
    demand: Estimate  # how often the event is asked for in a year


@dataclass(frozen=True, slots=True)
class IllustrationHead:
    """What a file of content/illustrations shows: an event as it was before reforms, by its own name."""

    event: str
    name: Text
    summary: Text
    basis: Basis  # what the picture rests on


def content_schema() -> Document:
    """What a YAML file under content/regions and content/events may hold: one event, and lists of the other kinds."""
    definitions: Document = {}
    properties: Document = {name: {"type": "array", "items": schema(kind, definitions)} for name, kind in LISTS.items()}
    schema(LifeEvent, definitions)
    event = definitions.pop("LifeEvent")
    for name in LISTS:
        event["properties"].pop(name, None)
    event["required"] = [name for name in event["required"] if name not in LISTS]
    properties["event"] = event
    properties["laws"] = {"type": "array", "items": LAW}
    return {
        "$schema": DRAFT,
        "title": "OneVisit content file",
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": properties,
        "$defs": definitions,
    }


def levers_schema() -> Document:
    """What a YAML file under content/reform holds: the levers of one event, and how often it is asked for."""
    return _file("OneVisit levers of reform", {"reform": ReformHead}, {"levers": Lever}, ("reform", "levers"))


def illustration_schema() -> Document:
    """What a YAML file under content/illustrations holds: the changes that undo an event's reforms."""
    lists = {"places": Place, "evidence_types": EvidenceType, "changes": Change}
    needed = ("illustration", "changes")
    return _file("OneVisit illustration of an event before reforms", {"illustration": IllustrationHead}, lists, needed)


def _file(title: str, heads: dict[str, type], lists: dict[str, type], needed: tuple[str, ...]) -> Document:
    definitions: Document = {}
    properties: Document = {name: schema(kind, definitions) for name, kind in heads.items()}
    properties |= {name: {"type": "array", "items": schema(kind, definitions)} for name, kind in lists.items()}
    return {
        "$schema": DRAFT,
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "required": list(needed),
        "properties": properties,
        "$defs": definitions,
    }


def facts_schema(event: LifeEvent) -> Document:
    """What a facts file for this event may hold: fact keys with values of their types; left out = unknown."""
    return {
        "$schema": DRAFT,
        "title": f"Facts for {event.key}",
        "type": "object",
        "additionalProperties": False,
        "properties": {spec.key: _fact(spec) for spec in event.facts},
        "patternProperties": {
            rf"^{role.key}\[[2-{role.most}]\]\.{name}$": _fact(spec)
            for role in event.roles
            if role.most > 1
            for spec in event.facts
            if spec.role == role.key and (name := spec.key.split(".", 1)[1]) != "count"
        },
    }


def _fact(spec: FactSpec) -> Document:
    found: Document = {"description": spec.question.zh}
    if spec.type is FactType.BOOL:
        found["type"] = "boolean"
    elif spec.type is FactType.CHOICE:
        found["enum"] = [option.value for option in spec.options]
    elif spec.type in (FactType.INTEGER, FactType.DECIMAL):
        found["type"] = "integer" if spec.type is FactType.INTEGER else "number"
        if spec.minimum is not None:
            found["minimum"] = float(spec.minimum)
        if spec.maximum is not None:
            found["maximum"] = float(spec.maximum)
    elif spec.type is FactType.DATE:
        found |= {"type": "string", "format": "date"}
    else:
        found |= {"type": "string", "maxLength": spec.max_length}
    return found
