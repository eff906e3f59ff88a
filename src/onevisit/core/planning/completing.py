"""All ways in which real applicants can complete what is known, parties that are alike counted once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from hashlib import shake_256
from itertools import combinations, combinations_with_replacement, product
from math import prod
from typing import ClassVar

from onevisit.core.conditions import Condition, evaluate
from onevisit.core.planning.deriving import Derived
from onevisit.core.planning.graph import BadEvent, Classes, Graph, Group

Options = list[tuple[int, ...]]  # of each position, the classes that it may have
Completion = tuple[int, ...]
Row = tuple[int, ...]
Choice = tuple[tuple[int, ...], Sequence[Row]]
Rule = Callable[[Classes], bool | None]
MOST_COMBINATIONS = 1_000_000


class TooManyCases(BadEvent):
    """An event whose cases are too many to look at each."""

    code: ClassVar[str] = "too-many-cases"
    sentence: ClassVar[str] = "一件事「{event}」的要素组合多于 {most} 种，不能穷举。"


class Crowd(StrEnum):
    """How many parties of a role are looked at, of whom nothing is known."""

    ALL = "all"  # every number, of their orders one
    KINDS = "kinds"  # no two alike: whoever is like another makes the visits that the other makes
    EDGES = "edges"  # the fewest, and one of every kind; only where one more adds to the plan and changes nothing else


def completions(
    graph: Graph,
    known: Classes,
    *,
    commitments_open: bool = False,
    crowd: Crowd = Crowd.ALL,
    held_back: frozenset[int] = frozenset(),
    left_out: frozenset[int] = frozenset(),
    bounded: bool = True,
) -> Iterator[Completion]:
    """All ways in which real applicants can complete the known classes, in the catalogue's order.

    Open commitments count as not taken unless `commitments_open`. Constraints that the known facts alone already
    break, and those `left_out`, do not count: what the applicant says does. Parties of a role of whom nothing is known
    are interchangeable, but for the first where he may be the applicant. Facts at `held_back` have their first class.

    A comparison of several facts is free but where the classes of its facts alone decide it (unless not `bounded`). So
    there may be a few completions that no applicant can have: that makes ranges wider, never narrower.
    """
    options = _options(graph, known, commitments_open, held_back)
    choices = list(_choices(graph, known, options, crowd))
    if _size(graph, options, choices, crowd) > MOST_COMBINATIONS:
        raise TooManyCases(event=graph.event.key, most=MOST_COMBINATIONS)
    rules = [rule for n, rule in enumerate(_rules(graph)) if n not in left_out and rule(known) is not False]
    rules += [_absent(graph, group, options) for group in graph.groups if group.role.when is not None]
    if bounded and crowd is not Crowd.EDGES:  # there one kind that nobody is would hide all who stand beside it
        rules += [_consistent(own, {}) for own in graph.derived if own.position not in held_back]
    rows = [list(own) for _, own in choices]
    picks = product(*rows) if crowd is not Crowd.EDGES else _edges(graph, options, choices)
    return _fitting(_placed(graph, choices, picks), rules)


def drawn(graph: Graph, number: int) -> Iterator[Completion]:
    """So many completions at most, of an applicant of whom nothing is known; evenly drawn, and the same each time."""
    nothing: Classes = (None,) * len(graph.domains)
    options = _options(graph, nothing, True, frozenset())
    choices = list(_choices(graph, nothing, options, Crowd.ALL))
    rules = [*_rules(graph), *(_absent(graph, group, options) for group in graph.groups if group.role.when is not None)]
    rules += [_consistent(own, {}) for own in graph.derived]
    picks = (_pick(choices, n) for n in range(number))
    return _fitting(_placed(graph, choices, picks), rules)


def _pick(choices: list[Choice], n: int) -> tuple[Row, ...]:
    """The n-th draw: each choice by four bytes of a hash, so that no chance is needed here."""
    drawn = shake_256(str(n).encode()).digest(4 * len(choices))
    numbers = (int.from_bytes(drawn[4 * k : 4 * k + 4], "big") for k in range(len(choices)))
    return tuple(rows[at % len(rows)] for (_, rows), at in zip(choices, numbers, strict=True))


def _placed(graph: Graph, choices: list[Choice], picks: Iterable[tuple[Row, ...]]) -> Iterator[Completion]:
    """What was picked, in the order of the event's facts."""
    order = [position for positions, _ in choices for position in positions]
    place = [order.index(position) for position in range(len(graph.domains))]
    for picked in picks:
        flat = [k for row in picked for k in row]
        yield tuple([flat[n] for n in place])


def _fitting(every: Iterable[Completion], rules: list[Rule]) -> Iterator[Completion]:
    return (classes for classes in every if all(rule(classes) is not False for rule in rules))


def _size(graph: Graph, options: Options, choices: list[Choice], crowd: Crowd) -> int:
    """How many there are before the rules."""
    if crowd is not Crowd.EDGES:
        return prod(len(rows) for _, rows in choices)
    several = [group for group in graph.groups if group.role.most > 1]
    crowds = sum(len(rows) for group in several for rows in (_fewest(group, options), _kinds(group, options)))
    return prod(len(rows) for _, rows in choices[: len(choices) - len(several)]) * max(crowds, 1)


def number_of(
    graph: Graph, known: Classes, held_back: frozenset[int] = frozenset(), *, commitments_open: bool = False
) -> int:
    """How many completions there are at most, before the constraints."""
    options = _options(graph, known, commitments_open, held_back)
    return prod(len(rows) for _, rows in _choices(graph, known, options, Crowd.ALL))


def _options(graph: Graph, known: Classes, commitments_open: bool, held_back: frozenset[int]) -> Options:
    """The classes that each fact may have."""
    options: Options = []
    for position, domain in enumerate(graph.domains):
        own = known[position]
        if own is not None:
            options.append((own,))
        elif domain.key in graph.commitments and not commitments_open:
            options.append((graph.default(position),))
        else:
            options.append(domain.possible[:1] if position in held_back else domain.possible)
    return options


def _choices(graph: Graph, known: Classes, options: Options, crowd: Crowd) -> Iterator[Choice]:
    """What varies by itself: (positions, the classes they may have together). A group's facts vary together."""
    several = [group for group in graph.groups if group.role.most > 1]
    grouped = {p for group in several for own in group.parties for p in own}
    grouped |= {group.count for group in several if group.count is not None}
    for position, classes in enumerate(options):
        if position not in grouped:
            yield (position,), [(k,) for k in classes]
    for group in several:
        positions = (() if group.count is None else (group.count,)) + tuple(p for own in group.parties for p in own)
        yield positions, list(dict.fromkeys(_of_group(group, known, options, crowd)))


def _edges(graph: Graph, options: Options, choices: list[Choice]) -> Iterator[tuple[Row, ...]]:
    """Each combination of all other facts with the fewest parties, of any kind, and with one of every kind.

    In each of the two, the roles' rows are taken one role at a time: what is done for one party depends on no other,
    and only one party is the applicant.
    """
    several = [group for group in graph.groups if group.role.most > 1]
    others = [rows for _, rows in choices[: len(choices) - len(several)]]
    for rows in ([_fewest(group, options) for group in several], [_kinds(group, options) for group in several]):
        first = [own[0] for own in rows]
        crowds = [(*first[:n], row, *first[n + 1 :]) for n, own in enumerate(rows) for row in own]
        for picked in product(*others):
            yield from ((*picked, *crowd) for crowd in dict.fromkeys(crowds))


def _fewest(group: Group, options: Options) -> list[Row]:
    """The least number of parties, of every kind that they can be."""
    profiles = list(product(*(options[p] for p in group.parties[0])))
    some = combinations_with_replacement(profiles, group.role.least)
    return [_row(group, options, group.role.least, list(own)) for own in some]


def _kinds(group: Group, options: Options) -> list[Row]:
    """One party of every kind, or all choices of as many kinds as there can be parties; each as the first one."""
    profiles = list(product(*(options[p] for p in group.parties[0])))
    size = min(max(len(profiles), group.role.least), group.role.most)
    profiles += profiles[:1] * (size - len(profiles))
    rows = []
    for own in combinations(profiles, size):
        for n in range(size if group.leads else 1):
            rows.append(_row(group, options, size, [own[n], *own[:n], *own[n + 1 :]]))
    return rows


def _row(group: Group, options: Options, number: int, profiles: Sequence[Row]) -> Row:
    """The classes of a group's facts for parties of these profiles; those who are not there have their first."""
    rest = [options[p][0] for own in group.parties[number:] for p in own]
    counted = () if group.count is None else (number - group.role.least,)
    return (*counted, *(k for profile in profiles for k in profile), *rest)


def _of_group(group: Group, known: Classes, options: Options, crowd: Crowd) -> Iterator[Row]:
    """The classes of a group's facts: its number of parties first, then each party's own facts."""
    least = group.role.least
    for chosen in options[group.count] if group.count is not None else (0,):
        number = least + chosen
        there = group.parties[:number]
        special = 1 if group.leads else 0
        strangers = [n for n, own in enumerate(there) if n >= special and all(known[p] is None for p in own)]
        sets = [list(product(*(options[p] for p in own))) for own in there]
        profiles = sets[strangers[0]] if strangers else []
        alike = crowd is Crowd.ALL or (len(profiles) < len(strangers) and number == least)
        pick = combinations_with_replacement if alike else combinations
        others = [sets[n] for n in range(len(there)) if n not in strangers]
        for some, told in product(list(pick(profiles, len(strangers))), list(product(*others))):
            of_strangers, of_others = iter(some), iter(told)
            own = [next(of_strangers) if n in strangers else next(of_others) for n in range(len(there))]
            yield _row(group, options, number, own)


def _absent(graph: Graph, group: Group, options: Options) -> Rule:
    """Where there is no party of a role, its facts have one class only."""
    own = [p for positions in group.parties for p in positions]
    when = group.role.when
    first = {p: options[p][0] for p in own}
    assert when is not None  # only groups with a condition come here
    rule = _rule(graph, group.needs, when, {})

    def canonical(classes: Classes) -> bool | None:
        return rule(classes) is not False or all(classes[p] == first[p] for p in own)

    return canonical


def _consistent(own: Derived, seen: dict[Classes, bool | None]) -> Rule:
    """A comparison is what the classes of its facts make of it."""

    def rule(classes: Classes) -> bool | None:
        key = tuple([classes[p] for p in own.facts])
        if key not in seen:
            seen[key] = own.decided(classes)
        return seen[key] is None or seen[key] is bool(classes[own.position])

    return rule


def _rules(graph: Graph) -> Iterable[Rule]:
    """The constraints as functions of classes, each remembering its answers."""
    return [_rule(graph, positions, condition, {}) for positions, condition in graph.constraints]


def _rule(graph: Graph, positions: tuple[int, ...], condition: Condition, seen: dict[Classes, bool | None]) -> Rule:
    def rule(classes: Classes) -> bool | None:
        key = tuple([classes[p] for p in positions])
        if key not in seen:
            seen[key] = evaluate(condition, graph.facts_at(classes, positions))
        return seen[key]

    return rule
