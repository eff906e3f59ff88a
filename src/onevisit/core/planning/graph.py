"""Compile a life event once: conditions bound and checked, facts cut into finite domains, services memoised by fact."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeVar

from onevisit.core.catalogue import AcceptKind, Actor, Asked, EvidenceType, LifeEvent, Parameter, Role, Service
from onevisit.core.conditions import (
    Condition,
    check_types,
    evaluate,
    facts_of,
    in_words,
    is_of_party,
    parameters_of,
)
from onevisit.core.domains import Domain, count_domain, domain_of
from onevisit.core.errors import Refusal
from onevisit.core.facts import Facts, FactSpec, FactType, Value, name_in, party_key, role_of, spec_of
from onevisit.core.parties import all_specs
from onevisit.core.planning.binding import bound, changed
from onevisit.core.planning.deriving import Derived, Deriving, is_derived
from onevisit.core.planning.learning import Learning, learning_of, unless_it_turns_out, wrong_learning
from onevisit.core.planning.model import Bounds
from onevisit.core.planning.options import Context
from onevisit.core.planning.pricing import priced
from onevisit.core.planning.services import (
    ServiceState,
    commitment_facts,
    conditions_of,
    in_order,
    instances_of,
    state_of,
)
from onevisit.core.planning.visits import VisitAnswer, VisitProblem
from onevisit.core.text import Text

Classes = tuple[int | None, ...]  # the class of each mentioned fact, None = unknown
T = TypeVar("T")
KEPT = 4096  # entries in each of a graph's caches


class BadEvent(Refusal):
    """A life event that cannot be compiled."""

    code: ClassVar[str] = "bad-event"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "一件事「{event}」不能编译：{problem}。"


@dataclass(slots=True)
class ServiceTable:
    """A service and its states, remembered by the classes of the facts that its conditions mention."""

    service: Service
    positions: tuple[int, ...]
    because: Text  # its condition in words
    priced: frozenset[int] = frozenset()  # its fees that the form's answers price
    states: dict[Classes, ServiceState | None] = field(default_factory=dict)
    unique: dict[ServiceState, ServiceState] = field(default_factory=dict)  # equal states are one object


@dataclass(frozen=True, slots=True)
class Group:
    """A role of which there may be several parties, or none: where the facts of each stand among the domains."""

    role: Role
    count: int | None  # position of the number of its parties
    parties: tuple[tuple[int, ...], ...]  # positions of each party's own facts
    needs: tuple[int, ...] = ()  # positions of the facts that say whether there is any
    leads: bool = False  # its first party may be the applicant, who does more than the others
    free: bool = False  # no condition but those of its own parties reads its facts: one more only adds to the plan


@dataclass(slots=True)
class Graph:
    """A compiled life event; everything but the caches is fixed."""

    event: LifeEvent
    planned: LifeEvent  # the same, but comparisons of several facts are facts of their own
    snapshot: str
    specs: Mapping[str, FactSpec]
    evidence_types: Mapping[str, EvidenceType]
    domains: tuple[Domain, ...]  # facts that conditions mention, in the catalogue's order, derived ones last
    derived: tuple[Derived, ...]  # comparisons of several facts
    commitments: frozenset[str]  # facts by which commitments are taken: never asked, open = not taken
    tables: tuple[ServiceTable, ...]
    constraints: tuple[tuple[tuple[int, ...], Condition], ...]
    spares: tuple[Asked, ...]  # what only some are asked, by a condition on the whole matter
    spares_party: Mapping[str, tuple[Condition, ...]]  # what only some parties are asked, by a condition on the party
    spares_compared: tuple[Asked, ...]  # those of both whose condition compares several facts, as it is written
    groups: tuple[Group, ...]  # roles of which there may be several parties, or none
    resources: frozenset[str]
    holdable: frozenset[str]  # licences and uploads that some requirement accepts
    parameters: tuple[tuple[str, Parameter], ...]  # local numbers with a service whose conditions compare with them
    learning: Learning  # facts that turn out on the way
    bounds: Bounds | None  # for plans whose open facts are too many to look at
    solved: dict[VisitProblem, VisitAnswer] = field(default_factory=dict)
    cores: dict[object, object] = field(default_factory=dict)
    bodies: dict[object, object] = field(default_factory=dict)
    questions: object = None  # what the solver knows of it (questions.py), made with the first plan

    def classify(self, facts: Facts) -> Classes:
        """The class of each mentioned fact, a derived one's from those it compares."""
        classes = tuple(
            domain.index(facts[domain.key]) if facts.get(domain.key) is not None else None for domain in self.domains
        )
        for own in self.derived:
            truth = evaluate(own.condition, facts)
            found = None if truth is None else int(truth)
            classes = (*classes[: own.position], found, *classes[own.position + 1 :])
        return classes

    def facts_at(self, classes: Classes, positions: Iterable[int] | None = None) -> dict[str, Value]:
        """Facts that stand for the classes."""
        chosen = range(len(self.domains)) if positions is None else positions
        known = ((self.domains[p], classes[p]) for p in chosen)
        return {domain.key: domain.values[k] for domain, k in known if k is not None}

    def default(self, position: int) -> int:
        """The class that an open commitment fact has: not taken."""
        domain = self.domains[position]
        if domain.values[0] is False:
            return 0
        return next(k for k in (*domain.possible, 0) if not self.takes_promise(domain.key, domain.values[k]))

    def takes_promise(self, fact: str, value: Value) -> bool:
        """Whether this value of an offer's fact has some service granted on a promise."""
        promises = [t.service.on_promise for t in self.tables if t.service.offer_fact == fact]
        return any(promise is not None and evaluate(promise, {fact: value}) is True for promise in promises)

    def states(self, classes: Classes) -> tuple[ServiceState, ...]:
        """The services that apply when every class is known."""
        found = []
        for table in self.tables:
            key = tuple([classes[p] for p in table.positions])
            if key not in table.states:
                facts = self.facts_at(classes, table.positions)
                made = state_of(table.service, self.planned, facts, table.priced)
                table.states[key] = None if made is None else table.unique.setdefault(made, made)
            state = table.states[key]
            if state is not None:
                found.append(state)
        return tuple(found)

    def context(self, context: Context) -> Context:
        """The context without what the event does not know."""
        unavailable = tuple(sorted((k, why) for k, why in context.unavailable if name_in(k) in self.resources))
        return replace(context, unavailable=unavailable, held=context.held & self.holdable)


def remember(cache: dict[object, object], key: object, value: T) -> T:
    """Put a value into a bounded cache (emptied when full)."""
    if len(cache) >= KEPT:
        cache.clear()
    cache[key] = value
    return value


def compile_event(event: LifeEvent, snapshot: str, bounds: Bounds | None = None) -> Graph:
    """Compile a life event; raises `BadEvent` or `BadCondition` for what cannot be planned.

    `snapshot` is the hash of the catalogue version; plans carry it. `bounds`: as it was published.
    """
    parameters = tuple(_parameters(event))
    event = unless_it_turns_out(bound(_readable(event)))
    specs = all_specs(event)
    whens = [*event.constraints, *(role.when for role in event.roles if role.when is not None)]
    instances = _instances(event)
    _check(event, specs, [c for own in instances.values() for c in own] + list(event.constraints))
    deriving = Deriving(event.roles, specs)
    planned = event
    if deriving.needed([c for own in instances.values() for c in own] + whens + [one.when for one in event.asked]):
        planned = _derived(event, deriving)
        whens = [*planned.constraints, *(role.when for role in planned.roles if role.when is not None)]
        instances = _instances(planned)
    own = {service.key: _facts_of_service(service, planned, specs, instances) for service in planned.services}
    mentioned = set().union(*own.values(), *(facts_of(condition) for condition in planned.constraints))
    derived = [key for key in sorted(mentioned) if is_derived(key)]
    mentioned |= {fact for key in derived for fact in facts_of(deriving.condition(key))}
    domains = tuple(_domains(event, specs, mentioned, [c for one in instances.values() for c in one] + whens))
    position = {domain.key: number for number, domain in enumerate(domains)}
    tables = tuple(
        ServiceTable(
            service,
            tuple(sorted(position[key] for key in own[service.key] if key in position)),
            in_words(service.applies_when, specs),
            priced(service),
        )
        for service in planned.services
    )
    constraints = tuple((tuple(sorted(position[k] for k in facts_of(c))), c) for c in planned.constraints)
    commitments = frozenset(key for service in event.services for key in commitment_facts(service))
    return Graph(
        event=event,
        planned=planned,
        snapshot=snapshot,
        specs=specs,
        evidence_types={evidence.key: evidence for evidence in event.evidence_types},
        domains=domains,
        derived=tuple(deriving.derived(key, domains, position) for key in derived),
        commitments=commitments,
        tables=tables,
        constraints=constraints,
        spares=tuple(one for one in planned.asked if not is_of_party(one.when)),
        spares_party=_spares_party(planned),
        spares_compared=tuple(one for one in event.asked if one not in planned.asked),
        groups=tuple(_groups(planned, position, _read_elsewhere(event))),
        resources=frozenset(resource.key for resource in event.resources),
        holdable=_holdable(event),
        parameters=parameters,
        learning=learning_of(planned, position),
        bounds=bounds,
    )


def _holdable(event: LifeEvent) -> frozenset[str]:
    """Licences and uploads that some requirement accepts."""
    needs = [
        (need.evidence, accept) for service in event.services for need in service.evidence for accept in need.accepts
    ]
    return frozenset(a.ref or key for key, a in needs if a.kind in (AcceptKind.LICENCE, AcceptKind.EARLIER))


def _spares_party(event: LifeEvent) -> dict[str, tuple[Condition, ...]]:
    of_party: dict[str, tuple[Condition, ...]] = {}
    for one in event.asked:
        if is_of_party(one.when):
            of_party[one.fact] = (*of_party.get(one.fact, ()), one.when)
    return of_party


def _groups(event: LifeEvent, position: Mapping[str, int], elsewhere: set[str]) -> Iterator[Group]:
    """The roles whose parties are counted, with the positions of their facts."""
    counted = [role for role in event.roles if role.most > 1 or role.when is not None]
    leading = _leading(event) if counted else set()
    for role in counted:
        names = [key.removeprefix(f"{role.key}.") for key in position if key.startswith(f"{role.key}.")]
        names = [name for name in names if name != "count"]
        parties = tuple(
            tuple(position[key] for name in names if (key := party_key(f"{role.key}[{n}]", name)) in position)
            for n in range(1, role.most + 1)
        )
        needs = facts_of(role.when) if role.when is not None else ()
        found = tuple(sorted(position[key] for key in needs if key in position))
        count = position.get(f"{role.key}.count")
        yield Group(role, count, parties, found, role.key in leading, role.key not in elsewhere)


def _read_elsewhere(event: LifeEvent) -> set[str]:
    """Roles whose facts are read by conditions other than those of one party (`party.age`)."""
    read = [c for service in event.services for c in conditions_of(service)] + list(event.constraints)
    read += [role.when for role in event.roles if role.when is not None]
    return {role_of(key) for condition in read for key in facts_of(condition)}


def _leading(event: LifeEvent) -> set[str]:
    """Roles whose first party may be the applicant of some step."""
    steps = [step for service in event.services for step in service.steps]
    if all(step.roles for step in steps if step.actor is Actor.APPLICANT):
        return set()
    natural = [role.key for role in event.roles if role.natural]
    chosen = [option.value for spec in event.facts if spec.key == event.you for option in spec.options]
    return {*natural[:1], *chosen}


def _parameters(event: LifeEvent) -> Iterator[tuple[str, Parameter]]:
    """Each parameter that conditions mention, with the first service that does."""
    for parameter in event.parameters:
        for service in event.services:
            conditions = [*conditions_of(service), *(fee.when for fee in service.fees if fee.when is not None)]
            if any(parameter.key in parameters_of(condition) for condition in conditions):
                yield service.key, parameter
                break


def _instances(event: LifeEvent) -> dict[str, list[Condition]]:
    """Every condition of each service, those of parties once for each party."""
    return {service.key: list(instances_of(service, event)) for service in event.services}


def _derived(event: LifeEvent, deriving: Deriving) -> LifeEvent:
    """The event with its comparisons of several facts made facts; fees that the form's answers price stay."""
    roles = tuple(replace(role, when=deriving.cut(role.when) if role.when else None) for role in event.roles)
    cut = changed(replace(event, roles=roles), deriving.cut)
    services = []
    for own, service in zip(event.services, cut.services, strict=True):
        later = priced(own)
        fees = tuple(own.fees[k] if k in later else fee for k, fee in enumerate(service.fees))
        services.append(replace(service, fees=fees))
    return replace(cut, services=tuple(services))


def _facts_of_service(
    service: Service, event: LifeEvent, specs: Mapping[str, FactSpec], instances: Mapping[str, list[Condition]]
) -> set[str]:
    """Facts that can change the service's state, the numbers of its roles' persons included."""
    keys = {key for condition in instances[service.key] for key in facts_of(condition)}
    keys |= set(commitment_facts(service))
    names = {role for step in service.steps for role in step.roles}
    names |= {requirement.role for requirement in service.evidence}
    anybody = any(step.actor is Actor.APPLICANT and not step.roles for step in service.steps)
    roles = [role for role in event.roles if role.key in names or (anybody and role.natural)]
    keys |= {event.you} if event.you and anybody else set()
    keys |= {key for role in roles if role.when is not None for key in facts_of(role.when)}
    return keys | {f"{role.key}.count" for role in roles if f"{role.key}.count" in specs}


def _domains(
    event: LifeEvent, specs: Mapping[str, FactSpec], mentioned: set[str], conditions: list[Condition]
) -> Iterator[Domain]:
    """Domains of the mentioned facts, in the catalogue's order, numbers of persons within their roles' bounds."""
    counts = {f"{role.key}.count": role for role in event.roles}
    order = {key: number for number, key in enumerate(specs)}

    def rank(key: str) -> tuple[int, str]:
        spec = spec_of(key, specs)
        return (order[spec.key] if spec else len(order), key)

    for key in sorted(mentioned, key=rank):
        spec = spec_of(key, specs)
        if key in counts:
            yield count_domain(key, counts[key].least, counts[key].most)
        elif is_derived(key):
            yield Domain(key, (False, True), (0, 1))
        elif spec is not None:
            yield domain_of(replace(spec, key=key), conditions)


def _readable(event: LifeEvent) -> LifeEvent:
    """Raise for a choice without values, a role without an upper number, a late fact that comes too late."""
    for n, problem in wrong_learning(event):
        raise BadEvent(event=event.key, problem=f"要素「{event.facts[n].key}」（learnt）：{problem.zh}")
    for spec in event.facts:
        if spec.type is FactType.CHOICE and not spec.options:
            raise BadEvent(event=event.key, problem=f"要素「{spec.key}」是选择题，却没有选项，取什么值没有定")
    for role in event.roles:
        if not isinstance(role.most, int) or role.most < role.least:
            raise BadEvent(event=event.key, problem=f"当事人「{role.key}」最多几方没有定，或者比最少的还少")
    return event


def _check(event: LifeEvent, specs: Mapping[str, FactSpec], conditions: list[Condition]) -> None:
    """Raise for conditions that do not fit, names that do not exist, and circles."""
    fees = [fee for service in event.services for fee in service.fees]
    for condition in conditions + [fee.when for fee in fees if fee.when is not None]:
        check_types(condition, specs)
    keys = {service.key for service in event.services}
    evidence = {item.key for item in event.evidence_types}
    roles = {role.key for role in event.roles} | {"matter"}
    for service in event.services:
        steps = {step.key for step in service.steps}
        if len(in_order(service.steps)) != len(service.steps):
            raise BadEvent(event=event.key, problem=f"事项「{service.key}」的环节互为先后，成了圈")
        names = [(key, keys, "事项") for key in (s.after for s in service.sequences)]
        names += [(key, steps, "环节") for step in service.steps for key in step.after]
        names += [(r.evidence, evidence, "材料") for r in service.evidence]
        names += [(r.role, roles, "当事人") for r in service.evidence]
        names += [(role, roles, "当事人") for step in service.steps for role in step.roles]
        counted = (key for fee in service.fees for key in (fee.percent_of, fee.times) if key)
        names += [(key, set(specs), "要素") for key in (*service.facts, *commitment_facts(service), *counted)]
        for key, known, what in names:
            if key not in known:
                raise BadEvent(event=event.key, problem=f"事项「{service.key}」提到的{what}「{key}」不存在")
    _check_sequences(event)


def _check_sequences(event: LifeEvent) -> None:
    """Raise if services that are always ordered wait for each other in a circle."""
    after = {s.key: {q.after for q in s.sequences if q.when is None} for s in event.services}
    done: set[str] = set()
    while len(done) < len(after):
        ready = {key for key, earlier in after.items() if key not in done and earlier <= done}
        if not ready:
            circle = "、".join(sorted(set(after) - done))
            raise BadEvent(event=event.key, problem=f"事项「{circle}」互相等待，成了圈")
        done |= ready
