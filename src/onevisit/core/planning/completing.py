"""All ways in which real applicants can complete what is known, parties that are alike counted once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, combinations_with_replacement, product
from math import prod

from onevisit.core.conditions import Condition, evaluate
from onevisit.core.planning.graph import BadEvent, Classes, Graph, Group

Options = list[tuple[int, ...]]  # of each position, the classes that it may have
Completion = tuple[int, ...]
Rule = Callable[[Classes], bool | None]
MOST_COMBINATIONS = 1_000_000


def completions(
    graph: Graph,
    known: Classes,
    *,
    commitments_open: bool = False,
    twins: bool = True,
    held_back: frozenset[int] = frozenset(),
) -> Iterator[Completion]:
    """All ways in which real applicants can complete the known classes, in the catalogue's order.

    Open commitments count as not taken unless `commitments_open`. Constraints that the known facts alone already
    break are left out: what the applicant says counts. Parties of a role of whom nothing is known are interchangeable,
    so of their orders one is taken; without `twins` no two of them are alike (whoever is like another makes the visits
    that the other makes, so nobody is worse off for him). Facts at `held_back` have their first class.
    """
    options = _options(graph, known, commitments_open, held_back)
    choices = list(_choices(graph, known, options, twins=twins))
    if prod(len(rows) for _, rows in choices) > MOST_COMBINATIONS:
        raise BadEvent(event=graph.event.key, problem=f"要素组合多于 {MOST_COMBINATIONS} 种，不能穷举")
    rules = [rule for rule in _rules(graph) if rule(known) is not False]
    rules += [_absent(graph, group, options) for group in graph.groups if group.role.when is not None]
    order = [position for positions, _ in choices for position in positions]
    place = [order.index(position) for position in range(len(graph.domains))]
    picks = product(*(rows for _, rows in choices))
    every = (tuple([flat[n] for n in place]) for flat in ([k for row in picked for k in row] for picked in picks))
    return (classes for classes in every if all(rule(classes) is not False for rule in rules))


def number_of(
    graph: Graph, known: Classes, held_back: frozenset[int] = frozenset(), *, commitments_open: bool = False
) -> int:
    """How many completions there are at most, before the constraints."""
    options = _options(graph, known, commitments_open, held_back)
    return prod(len(rows) for _, rows in _choices(graph, known, options, twins=True))


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


def _choices(
    graph: Graph, known: Classes, options: Options, *, twins: bool
) -> Iterator[tuple[tuple[int, ...], Sequence[tuple[int, ...]]]]:
    """What varies by itself: (positions, the classes they may have together). A group's facts vary together."""
    several = [group for group in graph.groups if group.role.most > 1]
    grouped = {p for group in several for own in group.parties for p in own}
    grouped |= {group.count for group in several if group.count is not None}
    for position, classes in enumerate(options):
        if position not in grouped:
            yield (position,), [(k,) for k in classes]
    for group in several:
        positions = (() if group.count is None else (group.count,)) + tuple(p for own in group.parties for p in own)
        yield positions, list(dict.fromkeys(_of_group(group, known, options, twins=twins)))


def _of_group(group: Group, known: Classes, options: Options, *, twins: bool) -> Iterator[tuple[int, ...]]:
    """The classes of a group's facts: its number of parties first, then each party's own facts."""
    least = group.role.least
    for chosen in options[group.count] if group.count is not None else (0,):
        number = least + chosen
        there, absent = group.parties[:number], group.parties[number:]
        strangers = [n for n, own in enumerate(there) if all(known[p] is None for p in own)]
        sets = [list(product(*(options[p] for p in own))) for own in there]
        profiles = sets[strangers[0]] if strangers else []
        alike = twins or len(profiles) < len(strangers) == number == least
        pick = combinations_with_replacement if alike else combinations
        rest = [options[p][0] for own in absent for p in own]
        others = [sets[n] for n in range(len(there)) if n not in strangers]
        for some, told in product(list(pick(profiles, len(strangers))), list(product(*others))):
            of_strangers, of_others = iter(some), iter(told)
            own = [next(of_strangers) if n in strangers else next(of_others) for n in range(len(there))]
            flat = [k for profile in own for k in profile] + rest
            yield (*(() if group.count is None else (chosen,)), *flat)


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
