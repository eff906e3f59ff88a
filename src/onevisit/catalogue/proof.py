"""The proof that a version is published with (the solver's, and an enumeration's figures), as a document and back."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from onevisit.catalogue.build import Document, build
from onevisit.catalogue.errors import NoProof
from onevisit.core.catalogue import LifeEvent
from onevisit.core.errors import Refusal
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.guide import GuideFigures, enumerate_guide
from onevisit.core.proving.proof import Proof, prove

FORMAT = "onevisit-proof 1"
SOLVER = "solver"  # its key among the figures of a version's enumeration
PAST = 2  # visits of an event of which nothing is proved: it counts as past one

_proofs: dict[str, Document] = {}  # by snapshot, which names all that was enumerated; this process's own


def proof_of_version(event: LifeEvent, snapshot: str) -> Document:
    """The proof of the version's visits, for everybody. Raises NoProof."""
    if snapshot not in _proofs:
        try:
            graph = compile_event(event, snapshot)
            _proofs[snapshot] = proof_of(enumerate_guide(graph)) | {SOLVER: dump(prove(graph))}
        except Refusal as problem:
            raise NoProof(event=event.name, why=str(problem)) from problem
    return _proofs[snapshot]


def worst_of(proof: Document) -> int:
    """The most visits of anybody by a stored proof, online or walking in (浙江规定 6: he may choose)."""
    if SOLVER not in proof:  # of before the solver
        return max(int(proof[channel]["worst"]) for channel in ("online", "walk_in"))
    made: Proof = build(Proof, proof[SOLVER])
    return made.worst if made.proved else max(made.worst, PAST)


def file_of(proof: Document) -> Document | None:
    """The proof as a file that `onevisit prove --check` reads; none of before the solver."""
    return {"format": FORMAT, "proofs": [proof[SOLVER]]} if SOLVER in proof else None


def proof_of(guide: GuideFigures) -> Document:
    """The enumeration as a JSON document."""
    document: Document = dump(guide)
    return document


def guide_of(proof: Document) -> GuideFigures:
    """The enumeration that a stored proof holds."""
    guide: GuideFigures = build(GuideFigures, {k: v for k, v in proof.items() if k not in ("published_by", SOLVER)})
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
