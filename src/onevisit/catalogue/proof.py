"""The proof that a version is published with (the solver's, and an enumeration's figures), as a document and back."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from onevisit.catalogue.build import Document, build
from onevisit.catalogue.errors import NoProof
from onevisit.core.catalogue import LifeEvent
from onevisit.core.errors import Refusal
from onevisit.core.planning.completing import TooManyCases
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.guide import GuideFigures, WorstCase, draw_guide, enumerate_guide
from onevisit.core.proving.proof import Channel, prove

FORMAT = "onevisit-proof 1"
SOLVER = "solver"  # its key among a version's figures; versions of before the solver have none

_proofs: dict[str, Document] = {}  # by snapshot, which names all that was proved; this process's own


def proof_of_version(event: LifeEvent, snapshot: str) -> Document:
    """The figures of a version for everybody, and the solver's proof of its visits where it came to an end.

    Raises NoProof. Where it did not, the visits are those of the enumeration, which leaves nobody out either.
    """
    if snapshot not in _proofs:
        try:
            _proofs[snapshot] = _proved(compile_event(event, snapshot))
        except Refusal as problem:
            raise NoProof(event=event.name, why=str(problem)) from problem
    return _proofs[snapshot]


def _proved(graph: Graph) -> Document:
    proof = prove(graph)
    if not proof.proved:
        return proof_of(enumerate_guide(graph))
    online, walk_in = map(_worst_case, proof.channels)
    try:
        guide = replace(enumerate_guide(graph), online=online, walk_in=walk_in)
    except TooManyCases:
        guide = draw_guide(graph, online, walk_in)
    return proof_of(guide) | {SOLVER: dump(proof)}


def _worst_case(channel: Channel) -> WorstCase:
    return WorstCase(channel.worst, channel.total, channel.witness, channel.chain, channel.explanation)


def worst_of(proof: Document) -> int:
    """The most visits of anybody by a stored proof, online or walking in (浙江规定 6: he may choose)."""
    return max(int(proof[channel]["worst"]) for channel in ("online", "walk_in"))


def file_of(proof: Document) -> Document | None:
    """The proof as a file that `onevisit prove --check` reads; none where there is no solver's."""
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
