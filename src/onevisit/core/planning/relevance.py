"""What open facts can still change: exhaustively, over every completion that real applicants can have."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from onevisit.core.conditions import evaluate, facts_of
from onevisit.core.planning.completing import Completion, completions, number_of
from onevisit.core.planning.core import Core, core_key, core_of
from onevisit.core.planning.graph import Classes, Graph
from onevisit.core.planning.model import Range
from onevisit.core.planning.options import Context

MOST_AHEAD = 1024  # completions that are looked at for one page


@dataclass(frozen=True, slots=True)
class Deciding:
    """An open fact that can change the plan: services it switches, pairs of completions it tells apart."""

    position: int
    switches: tuple[str, ...]
    pairs: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """All plans that the open facts leave possible, and the facts worth asking."""

    first: Core  # of the plans with the fewest services, the first: it is shown while facts are open
    first_classes: Completion
    always: frozenset[str]  # services in every plan
    ever: frozenset[str]  # services in some plan
    visits: tuple[Range, Range]  # worst, total
    days: Range
    fees: dict[tuple[str, int], tuple[Decimal, Decimal]]
    deciding: tuple[Deciding, ...]
    complete: bool  # whether all completions were looked at; else the ranges hold for a part of them


def outlook(graph: Graph, known: Classes, context: Context) -> Outlook:
    """Enumerate the completions of what is known and say what differs between their plans."""
    cores: dict[Completion, int] = {}
    distinct: list[Core] = []
    numbers: dict[object, int] = {}
    by_states: dict[object, int] = {}
    first: tuple[int, Completion, int] | None = None
    held_back = _held_back(graph, known)
    for classes in _ahead(graph, known, frozenset(held_back)):
        states = graph.states(classes)
        key = core_key(graph, classes, states)
        number = by_states.get(key)
        if number is None:
            core = core_of(graph, classes, context)
            number = numbers.setdefault(core.identity, len(distinct))
            by_states[key] = number
            if number == len(distinct):
                distinct.append(core)
        cores[classes] = number
        if first is None or len(states) < first[0]:
            first = (len(states), classes, number)
    if first is None:
        raise AssertionError("constraints that the known facts break are left out, so a completion exists")
    services = [frozenset(state.key for state in core.states) for core in distinct]
    deciding = _asked(graph, known, _deciding(graph, known, cores, services))
    if held_back and not deciding:  # nothing before them decides any more: now they are asked
        deciding = _asked(graph, known, [Deciding(held_back[0], (), 1)])
    later = _decided_later(graph, known, held_back)
    return Outlook(
        first=core_of(graph, first[1], context),
        first_classes=first[1],
        always=frozenset.intersection(*services) - later,
        ever=frozenset.union(*services) | later,
        visits=(_range(c.choice.cost[0] for c in distinct), _range(c.choice.cost[1] for c in distinct)),
        days=_range(core.days for core in distinct),
        fees=_fees(distinct),
        deciding=deciding,
        complete=not held_back,
    )


def _ahead(graph: Graph, known: Classes, held_back: frozenset[int]) -> Iterable[Completion]:
    """The completions; where what is known bursts the bounds of facts, what the applicant says counts all the same."""
    found = completions(graph, known, held_back=held_back)
    if not graph.derived:
        return found
    return list(found) or completions(graph, known, held_back=held_back, bounded=False)


def _asked(graph: Graph, known: Classes, deciding: list[Deciding]) -> tuple[Deciding, ...]:
    """What decides, with the open facts of a comparison in its place: nobody is asked how two facts compare."""
    if not graph.derived:
        return tuple(deciding)
    facts = {own.position: [p for p in own.facts if known[p] is None] for own in graph.derived}
    found: dict[int, Deciding] = {}
    for one in deciding:
        for position in facts.get(one.position, [one.position]):
            before = found.get(position, Deciding(position, (), 0))
            switches = tuple(sorted({*before.switches, *one.switches}))
            found[position] = Deciding(position, switches, before.pairs + one.pairs)
    return tuple(sorted(found.values(), key=lambda fact: (-len(fact.switches), -fact.pairs, fact.position)))


def _held_back(graph: Graph, known: Classes) -> list[int]:
    """Facts that are left for later pages, so that one page looks at few enough completions.

    The facts of parties first, then their numbers, then the last of the others.
    """
    opened = [p for p in _opened(graph, known) if len(graph.domains[p].possible) > 1]
    grouped = [[p for own in group.parties for p in own if p in opened] for group in reversed(graph.groups)]
    counts = [group.count for group in reversed(graph.groups) if group.count in opened]
    inside = {p for unit in grouped for p in unit} | set(counts)
    units = [*grouped, *([p] for p in counts), *([p] for p in reversed(opened) if p not in inside)]
    held: list[int] = []
    for unit in units:
        if number_of(graph, known, frozenset(held)) <= MOST_AHEAD:
            break
        held += unit
    return sorted(held)


def _decided_later(graph: Graph, known: Classes, held_back: list[int]) -> frozenset[str]:
    """Services of which it is only known later whether they belong to the plan."""
    if not held_back:
        return frozenset()
    later = {graph.domains[p].key for p in held_back}
    facts = graph.facts_at(known)
    return frozenset(
        table.service.key
        for table in graph.tables
        if later & facts_of(table.service.applies_when) and evaluate(table.service.applies_when, facts) is None
    )


def _opened(graph: Graph, known: Classes) -> list[int]:
    """Facts that are not known, commitments left out."""
    return [p for p, own in enumerate(known) if own is None and graph.domains[p].key not in graph.commitments]


def _range(numbers: Iterable[int]) -> Range:
    found = set(numbers)
    return Range(min(found), max(found))


def _fees(cores: Sequence[Core]) -> dict[tuple[str, int], tuple[Decimal, Decimal]]:
    every = [core.fees for core in cores]
    keys = dict.fromkeys(key for fees in every for key in fees)
    zero = Decimal(0)
    return {key: (min(f.get(key, zero) for f in every), max(f.get(key, zero) for f in every)) for key in keys}


def _deciding(
    graph: Graph,
    known: Classes,
    cores: dict[Completion, int],
    services: Sequence[frozenset[str]],
) -> list[Deciding]:
    """Open facts of which two values, all else equal, give different plans; those that decide most first.

    Where constraints tie facts together so that none can change alone, facts are added until the plan is decided.
    """
    if len(set(cores.values())) == 1:
        return []
    opened = _opened(graph, known)
    found = [fact for fact in (_alone(p, cores, services) for p in opened) if fact.pairs]
    while (pair := _undecided(cores, [fact.position for fact in found])) is not None:
        one, other = pair
        position = next(p for p in opened if one[p] != other[p] and all(fact.position != p for fact in found))
        switched = services[cores[one]] ^ services[cores[other]]
        found.append(Deciding(position, tuple(sorted(switched)), 1))
    return sorted(found, key=lambda fact: (-len(fact.switches), -fact.pairs, fact.position))


def _alone(position: int, cores: dict[Completion, int], services: Sequence[frozenset[str]]) -> Deciding:
    """How many neighbouring completions that differ in this fact alone have different plans."""
    rows: dict[Completion, set[int]] = defaultdict(set)
    for classes, number in cores.items():
        rows[classes[:position] + classes[position + 1 :]].add(number)
    switches: set[str] = set()
    pairs = 0
    for numbers in {frozenset(numbers) for numbers in rows.values() if len(numbers) > 1}:
        switches |= frozenset.union(*(services[n] for n in numbers)) - frozenset.intersection(
            *(services[n] for n in numbers)
        )
    pairs = sum(len(numbers) - 1 for numbers in rows.values())
    return Deciding(position, tuple(sorted(switches)), pairs)


def _undecided(cores: dict[Completion, int], asked: Sequence[int]) -> tuple[Completion, Completion] | None:
    """Two completions that agree in all asked facts and differ in their plans, the closest; None if there are none."""
    rows: dict[Completion, list[Completion]] = defaultdict(list)
    for classes in cores:
        rows[tuple([classes[p] for p in asked])].append(classes)
    best: tuple[int, Completion, Completion] | None = None
    for row in rows.values():
        base = row[0]
        for other in row[1:]:
            if cores[other] != cores[base]:
                far = sum(a != b for a, b in zip(base, other, strict=True))
                if best is None or far < best[0]:
                    best = (far, base, other)
    return None if best is None else (best[1], best[2])
