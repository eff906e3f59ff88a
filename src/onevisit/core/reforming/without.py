"""An event with sets of its rules removed, and what one applicant's plan would be then."""

from collections.abc import Iterable, Iterator, Mapping

from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Facts
from onevisit.core.levers.easing import EASING
from onevisit.core.planning.network import network
from onevisit.core.planning.options import Context
from onevisit.core.planning.services import ServiceState, state_of
from onevisit.core.proving.search import Search
from onevisit.core.proving.witness import plainest
from onevisit.core.reforming.fewest import fewest
from onevisit.core.reforming.pulled import Applicant, Keys, Pulled, Undecided, filled
from onevisit.core.reforming.rules import Rule

REMOVED = Basis(Mark.ASSUMED)


class Without(Pulled):
    """The event with sets of rules removed, lawful or not. One applicant's plan needs no compiling: as each rule is of
    one service, only the services are read again of which other rules are gone.
    """

    def __init__(self, event: LifeEvent, rules: Mapping[str, Rule]) -> None:
        super().__init__(frozenset(rules), lambda keys: _changed(event, rules, keys))
        self.rules = rules
        self.whole = self.graph(frozenset())
        self._states: dict[tuple[int, Applicant, Keys], ServiceState | None] = {}
        self._visits: dict[tuple[object, ...], int] = {}

    def visits(self, keys: Keys, applicant: Applicant) -> int:
        """How often the worst-off person of his plan comes."""
        if self.whole.learning.facts:  # what may turn out has to be planned for: not only one way
            return super().visits(keys, applicant)
        of_service: dict[str, set[str]] = {}
        for key in keys:
            of_service.setdefault(self.rules[key].service, set()).add(key)
        every = (
            self._state(n, applicant, frozenset(of_service.get(table.service.key, ())))
            for n, table in enumerate(self.whole.tables)
        )
        states = [state for state in every if state is not None]
        context = self.whole.context(Context(applicant.walk_in))
        known = (*map(id, states), context)
        if known not in self._visits:
            net = network(states, self.whole.learning.turns)
            self._visits[known] = fewest(net, context, self.whole.evidence_types, self.whole.solved)
        return self._visits[known]

    def worst(self, channels: Iterable[bool]) -> Iterator[Applicant]:
        """Who comes most often of all, in each channel; alike in both, once."""
        seen: list[tuple[int, Facts]] = []
        for walk_in in channels:
            found = Search(self.whole, Context(walk_in)).run()
            if found is not None and not found.proved:
                raise Undecided
            if found is not None:
                context = self.whole.context(Context(walk_in))
                facts = plainest(self.whole, found.facts, context, found.worst)
                if (found.worst, facts) not in seen:
                    yield Applicant(walk_in, facts)
                seen.append((found.worst, facts))

    def helps(self, applicant: Applicant, target: int) -> bool:
        """Whether removing every rule brings him to the target."""
        return self.visits(self.keys, applicant) <= target

    def _state(self, number: int, applicant: Applicant, keys: Keys) -> ServiceState | None:
        known = (number, applicant, keys)
        if known not in self._states:
            event = self.whole.planned
            service = _changed(event, self.rules, keys).services[number]
            facts = filled(self.whole, applicant.facts)
            self._states[known] = state_of(service, event, facts, self.whole.tables[number].priced)
        return self._states[known]


def _changed(event: LifeEvent, rules: Mapping[str, Rule], keys: Keys) -> LifeEvent:
    for key in sorted(keys):
        change = rules[key].change
        event = EASING[change.kind](event, change, REMOVED)
    return event
