"""The proof that a version is published with (until the prover exists: a full enumeration), as a document and back."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from onevisit.catalogue.build import Document, build
from onevisit.core.planning.guide import GuideFigures


def proof_of(guide: GuideFigures) -> Document:
    """The enumeration as a JSON document."""
    document: Document = dump(guide)
    return document


def guide_of(proof: Document) -> GuideFigures:
    """The enumeration that a stored proof holds."""
    guide: GuideFigures = build(GuideFigures, {k: v for k, v in proof.items() if k != "published_by"})
    return guide


def dump(value: Any) -> Any:
    """A frozen value as JSON holds it; `build` makes it again."""
    if is_dataclass(value):
        return {one.name: dump(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
