"""A proof: over all applicants, at most how many visits, online and walking in; who makes them, and what it rests on.

A proof is a value that holds all that is needed to check it again: the schemes that cover everybody, and the applicant
who comes most often. Checking makes no search. What it does not prove, it does not claim: `proved` is false then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from onevisit.core.catalogue import AcceptKind, ModeKind
from onevisit.core.errors import Refusal
from onevisit.core.facts import Facts, Value
from onevisit.core.given import NotGiven, given
from onevisit.core.planning.core import Core, core_of
from onevisit.core.planning.explain import assumptions_of, count_in_words, later_of
from onevisit.core.planning.graph import BadEvent, Graph
from onevisit.core.planning.guide import GIVEN
from onevisit.core.planning.model import Assumption, Range, Unavailable
from onevisit.core.planning.options import Context
from onevisit.core.planning.plan import trips_of
from onevisit.core.proving.covering import Scheme
from onevisit.core.proving.search import Found, Search
from onevisit.core.proving.witness import is_possible, plainest
from onevisit.core.solving.solver import CONFLICTS
from onevisit.core.text import Text, counted

Pairs = tuple[tuple[str, Value], ...]


class NoSuchResource(Refusal):
    """A proof without a register that the event does not know."""

    code: ClassVar[str] = "no-such-resource"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "这件事不用叫「{resource}」的共享数据。可以去掉的是：{known}。"


class ProofFails(Refusal):
    """A proof that does not hold when it is checked again."""

    code: ClassVar[str] = "proof-fails"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "证明不成立：{why}。请用这个目录版本重新证明（onevisit prove {event}）。"


@dataclass(frozen=True, slots=True)
class Channel:
    """What holds for everybody who is online, or for everybody who walks in."""

    walk_in: bool
    worst: int  # most visits of anybody; if not proved, of those who were looked at
    proved: bool
    total: int  # visits of all persons of the witness's plan
    witness: Pairs  # facts of somebody who needs as many
    chain: tuple[str, ...]  # the steps that force them, in order
    explanation: Text
    trips: int  # his trips elsewhere (hospital, bank, notary), counted apart
    schemes: tuple[Scheme, ...]
    singles: tuple[Pairs, ...]
    rounds: int


@dataclass(frozen=True, slots=True)
class Proof:
    """At most how many visits an event takes, whoever applies."""

    event: str
    snapshot: str  # hash of the catalogue version
    without: tuple[str, ...]  # registers taken to be down
    channels: tuple[Channel, ...]
    elsewhere: tuple[Text, ...]  # what may make somebody go to a third party
    given: tuple[Text, ...]  # what is taken to hold
    assumptions: tuple[Assumption, ...]

    @property
    def proved(self) -> bool:
        """Whether all of it is proved."""
        return all(channel.proved for channel in self.channels)

    @property
    def worst(self) -> int:
        """Most visits of anybody in any channel."""
        return max(channel.worst for channel in self.channels)

    def reaches(self, target: int) -> bool:
        """Whether it is proved that nobody comes more often than `target` times."""
        return self.proved and self.worst <= target


def prove(
    graph: Graph, *, channels: Sequence[bool] = (False, True), without: Iterable[str] = (), conflicts: int = CONFLICTS
) -> Proof:
    """The most visits of anybody, with a witness. `channels`: walking in or not. `without`: registers that are down.

    Raises `BadEvent` where services may wait for each other in a circle or the constraints leave nobody,
    `NoSuchResource`. `conflicts` bounds the solver's work; a proof that it did not finish says so.
    """
    names = tuple(dict.fromkeys(without))
    for name in names:
        if name not in graph.resources:
            raise NoSuchResource(resource=name, known="、".join(sorted(graph.resources)))
    down = tuple((name, Unavailable.DOWN) for name in names)
    made, cores = [], []
    for walk_in in channels:
        search = Search(graph, Context(walk_in, down), conflicts)
        found = search.run()
        if found is None:
            nobody, doubtful = "约束互相矛盾，没有一种情形是可能的", "在限度内没有找到一种可能的情形"
            raise BadEvent(event=graph.event.key, problem=doubtful if search.doubtful else nobody)
        made.append(_channel(search, found))
        cores += list(found.cores)
    return Proof(
        graph.event.key,
        graph.snapshot,
        names,
        tuple(made),
        tuple(_elsewhere(graph)),
        (*GIVEN, *(one.text for one in later_of(graph))),
        tuple(dict.fromkeys(one for core in cores for one in assumptions_of(graph, core))),
    )


def _channel(search: Search, found: Found) -> Channel:
    """The result in one channel, with the plainest applicant who comes so often."""
    graph = search.graph
    facts = plainest(graph, found.facts, search.context, found.worst)
    core: Core = core_of(graph, graph.classify(facts), search.context)
    return Channel(
        search.context.walk_in,
        found.worst,
        found.proved,
        core.choice.cost[1],
        tuple(facts.items()),
        core.visits.chain,
        count_in_words(core, Range(found.worst, found.worst)),
        trips_of(graph, core),
        found.schemes,
        tuple(tuple(single.items()) for single in found.singles),
        found.rounds,
    )


def _elsewhere(graph: Graph) -> Iterable[Text]:
    """Steps done at a third party, and documents that a trip is made for unless something else proves them."""
    found: dict[Text, None] = {}
    for table in graph.tables:
        service = table.service
        for step in service.steps:
            if any(mode.kind is ModeKind.THIRD_PARTY for mode in step.modes):
                found[_of(service.name, step.name)] = None
        for need in service.evidence:
            kind = graph.evidence_types[need.evidence]
            own = any(accept.kind not in (AcceptKind.RESOURCE, AcceptKind.OUTPUT) for accept in need.accepts)
            if kind.trip and own:
                found[_of(service.name, kind.name)] = None
    return found


def _of(service: Text, what: Text) -> Text:
    return Text(f"{service.zh}：{what.zh}", f"{service.of('en')}: {what.of('en')}")


def check(graph: Graph, proof: Proof, conflicts: int = CONFLICTS) -> None:
    """Check a proof again, from the catalogue version alone; raises `ProofFails` with what does not hold.

    The witness's plan is made again, and has as many visits; the schemes cover every applicant.
    """
    if proof.snapshot != graph.snapshot:
        these = f"{proof.snapshot[:12]}… ≠ {graph.snapshot[:12]}…"
        why = Text(f"它证明的是另一个目录版本（{these}）", f"it is of another catalogue version ({these})")
        raise ProofFails(event=graph.event.key, why=why)
    down = tuple((name, Unavailable.DOWN) for name in proof.without)
    for channel in proof.channels:
        search = Search(graph, Context(channel.walk_in, down), conflicts)
        _check_witness(search, channel)
        singles = [_facts(graph, single) for single in channel.singles]
        for facts in singles:
            if core_of(graph, graph.classify(facts), search.context).choice.cost[0] > channel.worst:
                why = Text("单独列出的一种情形跑得更多", "a case listed by itself takes more visits")
                raise ProofFails(event=graph.event.key, why=why)
        if channel.proved and not search.all_covered(channel.worst, channel.schemes, singles):
            why = Text(
                "有的申请人没有被方案覆盖，或者没有在限度内判定",
                "some applicant is covered by no plan, or it was not decided within the limit",
            )
            raise ProofFails(event=graph.event.key, why=why)


def _check_witness(search: Search, channel: Channel) -> None:
    graph = search.graph
    facts = _facts(graph, channel.witness)
    if not is_possible(graph, facts):
        why = Text("所举的申请人不可能有", "there can be no such applicant")
        raise ProofFails(event=graph.event.key, why=why)
    visits = core_of(graph, graph.classify(facts), search.context).choice.cost[0]
    if visits != channel.worst:
        why = Text(
            f"所举的申请人跑 {visits} 次，不是 {channel.worst} 次",
            f"the applicant named takes {counted(visits, 'visit')}, not {channel.worst}",
        )
        raise ProofFails(event=graph.event.key, why=why)


def _facts(graph: Graph, pairs: Pairs) -> Facts:
    """Facts as they stand in a file, typed; raises `ProofFails` for what is none of the event's."""
    known = {domain.key: domain for domain in graph.domains}
    facts: dict[str, Value] = {}
    for key, raw in pairs:
        spec = graph.specs.get(key)
        if spec is None or key not in known:
            why = Text(f"这件事没有叫「{key}」的要素", f"the event has no fact {key}")
            raise ProofFails(event=graph.event.key, why=why)
        try:
            facts[key] = given(spec, raw)
        except NotGiven as wrong:
            why = Text(f"要素「{key}」{wrong.wanted.zh}", f"the fact {key} {wrong.wanted.en}")
            raise ProofFails(event=graph.event.key, why=why) from wrong
    return facts
