"""Make the plan of one applicant from a compiled graph and what is known about him."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from onevisit.core.conditions import Condition, evaluate
from onevisit.core.facts import Facts, OwnFacts, party_key, without_number
from onevisit.core.parties import is_there, persons_of
from onevisit.core.planning.core import Core
from onevisit.core.planning.explain import assumptions_of, assumptions_of_fees, count_in_words, later_of
from onevisit.core.planning.graph import Classes, Graph, ServiceTable, remember
from onevisit.core.planning.model import (
    Dates,
    FeeLine,
    Later,
    Plan,
    PlannedProcedure,
    Question,
    Range,
    Truth,
    Unavailable,
    VisitCount,
)
from onevisit.core.planning.offers import offers_of
from onevisit.core.planning.options import Context
from onevisit.core.planning.parts import evidence_of, steps_of, visits_of
from onevisit.core.planning.pricing import awaits, due
from onevisit.core.planning.relevance import Outlook, outlook
from onevisit.core.planning.visits import problem_to_json


class WorkingDays(Protocol):
    """What the planner needs of a calendar (core/law/worktime.py)."""

    def add(self, day: date, days: int, /) -> date:
        """The `days`-th working day after `day`."""
        ...

    def provisional(self, day: date, /) -> bool:
        """Whether the day lies past the last year that the calendar knows."""
        ...


@dataclass(frozen=True, slots=True)
class Body:
    """What a plan says whatever facts of forms are known and whenever it starts."""

    plan: Plan
    deciding: Mapping[str, tuple[str, ...]]  # fact → services it switches, those that decide most first
    forms: Mapping[str, tuple[str, ...]]  # fact → services needed for certain whose form asks it
    statutory_days: int | None
    always: frozenset[str]  # services needed for certain
    ever: frozenset[str]  # services that may be needed
    fixed: Mapping[tuple[str, int], tuple[Decimal, Decimal]]  # fees that the form's answers do not price


def make_plan(
    graph: Graph,
    facts: Facts,
    *,
    walk_in: bool = False,
    unavailable: Mapping[str, Unavailable] | None = None,
    held: frozenset[str] = frozenset(),
    start: date | None = None,
    calendar: WorkingDays | None = None,
) -> Plan:
    """The plan for what is known (answers and fetched data alike); the rest is open and gives ranges and questions.

    `walk_in`: counter, paper and courier only. `unavailable`: registers that cannot be used, by key. `held`: licence
    types (and evidence keys of earlier uploads) the applicant has. Dates come with `start` and `calendar`.
    """
    context = graph.context(Context(walk_in, tuple((unavailable or {}).items()), held))
    classes = graph.classify(facts)
    key = (classes, context)
    body = graph.bodies.get(key)
    if not isinstance(body, Body):
        body = remember(graph.bodies, key, _body(graph, classes, context))
    dates = None
    if start is not None and calendar is not None:
        dates = _dates(body, start, calendar)
    fees = _fees(graph, body, facts)
    services = {table.service.key: table.service for table in graph.tables}
    of_fees = assumptions_of_fees((services[fee.service], fee.label, fee.basis, fee.returned) for fee in fees)
    assumed = dict.fromkeys((*body.plan.assumptions, *of_fees))
    questions = _questions(graph, body, facts)
    return replace(body.plan, fees=fees, assumptions=tuple(assumed), questions=questions, dates=dates)


def _body(graph: Graph, classes: Classes, context: Context) -> Body:
    """Everything but form questions, fees and dates."""
    seen = outlook(graph, classes, context)
    core = seen.first
    deciding = {graph.domains[fact.position].key: fact.switches for fact in seen.deciding}
    worst, total, days = _ranges(graph, seen, context)
    count = VisitCount(worst, total, core.visits.chain, count_in_words(core, worst))
    limited = all(state.statutory is not None for state in core.states)
    plan = Plan(
        event=graph.event.key,
        snapshot=graph.snapshot,
        walk_in=context.walk_in,
        procedures=tuple(_procedure(table, seen, deciding) for table in graph.tables),
        evidence=evidence_of(graph, core, context),
        steps=steps_of(core),
        visits=visits_of(core),
        count=count,
        trips=trips_of(graph, core),
        days=days,
        critical=_critical(core),
        fees=(),
        questions=(),
        offers=offers_of(graph, classes, seen, context),
        assumptions=assumptions_of(graph, core),
        unavailable=context.unavailable,
        later=tuple(_later(graph, seen, deciding)),
        visit_problem=problem_to_json(core.choice.problem),
    )
    statutory = core.statutory_days if limited else None
    forms = form_facts(graph, seen.always, graph.facts_at(seen.first_classes))
    return Body(plan, deciding, forms, statutory, seen.always, seen.ever, seen.fees)


def _ranges(graph: Graph, seen: Outlook, context: Context) -> tuple[Range, Range, Range]:
    """Visits of the worst-off person, all visits and days; as wide as the published bounds where not all was seen."""
    worst, total = seen.visits
    if seen.complete or graph.bounds is None:
        return worst, total, seen.days
    most = max(worst.high, graph.bounds.walk_in if context.walk_in else graph.bounds.online)
    people = sum(role.most for role in graph.event.roles if role.natural)
    days = graph.bounds.days
    return (
        Range(0, most),
        Range(0, max(total.high, most * people)),
        Range(min(days.low, seen.days.low), max(days.high, seen.days.high)),
    )


def _later(graph: Graph, seen: Outlook, deciding: Mapping[str, tuple[str, ...]]) -> Iterator[Later]:
    """What may still change the plan and only turns out on the way."""
    return (one for one in later_of(graph) if one.fact in deciding and one.service in seen.ever)


def _procedure(table: ServiceTable, seen: Outlook, deciding: Mapping[str, tuple[str, ...]]) -> PlannedProcedure:
    """One service of the event in the plan: needed, not needed or open."""
    service = table.service
    if service.key not in seen.always:
        opened = service.key in seen.ever
        by = tuple(fact for fact, switches in deciding.items() if service.key in switches) if opened else ()
        status = Truth.OPEN if opened else Truth.NO
        return PlannedProcedure(
            service.key, service.name, service.agency, status, table.because, service.legal_basis, decided_by=by
        )
    core = seen.first
    number = next(n for n, state in enumerate(core.states) if state.key == service.key)
    state = core.states[number]
    acts = core.net.numbers(number, range(len(state.acts)))
    agency = [n for n in acts if core.net.acts[n].agency] or list(acts)
    decides = core.net.numbers(number, state.decides)
    pairs = zip(core.choice.items, core.choice.sources, strict=True)
    outputs = [s.producer for item, s in pairs if item.service == number and s.producer >= 0]
    present = {s.key for s in core.states}
    return PlannedProcedure(
        service=service.key,
        name=service.name,
        agency=service.agency,
        status=Truth.YES,
        because=service.why or table.because,
        basis=service.legal_basis,
        on_promise=state.on_promise,
        waits_for=tuple(dict.fromkeys(core.states[p].key for p in outputs)),
        ordered_after=tuple(
            service.sequences[k].after for k in state.ordered_after if service.sequences[k].after in present
        ),
        begins=min((core.promised.begins[n] for n in agency), default=0),  # there may be nobody to do anything
        ends=max((core.promised.ends[n] for n in decides), default=0),
        statutory_ends=None if state.statutory is None else max((core.statutory.ends[n] for n in decides), default=0),
        critical=service.key in _critical(core),
    )


def _critical(core: Core) -> tuple[str, ...]:
    """Services on the path that decides the end, in order."""
    return tuple(dict.fromkeys(core.states[core.net.service_of[n]].key for n in core.path if core.net.acts[n].days))


def trips_of(graph: Graph, core: Core) -> int:
    """Trips elsewhere (third parties, documents that cost a trip) of the person who has most of them."""
    trips: dict[str, set[object]] = {}
    natural = {person for act in core.net.acts for person in act.persons}
    someone = next((role.key for role in graph.event.roles if role.natural), "")
    for step in steps_of(core):
        for person in step.persons if step.trip else ():
            trips.setdefault(person, set()).add((step.service, step.step))
    for item, source in zip(core.choice.items, core.choice.sources, strict=True):
        if item.trip and source.burden and source.producer < 0:
            person = item.need.party if item.need.party in natural else someone
            trips.setdefault(person, set()).add(item.key)
    return max((len(own) for own in trips.values()), default=0)


def _fees(graph: Graph, body: Body, facts: Facts) -> tuple[FeeLine, ...]:
    """A line for each fee that may be due; low = 0 while it may also not be due."""
    lines = []
    for table in graph.tables:
        service = table.service
        for k, fee in enumerate(service.fees):
            found = body.fixed.get((service.key, k))
            if k in table.priced and service.key in body.ever:
                found = due(fee, facts, graph.specs)
            if found is not None:
                low = found[0] if service.key in body.always or k not in table.priced else Decimal(0)
                waits = awaits(fee, facts)
                lines.append(
                    FeeLine(fee.payee, fee.label, low, found[1], service.key, fee.basis, waits, fee.returned_basis)
                )
    return tuple(lines)


def form_facts(graph: Graph, services: Container[str], facts: Facts) -> dict[str, tuple[str, ...]]:
    """Facts that the forms of these services ask, in the catalogue's order, for every party: fact → services."""
    forms: dict[str, list[str]] = {}
    for table in graph.tables:
        if table.service.key in services:
            for fact in table.service.facts:
                if fact not in graph.commitments:
                    forms.setdefault(fact, []).append(table.service.key)
    facts = dict(facts)
    for domain in (graph.domains[p] for own in graph.derived for p in own.facts):
        if len(domain.values) == 1:  # only compared with others: its one class says nothing of its value
            facts.pop(domain.key, None)
    missing = {one.fact for one in graph.spares if evaluate(one.when, facts) is False}
    if graph.event.founding:
        missing.add(graph.event.founding.code)  # nobody knows it before the business is registered
    parties = {role.key: len(persons_of(role, facts)) for role in graph.planned.roles}
    return {
        key: tuple(forms[spec.key])
        for spec in graph.event.facts
        if spec.key in forms and spec.key not in missing
        for key in _keys(spec.key, 1 if spec.key == f"{spec.role}.count" else parties.get(spec.role, 1))
        if not any(_spared(when, key, facts) for when in graph.spares_party.get(spec.key, ()))
    }


def _spared(when: Condition, key: str, facts: Facts) -> bool:
    """Whether this party need not say it."""
    return evaluate(when, OwnFacts(facts, key.partition(".")[0])) is False


def _keys(fact: str, parties: int) -> Iterator[str]:
    """The fact's key for each party of its role; the first has the plain one."""
    role, name = fact.split(".", 1)
    for number in range(1, parties + 1):
        yield party_key(f"{role}[{number}]", name)


def _questions(graph: Graph, body: Body, facts: Facts) -> tuple[Question, ...]:
    """Open facts that decide something, then those that only forms need; nothing known is asked.

    What only some applicants have is asked once it is known that he is one of them.
    """
    later = {one.fact for one in graph.event.asked if evaluate(one.when, facts) is not True}
    later |= set(graph.learning.keys)  # nobody knows them yet
    found = [
        Question(fact, True, switches, body.forms.get(fact, ()))
        for fact, switches in body.deciding.items()
        if facts.get(fact) is None and fact not in later
    ]
    found += [
        Question(fact, False, (), services)
        for fact, services in body.forms.items()
        if facts.get(fact) is None and fact not in body.deciding and is_there(graph.event, fact, facts)
        if not (graph.spares_compared and _is_spared(graph, fact, facts))
    ]
    return tuple(found)


def _is_spared(graph: Graph, fact: str, facts: Facts) -> bool:
    """Whether it need not be asked, by a comparison of several facts."""
    known = OwnFacts(facts, fact.partition(".")[0])
    key = without_number(fact)
    return any(evaluate(one.when, known) is False for one in graph.spares_compared if one.fact == key)


def _dates(body: Body, start: date, calendar: WorkingDays) -> Dates:
    """The longest promised and statutory times on the calendar."""
    promised = calendar.add(start, body.plan.days.high)
    statutory = None if body.statutory_days is None else calendar.add(start, body.statutory_days)
    return Dates(start, promised, statutory, calendar.provisional(statutory or promised))
