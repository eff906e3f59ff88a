"""What the reform office looks at: an event as it is published, or its illustration of before; with its proof, kept.

A proof is kept by the snapshot's hash: the same version is never proved twice by one process.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import prod
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from onevisit.catalogue import queries
from onevisit.core.basis import Basis
from onevisit.core.levers.model import Lever
from onevisit.core.planning.core import Core, core_of
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.options import Context
from onevisit.core.proving.proof import Channel, Proof, prove
from onevisit.reform.workbench import bench_of

KEPT = 32  # proofs that a process remembers


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof, and when this process made it."""

    proof: Proof
    made: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """One version of an event."""

    slug: str
    unreformed: bool
    graph: Graph
    published: date | None  # None: an illustration, which was never in force
    basis: Basis | None  # what an illustration rests on
    levers: Mapping[str, Lever]  # none where the content has no levers for it
    has_picture: bool  # whether there is an illustration

    @property
    def proved(self) -> Proved:
        """Its proof."""
        return _proved(self.graph)

    @property
    def combinations(self) -> int:
        """At most so many combinations of what its conditions ask."""
        return prod(len(domain.possible) for domain in self.graph.domains)

    def core(self, channel: Channel) -> Core:
        """The best plan of the channel's witness."""
        context = self.graph.context(Context(channel.walk_in))
        return core_of(self.graph, self.graph.classify(dict(channel.witness)), context)


_proofs: dict[str, Proved] = {}


def _proved(graph: Graph) -> Proved:
    known = _proofs.get(graph.snapshot)
    if known is None:
        if len(_proofs) >= KEPT:
            _proofs.clear()
        known = _proofs[graph.snapshot] = Proved(prove(graph), timezone.now())
    return known


def subject_of(slug: str, *, unreformed: bool) -> Subject:
    """The event as it is in force, or its illustration; raises NoSuchEvent, Http404 where there is no illustration."""
    folder = Path(settings.CONTENT)
    before = bench_of(folder, slug, unreformed=True)
    if unreformed:
        if before is None or before.reform.illustration is None:
            raise Http404
        picture = before.reform.illustration
        graph = _compiled(picture.snapshot, slug)
        return Subject(slug, True, graph, None, picture.basis, before.levers, True)
    published = queries.current(slug, settings.REGION)
    now = bench_of(folder, slug, unreformed=False)
    levers = now.levers if now else {}
    return Subject(slug, False, published.graph, published.published, None, levers, before is not None)


@lru_cache(maxsize=KEPT)
def _compiled(snapshot: str, slug: str) -> Graph:
    bench = bench_of(Path(settings.CONTENT), slug, unreformed=True)
    assert bench is not None  # subject_of has just had it
    return compile_event(bench.event, snapshot)
