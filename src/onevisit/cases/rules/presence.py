"""Which steps of a case need somebody, in person or by his word, what each waits for, which are open. Pure.

Read from the services' own definitions and from what has happened. Of the plan only the chosen modes and sources are
used, never how it groups steps into visits: whoever goes where they are open finds out for himself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onevisit.core.catalogue import AcceptKind, Actor, EvidenceRequirement, LifeEvent, ModeKind, Service, Step
from onevisit.core.planning.model import Plan, PlannedEvidence, PlannedStep, Truth
from onevisit.core.planning.services import in_order, working_days

Key = tuple[str, str, str]  # service, step, party ("" if all do it together, or the agency acts)


@dataclass(frozen=True, slots=True)
class Act:
    """A step as done by one party, by all of them together, or by the agency."""

    service: str
    step: Step
    parties: tuple[str, ...]
    places: tuple[str, ...]  # where it is done in person; none: nobody has to come
    decides: bool  # the agency's last step: it is done when the procedure is decided
    days: int  # of the agency's step, by promise
    signers: tuple[str, ...] = ()  # done online: those of its parties who have not said their word by submitting
    pays: bool = False  # done once the service's fees are paid, if there are any

    @property
    def key(self) -> Key:
        """What names it in the case."""
        return self.service, self.step.key, self.parties[0] if len(self.parties) == 1 else ""

    @property
    def in_person(self) -> bool:
        """Whether somebody has to come."""
        return bool(self.places)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Whose presence or word it takes."""
        return self.parties if self.in_person else self.signers


@dataclass(frozen=True, slots=True)
class Course:
    """All acts of a case, and what each follows."""

    acts: Mapping[Key, Act]
    after: Mapping[Key, tuple[Key, ...]]

    def before_decision(self, service: str) -> tuple[Act, ...]:
        """The service's acts for which somebody is awaited, before its decision, directly or by way of other acts."""
        seen: set[Key] = set()
        waiting = [key for key, act in self.acts.items() if act.service == service and act.decides]
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                waiting += [k for k in self.after[key] if k[0] == service]
        return tuple(act for key, act in self.acts.items() if key in seen and (act.awaited or act.pays))


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened, in working days from the submission."""

    today: int
    decided: Mapping[str, int]  # service → day of its grant
    delivered: frozenset[str]  # services whose licence its holder took
    ended: frozenset[str]  # services that failed or were withdrawn
    attended: Mapping[tuple[str, str, str], int]  # service, step, party → day
    holder: str = ""  # the party who takes licences
    owed: Mapping[str, int | None] = field(default_factory=dict)  # service with fees → day on which they were paid


@dataclass(slots=True)
class Day:
    """The course of a case as it stands on a day."""

    course: Course
    progress: Progress
    _done: dict[Key, int | None] = field(default_factory=dict)

    def done_on(self, key: Key) -> int | None:
        """The working day on which the act was done; None if it is not."""
        if key not in self._done:
            self._done[key] = self._when(self.course.acts[key])
        return self._done[key]

    def _when(self, act: Act) -> int | None:
        seen = self.progress
        if act.decides:
            return seen.decided.get(act.service)
        if act.pays and act.service in seen.owed:
            return seen.owed[act.service]
        if act.awaited:
            days = [seen.attended.get((act.service, act.step.key, party)) for party in act.awaited]
            known = [day for day in days if day is not None]
            if len(known) == len(days):
                return max(known)
            taken = act.service in seen.delivered and act.parties == (seen.holder,) and self._follows_decision(act)
            return seen.decided.get(act.service) if taken else None
        begun = self._ready(act.key)
        if begun is None or act.step.actor is Actor.APPLICANT:
            return begun  # nobody has to come: he does it as soon as he can
        end = max(begun, act.step.window[0] if act.step.window else 0) + act.days
        return end if end <= seen.today else None

    def _ready(self, key: Key) -> int | None:
        """The day on which all that the act follows was done; None while something is not."""
        days = [self.done_on(before) for before in self.course.after[key]]
        known = [day for day in days if day is not None]
        return max(known, default=0) if len(known) == len(days) else None

    def _follows_decision(self, act: Act) -> bool:
        return any(self.course.acts[key].decides for key in self.course.after[act.key])

    def waits_for(self, act: Act) -> tuple[Act, ...]:
        """What the act still waits for."""
        return tuple(self.course.acts[key] for key in self.course.after[act.key] if self.done_on(key) is None)

    def in_window(self, act: Act) -> bool:
        """Whether today is one of the act's days."""
        first, last = act.step.window or (0, self.progress.today)
        return first <= self.progress.today <= last

    def left(self, acts: Iterable[Act]) -> tuple[Act, ...]:
        """Those of the acts that are not done."""
        return tuple(act for act in acts if self.done_on(act.key) is None)

    def of(self, party: str) -> tuple[Act, ...]:
        """Acts that take the party's presence or word, of services that have not ended."""
        acts = self.course.acts.values()
        return tuple(act for act in acts if party in act.awaited and act.service not in self.progress.ended)

    def left_for(self, party: str) -> tuple[Act, ...]:
        """Those for which he still has to come, or to sign, whatever the others have done."""
        done = self.progress.attended
        return tuple(act for act in self.left(self.of(party)) if (act.service, act.step.key, party) not in done)

    def open(self) -> tuple[Act, ...]:
        """Acts that somebody can come for today."""
        return tuple(act for act in self._open() if act.in_person)

    def to_sign(self) -> tuple[Act, ...]:
        """Acts for which somebody can give his word online today."""
        return tuple(act for act in self._open() if act.signers)

    def to_pay(self) -> tuple[Act, ...]:
        """Acts that are done by paying, and can be now."""
        acts = (a for a in self.course.acts.values() if self._billed(a) and a.service not in self.progress.ended)
        return tuple(act for act in self.left(acts) if not self.waits_for(act))

    def _billed(self, act: Act) -> bool:
        return act.pays and act.service in self.progress.owed

    def _open(self) -> Iterator[Act]:
        here = (
            a
            for a in self.course.acts.values()
            if a.awaited and not self._billed(a) and a.service not in self.progress.ended
        )
        yield from (act for act in self.left(here) if self.in_window(act) and not self.waits_for(act))


def signed_at(event: LifeEvent, plan: Plan, hall: str, applicant: str) -> tuple[Act, ...]:
    """Acts that the applicant (a party) alone does by handing his case in at the hall: those open at once, there."""
    day = Day(course(event, plan, applicant), Progress(0, {}, frozenset(), frozenset(), {}))
    return tuple(act for act in day.open() if act.parties == (applicant,) and hall in act.places)


def course(event: LifeEvent, plan: Plan, applicant: str) -> Course:
    """The acts of the plan's procedures, by the event's own definitions (conditions bound, as compiled).

    `applicant`: the party who submits, and by that does his own online steps as soon as they are open.
    """
    services = {service.key: service for service in event.services}
    needed = {one.service: one for one in plan.procedures if one.status is Truth.YES}
    acts: dict[Key, Act] = {}
    steps: dict[tuple[str, str], tuple[Key, ...]] = {}
    for service, procedure in needed.items():
        for step, made in _acts(services[service], plan.steps, applicant, on_promise=procedure.on_promise):
            acts.update({act.key: act for act in made})
            steps[service, step] = tuple(act.key for act in made)
    after = {key: _within(services[act.service], act.step, steps) for key, act in acts.items()}
    parts = _Parts(acts, frozenset(key for before in after.values() for key in before))
    for service, procedure in needed.items():
        decided = tuple(key for earlier in procedure.ordered_after for key in parts.decisions(earlier))
        for key in parts.beginnings(service, after):
            after[key] += decided
    for key, earlier in _outputs(services, plan, parts, steps):
        after[key] += earlier
    return Course(acts, after)


def _acts(
    service: Service, planned: tuple[PlannedStep, ...], applicant: str, *, on_promise: bool
) -> Iterator[tuple[str, tuple[Act, ...]]]:
    """The acts of each of the service's steps that is done in this case."""
    own: dict[str, list[PlannedStep]] = {}
    for one in planned:
        if one.service == service.key:
            own.setdefault(one.step, []).append(one)
    steps = [step for step in in_order(service.steps) if step.key in own]
    agency = [step for step in steps if step.actor is Actor.AGENCY]
    earlier = {key for step in agency for key in _all_before(service, step)}
    says = any(step.most for step in agency)
    for step in steps:
        if step.actor is Actor.AGENCY:
            days = 0 if on_promise else step.most if says else working_days(service.promise) * (step is agency[-1])
            yield step.key, (Act(service.key, step, (), (), step.key not in earlier, days),)
            continue
        groups = [own[step.key]] if step.together else [[part] for part in own[step.key]]
        signed = step.key in earlier  # what follows the decision is only received
        yield step.key, tuple(_act_of(service, step, parts, applicant, signed=signed) for parts in groups)


def _act_of(service: Service, step: Step, parts: Sequence[PlannedStep], applicant: str, *, signed: bool) -> Act:
    """What the persons of parts of the plan do: they come, or those who have not submitted give their word online."""
    people = tuple(dict.fromkeys(person for part in parts for person in part.persons))
    places = next((part.places for part in parts if part.mode is not None and part.mode.in_person), ())
    online = all(part.mode is ModeKind.ONLINE for part in parts)
    signers = tuple(person for person in people if person != applicant) if online and signed and not step.pays else ()
    return Act(service.key, step, people, places, False, 0, signers, step.pays)


def _all_before(service: Service, step: Step) -> frozenset[str]:
    """Keys of all steps before a step, by way of others too."""
    by_key = {one.key: one for one in service.steps}
    found: set[str] = set()
    waiting = list(step.after)
    while waiting:
        key = waiting.pop()
        if key in by_key and key not in found:
            found.add(key)
            waiting += by_key[key].after
    return frozenset(found)


def _within(service: Service, step: Step, steps: Mapping[tuple[str, str], tuple[Key, ...]]) -> tuple[Key, ...]:
    """What a step follows in its own service; a step that is left out hands on what it follows."""
    by_key = {one.key: one for one in service.steps}
    found: list[Key] = []
    for key in step.after:
        own = steps.get((service.key, key), ())
        found += own or (_within(service, by_key[key], steps) if key in by_key else ())
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where the acts of a service begin and end."""

    acts: Mapping[Key, Act]
    followed: frozenset[Key]

    def decisions(self, service: str) -> tuple[Key, ...]:
        """Its deciding acts."""
        return tuple(key for key, act in self.acts.items() if act.service == service and act.decides)

    def ends(self, service: str) -> tuple[Key, ...]:
        """Acts that nothing follows."""
        return tuple(key for key in self.acts if key[0] == service and key not in self.followed)

    def beginnings(self, service: str, after: Mapping[Key, tuple[Key, ...]]) -> tuple[Key, ...]:
        """The agency's first acts (all of them if no agency acts)."""
        own = [act for act in self.acts.values() if act.service == service]
        agency = [act for act in own if act.step.actor is Actor.AGENCY]
        keys = {act.step.key for act in agency}
        first = [act for act in agency if not any(key[1] in keys for key in _reach(act.key, after))]
        return tuple(act.key for act in first or own)


def _reach(key: Key, after: Mapping[Key, tuple[Key, ...]]) -> frozenset[Key]:
    """All acts before an act."""
    found: set[Key] = set()
    waiting = list(after[key])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += after[one]
    return frozenset(found)


def _outputs(
    services: Mapping[str, Service], plan: Plan, parts: _Parts, steps: Mapping[tuple[str, str], tuple[Key, ...]]
) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Acts that need another procedure's output, with what they follow for it.

    Inside government it passes from decision to decision; else the applicant has to have it in hand first.
    """
    makers = {one.service: one.waits_for for one in plan.procedures if one.status is Truth.YES}
    for taken in plan.evidence:
        if taken.kind is not AcceptKind.OUTPUT:
            continue
        for consumer in taken.services:
            for maker in makers[consumer]:
                output = next((o for o in services[maker].outputs if o.licence_type == taken.ref), None)
                if output is None:
                    continue
                named = _named(services[consumer], taken)
                keys = [key for step in named for key in steps.get((consumer, step), ())]
                own = [key for key in keys if parts.acts[key].step.actor is Actor.APPLICANT] or _first(consumer, parts)
                if output.internal_transfer or not own:
                    agency = [key for key in keys if parts.acts[key].step.actor is Actor.AGENCY]
                    before = parts.decisions(maker) if output.internal_transfer else parts.ends(maker)
                    yield from ((key, before) for key in agency or parts.decisions(consumer))
                else:
                    by = next((key for key in own if taken.party in parts.acts[key].parties), own[0])
                    yield by, parts.ends(maker)


def _named(service: Service, taken: PlannedEvidence) -> tuple[str, ...]:
    """Steps that the requirement names as those that need it."""

    def fits(need: EvidenceRequirement) -> bool:
        return need.evidence == taken.evidence and need.role == taken.role and bool(need.step)

    return tuple(need.step for need in service.evidence if fits(need))


def _first(service: str, parts: _Parts) -> list[Key]:
    """The acts of the applicant's first step in a service."""
    own = [key for key, act in parts.acts.items() if act.service == service and act.step.actor is Actor.APPLICANT]
    return [key for key in own if key[1] == own[0][1]]


def away(event: LifeEvent, service: Service) -> bool:
    """Whether an online applicant surely need not come before the service's decision, whatever the facts.

    Every step of his before it has an online mode, and what the event takes on paper it takes uploaded as well.
    """
    for need in (need for one in event.services for need in one.evidence):
        uploads = {accept.when for accept in need.accepts if accept.kind is AcceptKind.UPLOAD}
        paper = [accept.when for accept in need.accepts if accept.kind in (AcceptKind.COPY, AcceptKind.ORIGINAL)]
        if None not in uploads and not uploads.issuperset(paper):
            return False
    parties = [role for role in event.roles if role.natural]
    if any(step.pays for step in service.steps):
        return False
    if len(parties) > 1 or any(role.most > 1 for role in parties):
        return False  # somebody else may have to come, or to sign
    agency = [step for step in service.steps if step.actor is Actor.AGENCY]
    before = {key for step in agency for key in _all_before(service, step)}
    return all(_online(step) for step in service.steps if step.key in before and step.actor is Actor.APPLICANT)


def _online(step: Step) -> bool:
    """Whether the step can be done online, or needs no place, whatever the facts."""
    if all(not mode.kind.in_person for mode in step.modes):
        return True
    return any(mode.kind is ModeKind.ONLINE and mode.when is None for mode in step.modes)
