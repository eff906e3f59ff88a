"""The guide of a life event: a full enumeration of all that can be the case for an applicant, or a drawing from it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from onevisit.core.facts import Value
from onevisit.core.planning.completing import Completion, Crowd, completions, drawn, number_of
from onevisit.core.planning.core import Core, core_of
from onevisit.core.planning.explain import assumptions_of, assumptions_of_fees, count_in_words, later_of
from onevisit.core.planning.graph import BadEvent, Classes, Graph
from onevisit.core.planning.model import Assumption, Range
from onevisit.core.planning.options import Context
from onevisit.core.planning.pricing import bounds
from onevisit.core.planning.witness import witness_of
from onevisit.core.text import Text

GIVEN = (
    Text("材料齐全，符合法定形式", "evidence is complete and in due form"),
    Text("共享数据能查到、能使用", "registers answer and know the applicant"),
    Text("承诺当场办结的，当场办结", "what is promised on the spot is done on the spot"),
)

DRAWN = 1_000  # cases of an event of which there are too many
MOST = 10_000  # combinations; of more, parties of a role are not looked at in every number


@dataclass(frozen=True, slots=True)
class WorstCase:
    """The most visits that anybody of a channel makes: a witness, the steps that force them, and why in words."""

    worst: int
    total: int
    witness: tuple[tuple[str, Value], ...]  # facts of an applicant who needs that many
    chain: tuple[str, ...]
    explanation: Text


@dataclass(frozen=True, slots=True)
class GuideEvidence:
    """A document to have at hand online, and whether everybody needs it."""

    evidence: str
    name: Text
    always: bool


@dataclass(frozen=True, slots=True)
class GuideFigures:
    """What holds for every applicant of the event. A full enumeration unless `drawn`: `method` says so."""

    event: str
    snapshot: str
    method: Text
    combinations: int  # looked at, of the finite facts, numbers cut where a condition compares them
    plans: int  # different plans among them, online
    online: WorstCase
    walk_in: WorstCase
    promised_days: Range
    statutory_days: Range
    fees: tuple[Decimal, Decimal]  # least and most in all, yuan; what is due in percent is left out
    evidence: tuple[GuideEvidence, ...]  # that the applicant brings himself in some case
    assumptions: tuple[Assumption, ...]
    given: tuple[Text, ...]  # what holds for all of it
    rates: tuple[Text, ...] = ()  # what may be due in percent of a price, by its label
    drawn: bool = False  # whether all but the visits is of cases that were drawn


@dataclass(slots=True)
class _Tally:
    """The worst core so far, with the facts that lead to it, and the different cores."""

    classes: Classes = ()
    worst: Core | None = None
    combinations: int = 0

    def add(self, classes: Classes, core: Core) -> None:
        """Count one combination."""
        self.combinations += 1
        if self.worst is None or core.choice.cost[:2] > self.worst.choice.cost[:2]:
            self.worst, self.classes = core, classes


def enumerate_guide(graph: Graph) -> GuideFigures:
    """Enumerate all combinations of the event's facts, commitments taken and not, online and walking in.

    Raises `BadEvent` if the constraints leave none, `TooManyCases`.
    """
    online, cores = _tallied(graph, _every(graph), walk_in=False)
    walking, _ = _tallied(graph, _every(graph), walk_in=True)
    crowd = _CROWD_IN_WORDS[_crowd(graph)]
    compared = _COMPARED if graph.derived else Text("")
    method = Text(
        f"穷举了 {online.combinations} 种情形，不是抽样："
        f"每个是非题和选择题的每个答案，数字按条件里的界线分段{crowd.zh}{compared.zh}。",
        f"A full enumeration of {online.combinations} cases, no sample: every answer to every question, "
        f"numbers cut where a condition compares them{crowd.en}{compared.en}.",
    )
    return _figures(graph, online.combinations, cores, method, (_worst(graph, online), _worst(graph, walking)))


def draw_guide(graph: Graph, online: WorstCase, walk_in: WorstCase) -> GuideFigures:
    """The figures of an event of too many cases: visits as they were proved; days, fees and papers from a drawing.

    Raises `BadEvent` if the constraints leave none of those drawn.
    """
    tally, cores = _tallied(graph, drawn(graph, DRAWN), walk_in=False)
    method = Text(
        f"情形太多，不能穷举：跑几次是证明的，对每一个人；"
        f"天数、费用和材料是从抽取的 {tally.combinations} 种情形算的，个别人可能不同。",
        f"There are too many cases to enumerate: the visits are proved, for everybody; days, fees and papers are those "
        f"of {tally.combinations} cases that were drawn, and may differ for somebody.",
    )
    return _figures(graph, tally.combinations, cores, method, (online, walk_in), drawn=True)


def _figures(
    graph: Graph, combinations: int, cores: list[Core], method: Text, worst: tuple[WorstCase, WorstCase],
    *, drawn: bool = False,
) -> GuideFigures:  # fmt: skip
    """What the cores say, beside the most visits online and walking in."""
    if not cores:
        raise BadEvent(event=graph.event.key, problem="约束互相矛盾，没有一种情形是可能的")
    fees = list(_fees(graph, cores))
    return GuideFigures(
        event=graph.event.key,
        snapshot=graph.snapshot,
        method=method,
        combinations=combinations,
        plans=len({core.identity for core in cores}),
        online=worst[0],
        walk_in=worst[1],
        promised_days=Range(min(c.days for c in cores), max(c.days for c in cores)),
        statutory_days=Range(min(c.statutory_days for c in cores), max(c.statutory_days for c in cores)),
        fees=(min(low for low, _ in fees), max(high for _, high in fees)),
        evidence=tuple(_evidence(graph, cores)),
        assumptions=tuple(dict.fromkeys(_assumptions(graph, cores))),
        given=(*GIVEN, *(one.text for one in later_of(graph))),
        rates=tuple(f.label for table in graph.tables for f in table.service.fees if f.percent_of and f.amount),
        drawn=drawn,
    )


def _assumptions(graph: Graph, cores: list[Core]) -> Iterator[Assumption]:
    """What is taken for granted in some plan."""
    for core in cores:
        yield from assumptions_of(graph, core)
    services = [table.service for table in graph.tables]
    fees = ((service, fee) for service in services for fee in service.fees)
    yield from assumptions_of_fees((service, fee.label, fee.basis, fee.returned_basis) for service, fee in fees)


def _fees(graph: Graph, cores: list[Core]) -> Iterator[tuple[Decimal, Decimal]]:
    """Least and most of each plan: its own fees, and what answers make of those that are priced by them."""
    try:
        later = {table.service.key: bounds(table.service, graph.specs) for table in graph.tables}
    except ValueError as many:
        raise BadEvent(event=graph.event.name, problem=str(many)) from many
    for core in cores:
        own = sum(core.fees.values(), Decimal(0))
        low, high = zip(*(later[state.key] for state in core.states), strict=True) if core.states else ((), ())
        yield own + sum(low, Decimal(0)), own + sum(high, Decimal(0))


def _every(graph: Graph) -> Iterator[Completion]:
    nothing: Classes = (None,) * len(graph.domains)
    return completions(graph, nothing, commitments_open=True, crowd=_crowd(graph))


def _tallied(graph: Graph, cases: Iterator[Completion], *, walk_in: bool) -> tuple[_Tally, list[Core]]:
    """The tally of one channel and its cores, each once."""
    context = graph.context(Context(walk_in))
    tally = _Tally()
    cores: dict[int, Core] = {}
    for classes in cases:
        core = core_of(graph, classes, context)
        tally.add(classes, core)
        cores[id(core)] = core
    return tally, list(cores.values())


def _crowd(graph: Graph) -> Crowd:
    """How many parties of a role are enumerated; all, where one is compared with another: then none are alike."""
    few = number_of(graph, (None,) * len(graph.domains), commitments_open=True) <= MOST
    parties = {p for group in graph.groups for own in group.parties for p in own}
    if few or any(own.position not in parties and parties & set(own.facts) for own in graph.derived):
        return Crowd.ALL
    return Crowd.EDGES if all(group.free for group in graph.groups if group.role.most > 1) else Crowd.KINDS


_COMPARED = Text(
    "；几个要素相比较的，成立和不成立都算，可能多算几种没有人是的情形，跑的次数只会算多不会算少",
    "; where several facts are compared, both outcomes count, which may be a few cases too many: "
    "visits are never too few",
)
_CROWD_IN_WORDS = {
    Crowd.ALL: Text("", ""),
    Crowd.KINDS: Text(
        "；几方里情况完全一样的只算一方，多一方不会让谁多跑",
        "; parties that are alike count once, as one more makes nobody come more often",
    ),
    Crowd.EDGES: Text(
        "；几方的情况看两头：人最少的，和各种情况的人都有的，多一方只会多跑不会少跑，所以最多跑几次就在后一头",
        "; of parties, the fewest and one of every kind are looked at: one more never saves anybody a visit, "
        "so that the most visits are made where all kinds are there",
    ),
}


def _worst(graph: Graph, tally: _Tally) -> WorstCase:
    core = tally.worst
    if core is None:
        return WorstCase(0, 0, (), (), Text("没有人符合条件。", "Nobody qualifies."))
    worst, total = core.choice.cost[:2]
    witness = tuple(witness_of(graph, tally.classes).items())
    return WorstCase(worst, total, witness, core.visits.chain, count_in_words(core, Range(worst, worst)))


def _evidence(graph: Graph, cores: list[Core]) -> Iterator[GuideEvidence]:
    """Documents that the applicant gives himself in some plan, in the catalogue's order."""
    plans: Counter[str] = Counter()
    for core in cores:
        pairs = zip(core.choice.items, core.choice.sources, strict=True)
        plans.update({item.need.evidence for item, source in pairs if source.burden})
    for key, kind in graph.evidence_types.items():
        if plans[key]:
            yield GuideEvidence(key, kind.name, plans[key] == len(cores))
