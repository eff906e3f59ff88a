"""What can be chosen in a plan: sources of evidence and modes of acts, without those that can never be best."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from onevisit.core.catalogue import Accept, AcceptKind, EvidenceType, Mode, ModeKind
from onevisit.core.facts import slot
from onevisit.core.planning.model import Unavailable
from onevisit.core.planning.network import Network
from onevisit.core.planning.services import ASSUMED_MODE, Need


@dataclass(frozen=True, slots=True)
class Context:
    """What is outside the facts: the channel, registers that cannot be used, licences (and uploads) already held.

    A register that cannot be used for one party goes by `slot(register, party)`.
    """

    walk_in: bool = False
    unavailable: tuple[tuple[str, Unavailable], ...] = ()
    held: frozenset[str] = frozenset()


class Burden(IntEnum):
    """What a source costs the applicant."""

    FREE = 0
    UPLOAD = 1
    COPY = 2
    ORIGINAL = 3


@dataclass(frozen=True, slots=True)
class Source:
    """One way of proving a need; `producer` = number of the service whose output it is, -1 for none."""

    accept: int  # position in the requirement's accepts; -1 = the fallback that every need has
    kind: AcceptKind
    ref: str
    burden: Burden
    producer: int = -1
    internal: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A need of a service in the network with its possible sources."""

    service: int
    need: Need
    node: int  # the applicant's act that hands it in; -1 if there is none
    waiting: tuple[int, ...]
    sources: tuple[Source, ...]
    trip: bool  # getting the document is a trip elsewhere
    any_mode: bool  # no mode of its act takes paper, so paper is taken anyhow
    key: tuple[str, str]  # the document it is (evidence, party): the same for all services of the plan


_PAPER = {
    Burden.COPY: (ModeKind.COUNTER, ModeKind.COURIER, ModeKind.GOVERNMENT_COMES),
    Burden.ORIGINAL: (ModeKind.COUNTER, ModeKind.GOVERNMENT_COMES),
}
_PLACELESS = (ModeKind.ONLINE, ModeKind.COURIER, ModeKind.GOVERNMENT_COMES)
BURDEN = {AcceptKind.UPLOAD: Burden.UPLOAD, AcceptKind.COPY: Burden.COPY, AcceptKind.ORIGINAL: Burden.ORIGINAL}
RANK = {kind: rank for rank, kind in enumerate(AcceptKind)}


def takes(mode: ModeKind, burden: Burden) -> bool:
    """Whether a document of this form can be handed in by this mode."""
    return burden not in _PAPER or mode in _PAPER[burden]


def items_of(net: Network, context: Context, types: Mapping[str, EvidenceType]) -> tuple[Item, ...]:
    """All needs of the network with the sources that may be best."""
    producers: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for number, state in enumerate(net.states):
        for licence, internal in state.outputs:
            producers[licence].append((number, internal))
    items = []
    for number, state in enumerate(net.states):
        for need in state.needs:
            requirement = state.service.evidence[need.requirement]
            sources = list(_sources(number, need, requirement.accepts, producers, context))
            node = net.first[number] + need.targets[0] if need.targets else -1
            waiting = net.numbers(number, need.waiting)
            evidence = types.get(need.evidence)
            trip = evidence is not None and evidence.trip
            items.append(Item(number, need, node, waiting, tuple(sources), trip, False, (need.evidence, need.party)))
    return tuple(_pruned(items))


def _sources(
    service: int,
    need: Need,
    accepts: tuple[Accept, ...],
    producers: Mapping[str, list[tuple[int, bool]]],
    context: Context,
) -> Iterable[Source]:
    """Sources that can be used now, best kind first; never none: at last his own document."""
    found: list[Source] = []
    for k in need.accepts:
        accept = accepts[k]
        kind, ref = accept.kind, accept.ref
        if kind is AcceptKind.OUTPUT:
            for number, internal in producers.get(ref, ()):
                burden = Burden.FREE if internal else Burden.ORIGINAL if context.walk_in else Burden.UPLOAD
                if number != service:
                    found.append(Source(k, kind, ref, burden, number, internal))
        elif usable(kind, ref or need.evidence, context, need.party):
            found.append(Source(k, kind, ref, BURDEN.get(kind, Burden.FREE)))
    if not found:
        kind = AcceptKind.COPY if context.walk_in else AcceptKind.UPLOAD
        found.append(Source(-1, kind, "", BURDEN[kind]))
    return sorted(found, key=lambda source: (source.burden, RANK[source.kind]))


def usable(kind: AcceptKind, ref: str, context: Context, party: str) -> bool:
    """Whether a kind of source other than an output can be used in this context for what the party has to prove."""
    if kind in (AcceptKind.LICENCE, AcceptKind.EARLIER):
        return ref in context.held
    if kind is AcceptKind.RESOURCE:
        return all(key not in (ref, slot(ref, party)) for key, _ in context.unavailable)
    return not (kind is AcceptKind.UPLOAD and context.walk_in)


def _pruned(items: list[Item]) -> Iterable[Item]:
    """Items without sources that another source of theirs beats whatever else is chosen.

    A source that costs nothing and waits for nobody beats all. Where every need of one document can be met by an
    upload, uploads beat paper; likewise copies beat originals. Sources alike in burden and producer count once.
    """
    settled = []
    for item in items:
        if len(item.sources) == 1:
            settled.append(item)
            continue
        best = next((s for s in item.sources if s.burden is Burden.FREE and s.producer < 0), None)
        alike = {(s.burden, s.producer): s for s in reversed(item.sources)}
        kept = (best,) if best else tuple(s for s in item.sources if alike[(s.burden, s.producer)] is s)
        settled.append(item if len(kept) == len(item.sources) else replace(item, sources=kept))
    together: dict[tuple[str, str], list[set[Burden]]] = defaultdict(list)
    for item in settled:
        burdens = {s.burden for s in item.sources if s.producer < 0}
        if burdens and Burden.FREE not in burdens:
            together[item.key].append(burdens)
    beaten: dict[tuple[str, str], set[Burden]] = {}
    for key, own in together.items():
        if all(Burden.UPLOAD in burdens for burdens in own):
            beaten[key] = {Burden.COPY, Burden.ORIGINAL}
        elif all(Burden.COPY in burdens and Burden.UPLOAD not in burdens for burdens in own):
            beaten[key] = {Burden.ORIGINAL}
    for item in settled:
        lost = beaten.get(item.key, ()) if len(item.sources) > 1 else ()
        if lost:
            item = replace(item, sources=tuple(s for s in item.sources if s.producer >= 0 or s.burden not in lost))
        yield item


def modes_of(net: Network, context: Context, items: tuple[Item, ...]) -> dict[int, tuple[Mode, ...]]:
    """The modes of each applicant's act that may be best: number of the act → modes, those without a visit first."""
    paper: dict[int, set[Burden]] = defaultdict(set)
    for item in items:
        paper[item.node] |= {source.burden for source in item.sources if source.burden >= Burden.COPY}
    places = tuple(dict.fromkeys(place for act in net.acts for mode in act.step.modes for place in mode.at))
    chosen = {}
    for number, act in enumerate(net.acts):
        if not act.agency:
            chosen[number] = tuple(_modes(act.modes, context, paper[number], places))
    return chosen


def _modes(modes: tuple[Mode, ...], context: Context, paper: set[Burden], places: tuple[str, ...]) -> Iterable[Mode]:
    """Modes open in the channel, one of each sort, without those beaten whatever else is chosen."""
    sorts: dict[ModeKind, Mode] = {}
    for mode in modes:
        if context.walk_in and mode.kind in (ModeKind.ONLINE, ModeKind.TERMINAL):
            continue
        old = sorts.get(mode.kind)
        sorts[mode.kind] = mode if old is None else replace(old, at=tuple(dict.fromkeys(old.at + mode.at)))
    if not sorts:
        counter = ModeKind.COUNTER if context.walk_in and places else modes[0].kind
        sorts[counter] = Mode(counter, ASSUMED_MODE, places if counter is ModeKind.COUNTER else modes[0].at)
    kept: list[Mode] = []
    for mode in sorted(sorts.values(), key=lambda m: m.kind not in _PLACELESS):
        if not any(old.kind in _PLACELESS and _takes_all(old, mode, paper) for old in kept):
            kept.append(mode)
    return kept


def _takes_all(one: Mode, other: Mode, paper: set[Burden]) -> bool:
    """Whether `one` takes every paper of these that `other` takes."""
    return all(takes(one.kind, burden) for burden in paper if takes(other.kind, burden))


def with_any_mode(items: tuple[Item, ...], modes: Mapping[int, tuple[Mode, ...]]) -> tuple[Item, ...]:
    """Mark items whose act has no mode that takes any of their sources: they are taken by any mode."""
    marked = []
    for item in items:
        kinds = [mode.kind for mode in modes.get(item.node, ())]
        fits = any(takes(kind, source.burden) for kind in kinds for source in item.sources)
        marked.append(item if fits else replace(item, any_mode=True))
    return tuple(marked)
