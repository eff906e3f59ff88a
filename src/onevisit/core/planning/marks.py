"""What a plan is made of, as formulas over everybody's facts: who differs in none of these marks has the same plan.

The same reading of the catalogue as services.py makes for one applicant. A mark is *seen* where whoever differs in it
has another plan for certain: a service, an act, a document, the free source that is always taken. The others are
*hidden*: a way that is open, but perhaps never the best. A closed register, or a licence held, is a variable too.
"""

from collections import defaultdict
from collections.abc import Iterator

from onevisit.core.catalogue import Accept, AcceptKind, Actor, EvidenceRequirement, Step
from onevisit.core.facts import slot
from onevisit.core.parties import MATTER
from onevisit.core.planning.graph import Graph, ServiceTable
from onevisit.core.planning.options import BURDEN, RANK, Context
from onevisit.core.planning.services import in_order
from onevisit.core.solving.circuit import FALSE, TRUE, Formula
from onevisit.core.solving.everybody import Everybody
from onevisit.core.solving.translate import Translation
from onevisit.core.syntax import FactRef


class Marks:
    """The marks of all plans of an event, each formula once."""

    def __init__(self, graph: Graph, translation: Translation) -> None:
        self.translation = translation
        self.logic = translation.logic
        self.people = Everybody(graph.planned, translation)
        self.outside: dict[str, Formula] = {}  # what is not about facts: a register closed, a licence held
        tables = graph.tables
        self.applies = {one.service.key: translation.formula(one.service.applies_when) for one in tables}
        seen: list[Formula] = []
        self._hidden: list[Formula] = []
        self.fees: dict[tuple[int, int], Formula] = {}  # (service, fee) → when it is due; those priced later left out
        for number, table in enumerate(tables):
            seen += self._service(number, table)
        self.seen = tuple(_open(seen))
        self.hidden = tuple(one for one in _open(self._hidden) if one not in self.seen)

    def given(self, context: Context) -> list[Formula]:
        """What holds of registers and licences in this context."""
        true = {f"closed {key}" for key, _ in context.unavailable} | {f"held {key}" for key in context.held}
        return [bit if name in true else -bit for name, bit in self.outside.items()]

    def _outside(self, name: str) -> Formula:
        if name not in self.outside:
            self.outside[name] = self.logic.variable()
        return self.outside[name]

    def _service(self, number: int, table: ServiceTable) -> Iterator[Formula]:
        service, when = table.service, self.people.when
        here = self.applies[service.key]
        yield here
        whens = [service.on_promise] if service.on_promise is not None else []
        whens += [one.when for one in service.outputs if one.when is not None]
        yield from (self.logic.all((here, when(one))) for one in whens)
        for k, fee in enumerate(service.fees):
            if k not in table.priced:
                self.fees[number, k] = self.logic.all((here, when(fee.when)))
                yield self.fees[number, k]
        for one in service.sequences:
            yield self.logic.all((here, self.applies.get(one.after, FALSE), when(one.when)))
        for step in in_order(service.steps):
            yield from self._step(here, step)
        needs: dict[object, list[Formula]] = defaultdict(list)
        for requirement in service.evidence:
            for key, formula in self._need(here, requirement):
                needs[key].append(formula)
        for formulas in needs.values():
            yield self.logic.any(formulas)
            self._hidden += formulas

    def _step(self, here: Formula, step: Step) -> Iterator[Formula]:
        """Each person's act; hidden: the ways open to him."""
        if step.actor is Actor.AGENCY:
            yield self.logic.all((here, self.people.when(step.when)))
            return
        roles = [self.people.roles[key] for key in step.roles if key in self.people.roles]
        natural = [one for role in roles if role.natural for one in self.people.persons(role)]
        for person, there in natural if step.roles else self.people.applicant():
            does = self.logic.all((here, there, self.people.when(step.when, person)))
            yield does
            for mode in step.modes:
                if mode.when is not None:
                    self._hidden.append(self.logic.all((does, self.people.when(mode.when, person))))

    def _need(self, here: Formula, requirement: EvidenceRequirement) -> Iterator[tuple[object, Formula]]:
        """Each party's document, and the free source taken for it; hidden: other sources where there is none."""
        role = self.people.roles.get(requirement.role)
        for party, there in self.people.persons(role) if role else [(MATTER, TRUE)]:
            active = self.logic.all((here, there, self.people.when(requirement.when, party if role else "")))
            yield (requirement.evidence, party), active
            free = FALSE
            for accept in sorted(requirement.accepts, key=lambda accept: RANK[accept.kind]):
                taken = self._taken(accept, party if role else "")
                if accept.kind in BURDEN or accept.kind is AcceptKind.OUTPUT:
                    continue
                usable = self.logic.all((taken, self._usable(accept, requirement.evidence, party)))
                chosen = self.logic.all((active, usable, -free))
                yield (requirement.evidence, party, accept.kind, accept.ref), chosen
                free = self.logic.any((free, usable))
            for accept in requirement.accepts:
                if accept.when is not None and (accept.kind in BURDEN or accept.kind is AcceptKind.OUTPUT):
                    self._hidden.append(self.logic.all((active, -free, self._taken(accept, party if role else ""))))

    def _taken(self, accept: Accept, party: str) -> Formula:
        """Whether its conditions hold; a commitment's, once the applicant has taken it."""
        taken = self.people.when(accept.when, party)
        if accept.kind is not AcceptKind.COMMITMENT:
            return taken
        by_fact = TRUE if accept.when is not None else FALSE
        return self.logic.all((taken, self.translation.of(FactRef(accept.ref)) if accept.ref else by_fact))

    def _usable(self, accept: Accept, evidence: str, party: str) -> Formula:
        """Whether registers and licences leave it usable (as options.usable)."""
        if accept.kind in (AcceptKind.LICENCE, AcceptKind.EARLIER):
            return self._outside(f"held {accept.ref or evidence}")
        if accept.kind is AcceptKind.RESOURCE:
            keys = dict.fromkeys((accept.ref or evidence, slot(accept.ref or evidence, party)))
            return -self.logic.any(self._outside(f"closed {key}") for key in keys)
        return TRUE


def _open(formulas: list[Formula]) -> Iterator[Formula]:
    """Each formula once, those left out that hold always or never."""
    return (one for one in dict.fromkeys(formulas) if one not in (TRUE, FALSE))
