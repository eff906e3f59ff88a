"""The published JSON Schemas: of a content file, and of an applicant's facts for an event."""

from onevisit.catalogue.build import Document, schema
from onevisit.core.catalogue import Agency, EvidenceType, LicenceType, LifeEvent, Parameter, Place, Resource, Service
from onevisit.core.facts import FactSpec, FactType

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
