"""One service under known facts: which of its steps, evidence, outputs, fees and orders hold, for which persons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Actor,
    EvidenceRequirement,
    LifeEvent,
    Mode,
    ModeKind,
    Role,
    Service,
    Step,
)
from onevisit.core.conditions import Condition, Truth3, evaluate, is_of_party, of_party
from onevisit.core.facts import Facts, OwnFacts
from onevisit.core.parties import MATTER, applicant_of, persons_of
from onevisit.core.planning.pricing import priced
from onevisit.core.text import Text

ASSUMED_MODE = Basis(
    Mark.ASSUMED, note=Text("没有条文要求到场，视为可以在网上办", "No article demands presence: online")
)


@dataclass(frozen=True, slots=True)
class Act:
    """One step as done by certain persons (one act for all if together, else one for each)."""

    key: str  # "service.step" or "service.step@person"
    step: Step = field(compare=False)
    persons: tuple[str, ...]
    modes: tuple[Mode, ...] = field(compare=False)
    open_modes: tuple[int, ...]  # which of the step's modes hold: what tells two acts apart
    after: tuple[int, ...]  # positions of its predecessors among the service's acts
    days: int  # promised working days

    @property
    def agency(self) -> bool:
        """Whether the agency acts, not the applicant."""
        return self.step.actor is Actor.AGENCY


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement for one party, with the ways of proving it that its conditions leave open."""

    requirement: int  # position in Service.evidence
    evidence: str
    party: str
    accepts: tuple[int, ...]  # positions in EvidenceRequirement.accepts, as listed; commitments only if taken
    offered: tuple[int, ...]  # commitments not taken
    targets: tuple[int, ...]  # acts that need it (default: the applicant's first)
    waiting: tuple[int, ...]  # acts that wait for another procedure's output that proves it


@dataclass(frozen=True, slots=True)
class ServiceState:
    """A service that applies, under certain facts; equal states give equal plans."""

    key: str
    service: Service = field(compare=False)
    on_promise: bool
    acts: tuple[Act, ...]
    needs: tuple[Need, ...]
    outputs: tuple[tuple[str, bool], ...]  # (licence type, passes inside government)
    ordered_after: tuple[int, ...]  # positions in Service.sequences
    fees: tuple[int, ...]  # positions in Service.fees
    begins: tuple[int, ...]  # the agency's first acts
    decides: tuple[int, ...]  # its last ones: what comes out of them is decided
    ends: tuple[int, ...]  # acts that nothing follows
    statutory: int | None


def working_days(period: Period) -> int:
    """At most so many working days fall into the period (calendar periods lose their weekends)."""
    if period.unit is Unit.WORKING_DAY:
        return period.amount
    days = {Unit.DAY: 1, Unit.MONTH: 31, Unit.YEAR: 366}[period.unit] * period.amount
    return days - 2 * (days // 7)


def holds(condition: Condition | None, facts: Facts) -> bool:
    """Whether a condition is known to hold (none given: always)."""
    return condition is None or evaluate(condition, facts) is True


def applies(service: Service, facts: Facts) -> Truth3:
    """Whether the service belongs to the applicant's event."""
    return evaluate(service.applies_when, facts)


def conditions_of(service: Service) -> Iterable[Condition]:
    """Every condition of the service that can change its plan, those of parties as they are written (`party.age`).

    Those of fees that the form's answers price (pricing.py) are left out.
    """
    yield service.applies_when
    later = priced(service)
    optional = [service.on_promise]
    optional += [o.when for o in service.outputs] + [s.when for s in service.sequences]
    optional += [f.when for k, f in enumerate(service.fees) if k not in later]
    yield from (condition for condition in optional if condition is not None)
    for _, condition in _of_roles(service):
        yield condition


def instances_of(service: Service, event: LifeEvent) -> Iterable[Condition]:
    """Every condition of the service, those of parties once for each party that there may be (`seller[2].age`)."""
    roles = {role.key: role for role in event.roles}
    every = [key for key, role in roles.items() if role.natural]
    for condition in conditions_of(service):
        if not is_of_party(condition):
            yield condition
    for keys, condition in _of_roles(service):
        if is_of_party(condition):
            for key in keys or every:
                for n in range(1, roles[key].most + 1 if key in roles else 1):
                    yield replace(condition, root=of_party(condition.root, f"{key}[{n}]"))


def _of_roles(service: Service) -> Iterable[tuple[tuple[str, ...], Condition]]:
    """Conditions of what belongs to roles: steps, their modes, documents and what is accepted for them."""
    for step in service.steps:
        yield from ((step.roles, when) for when in (step.when, *(m.when for m in step.modes)) if when is not None)
    for need in service.evidence:
        ways = (need.when, *(a.when for a in need.accepts))
        yield from (((need.role,), when) for when in ways if when is not None)


def commitment_facts(service: Service) -> Iterable[str]:
    """Facts by which the applicant takes a commitment that the service offers."""
    if service.offer_fact:
        yield service.offer_fact
    for requirement in service.evidence:
        yield from (a.ref for a in requirement.accepts if a.kind is AcceptKind.COMMITMENT and a.ref)


def state_of(
    service: Service, event: LifeEvent, facts: Facts, later: frozenset[int] = frozenset()
) -> ServiceState | None:
    """The service under facts that decide all its conditions; None if it does not apply. `later`: fees priced later."""
    if applies(service, facts) is not True:
        return None
    roles = {role.key: role for role in event.roles}
    on_promise = service.on_promise is not None and holds(service.on_promise, facts)
    acts = _acts(service, roles, applicant_of(event, facts), facts, on_promise)
    begins, decides, ends = _ends(acts)
    return ServiceState(
        key=service.key,
        service=service,
        on_promise=on_promise,
        acts=acts,
        needs=tuple(_needs(service, roles, facts, acts, decides)),
        outputs=tuple((o.licence_type, o.internal_transfer) for o in service.outputs if holds(o.when, facts)),
        ordered_after=tuple(k for k, s in enumerate(service.sequences) if holds(s.when, facts)),
        fees=tuple(k for k, fee in enumerate(service.fees) if k not in later and holds(fee.when, facts)),
        begins=begins,
        decides=decides,
        ends=ends,
        statutory=None if service.statutory is None else working_days(service.statutory),
    )


def _acts(
    service: Service, roles: Mapping[str, Role], applicant: tuple[str, ...], facts: Facts, on_promise: bool
) -> tuple[Act, ...]:
    """The service's steps as acts, predecessors first; a step that is left out hands on its own predecessors."""
    acts: list[Act] = []
    of_step: dict[str, tuple[int, ...]] = {}
    promise = _promised(service, facts, on_promise)
    for step in in_order(service.steps):
        after = tuple(dict.fromkeys(n for key in step.after for n in of_step.get(key, ())))
        start = len(acts)
        for suffix, persons in _doers(step, roles, applicant, facts):
            key = f"{service.key}.{step.key}{suffix}"
            open_modes = tuple(k for k, mode in enumerate(step.modes) if _open(mode, persons, facts))
            modes = tuple(step.modes[k] for k in open_modes) or (Mode(ModeKind.ONLINE, ASSUMED_MODE),)
            days = promise.get(step.key, step.most)
            acts.append(Act(key, step, persons, modes, open_modes, after, days))
        of_step[step.key] = tuple(range(start, len(acts))) or after
    return tuple(acts)


def _open(mode: Mode, persons: tuple[str, ...], facts: Facts) -> bool:
    """Whether the mode is open to everybody who does the step."""
    if mode.when is None or not persons:
        return holds(mode.when, facts)
    return all(holds(mode.when, OwnFacts(facts, person)) for person in persons)


def _promised(service: Service, facts: Facts, on_promise: bool) -> dict[str, int]:
    """Days of the agency's steps where the step itself does not say: on a promise none, else the service's promise."""
    agency = [step for step in service.steps if step.actor is Actor.AGENCY and holds(step.when, facts)]
    if on_promise:
        return {step.key: 0 for step in agency}
    if agency and not any(step.most for step in agency):
        return {agency[-1].key: working_days(service.promise)}
    return {}


def in_order(steps: tuple[Step, ...]) -> list[Step]:
    """Steps with predecessors first (their order in the catalogue otherwise); steps of a circle are left out."""
    done: dict[str, Step] = {}
    known = {step.key for step in steps}
    waiting = list(steps)
    while waiting:
        ready = next((s for s in waiting if all(key in done or key not in known for key in s.after)), None)
        if ready is None:
            break
        done[ready.key] = ready
        waiting.remove(ready)
    return list(done.values())


def _doers(
    step: Step, roles: Mapping[str, Role], applicant: tuple[str, ...], facts: Facts
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """(suffix, persons) of each act of a step: one for all of them, or one for each person for whom `when` holds."""
    if step.actor is Actor.AGENCY:
        return [("", ())] if holds(step.when, facts) else []
    chosen = [roles[key] for key in step.roles if key in roles and roles[key].natural]
    everybody = tuple(person for role in chosen for person in persons_of(role, facts)) if step.roles else applicant
    persons = tuple(person for person in everybody if holds(step.when, OwnFacts(facts, person)))
    if step.together or len(everybody) == 1:
        return [("", persons)] if persons else []
    return [(f"@{person}", (person,)) for person in persons]


def _ends(acts: tuple[Act, ...]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """(the agency's first acts, its last ones, acts that nothing follows)."""
    agency_before: list[bool] = []
    for act in acts:
        agency_before.append(any(agency_before[n] or acts[n].agency for n in act.after))
    agency_after = [False] * len(acts)
    followed = {n for act in acts for n in act.after}
    for number in reversed(range(len(acts))):
        for before in acts[number].after:
            agency_after[before] = agency_after[before] or agency_after[number] or acts[number].agency
    agency = [n for n, act in enumerate(acts) if act.agency]
    ends = tuple(n for n in range(len(acts)) if n not in followed)
    begins = tuple(n for n in agency if not agency_before[n])
    return begins, tuple(n for n in agency if not agency_after[n]) or ends, ends


def _usable(accept: Accept, facts: Facts) -> bool:
    """Whether it may be chosen: a commitment only once the applicant has taken it (its fact, else its condition)."""
    if accept.kind is not AcceptKind.COMMITMENT:
        return True
    return facts.get(accept.ref) is True if accept.ref else accept.when is not None


def _needs(
    service: Service, roles: Mapping[str, Role], facts: Facts, acts: tuple[Act, ...], decides: tuple[int, ...]
) -> Iterable[Need]:
    applicant = tuple(n for n, act in enumerate(acts) if not act.agency)
    for number, requirement in enumerate(service.evidence):
        role = roles.get(requirement.role)
        parties = persons_of(role, facts) if role else (MATTER,)
        named = tuple(n for n, act in enumerate(acts) if act.step.key == requirement.step)
        targets = tuple(n for n in named if not acts[n].agency) or applicant[:1]
        waiting = tuple(n for n in named if acts[n].agency) or decides
        first = tuple(n for n in applicant if acts[n].step is acts[targets[0]].step) if targets else ()
        for party in parties:
            known = OwnFacts(facts, party) if role else facts
            if holds(requirement.when, known):
                taken, offered = _ways(requirement, known)
                own = tuple(n for n in first if party in acts[n].persons) or targets
                yield Need(number, requirement.evidence, party, taken, offered, own, waiting)


def _ways(requirement: EvidenceRequirement, facts: Facts) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Positions of what is accepted now, and of commitments that are only offered."""
    open_ones = [k for k, accept in enumerate(requirement.accepts) if holds(accept.when, facts)]
    taken = tuple(k for k in open_ones if _usable(requirement.accepts[k], facts))
    return taken, tuple(k for k in open_ones if k not in taken)
