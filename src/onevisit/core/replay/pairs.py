"""Two catalogues' graphs of one life event side by side: what either tells apart, and kinds of applicants in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import evaluate
from onevisit.core.domains import Cut, Domain, joined
from onevisit.core.errors import Refusal
from onevisit.core.facts import Facts, FactSpec, FactType, Value, spec_of
from onevisit.core.parties import those_there
from onevisit.core.planning.deriving import is_derived
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.text import Text
from onevisit.core.wording import value_words

Options = Mapping[str, tuple[Value, ...]]
Kind = tuple[Value | None, ...]  # of each fact that decides something, the class; None = unknown
MOST_STATES = 16_384  # of services, in both graphs
TRIES = 10_000  # draws for one applicant whom the constraints allow
_TYPES: dict[FactType, type | tuple[type, ...]] = {
    FactType.BOOL: bool,
    FactType.INTEGER: (int, Decimal),
    FactType.DECIMAL: (int, Decimal),
    FactType.DATE: date,
    FactType.TEXT: str,
}


class NobodyDrawn(Refusal):
    """The constraints of the two catalogues leave (almost) no applicant."""

    code: ClassVar[str] = "nobody-drawn"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = (
        "一件事「{event}」抽不出合成的申请人：两份目录的约束几乎不留任何情形。请检查草稿的 constraints。"
    )


@dataclass(slots=True)
class Pair:
    """A life event by the catalogue in force and by the draft."""

    before: Graph
    after: Graph
    domains: tuple[Domain, ...]  # facts that conditions of either mention
    asks_alike: bool  # whether services that the draft leaves alone ask everybody the same in both
    kept: dict[object, object] = field(default_factory=dict)  # what was compared, by kind (bounded)


def pair_of(before: LifeEvent, after: LifeEvent, snapshots: tuple[str, str] = ("", "")) -> Pair:
    """Compile both and put their facts together. Raises what `compile_event` raises."""
    old, new = compile_event(before, snapshots[0]), compile_event(after, snapshots[1])
    ours, theirs = ({domain.key: domain for domain in graph.domains} for graph in (new, old))
    domains = []
    for key in [key for key in dict.fromkeys((*ours, *theirs)) if not is_derived(key)]:
        one, other = ours.get(key) or theirs[key], theirs.get(key) or ours[key]
        domains.append(
            joined(_tighter(key, old, new), one, other, counted=_is_number(key, new) or _is_number(key, old))
        )
    asked = [(graph.domains, e.facts, e.roles, e.asked, e.founding) for graph in (old, new) for e in (graph.event,)]
    _share(old, new)
    return Pair(old, new, tuple(domains), asked[0] == asked[1] and old.commitments == new.commitments)


def _share(old: Graph, new: Graph) -> None:
    """Services that the draft leaves alone have the same states in both graphs, so that their plans are made once."""
    if old.evidence_types != new.evidence_types:
        return
    known = {table.service.key: table for table in old.tables}
    alike = old.domains == new.domains and old.event.roles == new.event.roles and old.event.you == new.event.you
    for table in new.tables:
        other = known.get(table.service.key)
        if other is not None and other.service == table.service:
            table.unique = other.unique
            if alike and table.priced == other.priced:
                table.states = other.states
    new.cores, new.solved = old.cores, old.solved


def forget_if_full(pair: Pair) -> None:
    """Let go of services' states when they are many: a sale among eight people has more kinds than memory holds."""
    tables = (*pair.before.tables, *pair.after.tables)
    if sum(len(table.states) for table in tables) > MOST_STATES:
        for table in tables:
            table.states.clear()
            table.unique.clear()
        pair.after.cores.clear()
        pair.before.cores.clear()


def _is_number(key: str, graph: Graph) -> bool:
    """Whether the fact is how many parties a role has."""
    return any(key == f"{role.key}.count" for role in graph.event.roles)


def _tighter(key: str, before: Graph, after: Graph) -> FactSpec:
    """The fact with the bounds that hold by both catalogues."""
    specs = [spec for spec in (after.specs.get(key), before.specs.get(key)) if spec is not None]
    least = [spec.minimum for spec in specs if spec.minimum is not None]
    most = [spec.maximum for spec in specs if spec.maximum is not None]
    return replace(specs[0], minimum=max(least, default=None), maximum=min(most, default=None))


def fitting(graph: Graph, facts: Facts) -> dict[str, Value]:
    """The facts that the catalogue knows and whose values it knows: an option that it lacks leaves its fact open."""
    numbers = {f"{role.key}.count": role for role in graph.event.roles}
    found = {}
    for key, value in facts.items():
        spec, role = spec_of(key, graph.specs), numbers.get(key)
        if spec is not None and _fits(spec, value) and (role is None or role.least <= int(str(value)) <= role.most):
            found[key] = value
    return found


def _fits(spec: FactSpec, value: Value) -> bool:
    if spec.type is FactType.CHOICE:
        return any(option.value == value for option in spec.options)
    return isinstance(value, _TYPES[spec.type]) and isinstance(value, bool) == (spec.type is FactType.BOOL)


def kind_of(pair: Pair, facts: Facts) -> Kind:
    """What of the facts can make a difference: two applicants of one kind have the same plans by both catalogues."""
    own = [None if (own := facts.get(one.key)) is None else _class(one, own) for one in pair.domains]
    compared = [evaluate(one.condition, facts) for graph in (pair.before, pair.after) for one in graph.derived]
    return (*own, *compared)


def _class(domain: Domain, value: Value) -> Value:
    if domain.cuts is not None:
        return domain.index(value)
    other = domain.values[-1:] == ("",) and value not in domain.values  # a text that no condition names
    return "" if other else value


def drawn(pair: Pair, pick: Callable[[int], int]) -> dict[str, Value]:
    """A synthetic applicant: each fact's classes alike likely, among those whom the constraints of both allow.

    `pick(n)`: a number from 0 to n - 1. Offers too are taken or not by chance; parties beyond their number are nobody.
    Raises NobodyDrawn.
    """
    rules = [condition for graph in (pair.before, pair.after) for condition in graph.event.constraints]
    for _ in range(TRIES):
        facts = {d.key: d.values[d.possible[pick(len(d.possible))]] for d in pair.domains if d.possible}
        there = those_there(pair.after.event, facts, facts) & those_there(pair.before.event, facts, facts)
        facts = {key: value for key, value in facts.items() if key in there}
        if all(evaluate(rule, facts) is not False for rule in rules):
            return facts
    raise NobodyDrawn(event=pair.after.event.name)


def in_words(pair: Pair, facts: Facts) -> tuple[tuple[Text, Text], ...]:
    """(label, value) of what decides something; numbers and dates as the range that makes no difference."""
    found = []
    for domain in pair.domains:
        value = facts.get(domain.key)
        spec = spec_of(domain.key, pair.after.specs) or spec_of(domain.key, pair.before.specs)
        if value is not None and spec is not None:
            label = Text(spec.label.zh, spec.label.of("en"))
            found.append((label, _words(spec, domain, value)))
    return tuple(found)


def _words(spec: FactSpec, domain: Domain, value: Value) -> Text:
    if domain.cuts is not None:
        return _range(spec, domain, value)
    own = _class(domain, value)
    return value_words(spec, own) if own != "" else Text("其他", "other")


def _range(spec: FactSpec, domain: Domain, value: Value) -> Text:
    """The class of a number or date: `≥ 50 平方米，< 300 平方米`."""
    cuts: tuple[Cut, ...] = domain.cuts or ()
    k = domain.index(value)
    below, above = cuts[k - 1] if k else None, cuts[k] if k < len(cuts) else None
    if below and above and below[0] == above[0]:
        return _bound(spec, below[0])
    parts = []
    if below:
        parts.append(("> " if below[1] else "≥ ", _bound(spec, below[0])))
    if above:
        parts.append(("≤ " if above[1] else "< ", _bound(spec, above[0])))
    if not parts:
        return Text("不论多少", "any")
    return Text("，".join(s + t.zh for s, t in parts), ", ".join(s + t.of("en") for s, t in parts))


def _bound(spec: FactSpec, number: Decimal) -> Text:
    return value_words(spec, date.fromordinal(int(number)) if spec.type is FactType.DATE else number)


def known_to_one(pair: Pair) -> Options:
    """Options that only one of the catalogues has, by fact: synthetic applicants do not choose them."""
    found = {}
    old = {domain.key: domain for domain in pair.before.domains}
    for domain in pair.after.domains:
        other = old.get(domain.key)
        if other is not None and domain.cuts is None and other.cuts is None:
            lone = [v for v in (*domain.values, *other.values) if (v in domain.values) != (v in other.values)]
            if lone:
                found[domain.key] = tuple(lone)
    return found
