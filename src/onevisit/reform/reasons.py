"""Why somebody comes past the target: his causes, each with the levers that remove it; kept by the version's hash."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import spec_of
from onevisit.core.levers.applying import apply
from onevisit.core.levers.lawful import ExcludedByLaw
from onevisit.core.levers.model import Lever
from onevisit.core.planning.graph import Graph
from onevisit.core.proving.witness import telling
from onevisit.core.reforming.causes import Person, why
from onevisit.core.reforming.pulled import Applicant, Keys, filled
from onevisit.core.reforming.rules import Rule, rules_of
from onevisit.core.reforming.without import Without
from onevisit.core.text import Text
from onevisit.core.wording import value_words
from onevisit.reform.subjects import KEPT, Subject

TARGET = 1


@dataclass(frozen=True, slots=True)
class Cause:
    """A smallest set of rules that costs a visit, and the levers of which each alone removes it."""

    rules: tuple[Rule, ...]
    levers: tuple[Lever, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A visit past the target."""

    number: int
    causes: tuple[Cause, ...]
    all_found: bool


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who comes too often."""

    walk_in: bool
    visits: int
    who: tuple[tuple[Text, Text], ...]
    past: tuple[Past, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """All of them, the worst first."""

    comers: tuple[Comer, ...]
    helpless: bool  # somebody comes too often even with all rules removed


_kept: dict[tuple[str, tuple[Lever, ...]], Reasons] = {}


def reasons_of(subject: Subject) -> Reasons:
    """The causes of the version; takes seconds the first time. Raises `Undecided`."""
    known = (subject.graph.snapshot, tuple(subject.levers.values()))
    if known not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[known] = _found(subject)
    return _kept[known]


def _found(subject: Subject) -> Reasons:
    graph = subject.graph
    found = why(graph.event, TARGET)
    remedies = Remedies(graph.event, subject.levers)
    return Reasons(tuple(_comer(graph, person, remedies) for person in found.people), found.helpless)


def _comer(graph: Graph, person: Person, remedies: "Remedies") -> Comer:
    one = person.applicant
    facts = telling(graph, filled(graph, one.facts))
    known = ((spec_of(key, graph.specs), value) for key, value in facts.items())
    who = tuple((spec.label, value_words(spec, value)) for spec, value in known if spec)
    past = tuple(
        Past(
            visit.number,
            tuple(Cause(cause, tuple(remedies.of(cause, one, visit.number))) for cause in visit.causes),
            visit.all_found,
        )
        for visit in person.visits
    )
    return Comer(one.walk_in, person.core.choice.cost[0], who, past)


class Remedies:
    """Which levers remove a cause: with all other rules gone, and the lever pulled, the visit is gone too."""

    def __init__(self, event: LifeEvent, levers: Mapping[str, Lever]) -> None:
        self.rules = {rule.key: rule for rule in rules_of(event)}
        self.pulled: list[tuple[Lever, Without]] = []
        for lever in levers.values():
            try:
                self.pulled.append((lever, Without(apply(event, [lever]), self.rules)))
            except ExcludedByLaw:  # of this version the law lets nobody pull it
                continue

    def of(self, cause: tuple[Rule, ...], one: Applicant, number: int) -> Iterator[Lever]:
        """The levers that remove the cause of his visit `number`."""
        others: Keys = frozenset(self.rules) - {rule.key for rule in cause}
        services = {rule.service for rule in cause}
        for lever, without in self.pulled:
            if any(not change.services or services & set(change.services) for change in lever.changes) and (
                without.visits(others, one) < number
            ):
                yield lever
