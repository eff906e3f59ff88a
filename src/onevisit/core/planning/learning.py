"""Facts that are learnt on the way: which steps they wait for, and which may react to what turned out.

A step that reads such a fact begins after the step in which it turns out. It may be done otherwise in each case, and
so may all that comes after in the same service; every other step is settled before anybody knows
(docs/decisions/late-facts.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from onevisit.core.catalogue import AcceptKind, Actor, EvidenceRequirement, LifeEvent, Service, Step
from onevisit.core.conditions import Condition, facts_of
from onevisit.core.facts import FactSpec, FactType, Learnt
from onevisit.core.parties import MATTER
from onevisit.core.planning.services import conditions_of
from onevisit.core.syntax import And, Compare, Const, FactRef, Not, Or, walk
from onevisit.core.text import Text

StepKey = tuple[str, str]  # service, step
NeedPlace = tuple[str, int]  # service, place of the requirement in it
MOST = 16  # ways in which all late facts together may turn out


@dataclass(frozen=True, slots=True)
class Learning:
    """The late facts of an event, by their places among the facts that conditions mention."""

    facts: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    turns: tuple[tuple[StepKey, StepKey], ...] = ()  # where it turns out, and a step that begins after it
    reacts: Mapping[StepKey, tuple[int, ...]] = field(default_factory=dict)  # to which of them a step may react
    proves: Mapping[NeedPlace, tuple[int, ...]] = field(default_factory=dict)  # … and how a document is proved

    def label(self, step: StepKey, classes: Mapping[int, int]) -> str:
        """What tells a step apart in the ways in which things may turn out: nothing, where it is settled before."""
        return "".join(f"|{p}={classes[p]}" for p in self.reacts.get(step, ()))

    def label_of_need(self, service: str, requirement: int, classes: Mapping[int, int]) -> str:
        """The same of how a document is proved: whatever the step that it is handed in with may react to."""
        return "".join(f"|{p}={classes[p]}" for p in self.proves.get((service, requirement), ()))


def learning_of(event: LifeEvent, position: Mapping[str, int]) -> Learning:
    """What an event says of late facts. `position`: where the facts that conditions mention stand."""
    late = [spec for spec in event.facts if spec.learnt is not None and spec.key in position]
    late.sort(key=lambda spec: position[spec.key])
    if not late:
        return Learning()
    reads = _all_reads(event, late)
    reacts: dict[StepKey, list[int]] = {}
    for spec in late:
        for step in sorted(_reacting(event, spec, reads[spec.key])):
            reacts.setdefault(step, []).append(position[spec.key])
    turns = [((spec.learnt.service, spec.learnt.step), step)
             for spec in late if spec.learnt for step in sorted(reads[spec.key])]  # fmt: skip
    return Learning(
        tuple(position[spec.key] for spec in late),
        tuple(spec.key for spec in late),
        tuple(dict.fromkeys(turns)),
        {step: tuple(own) for step, own in reacts.items()},
        dict(_proving(event, reacts)),
    )


def _proving(event: LifeEvent, reacts: Mapping[StepKey, list[int]]) -> Iterator[tuple[NeedPlace, tuple[int, ...]]]:
    """To what a document's proof may react: to what every step may with which it may have to be handed in."""
    for service in event.services:
        for n, need in enumerate(service.evidence):
            steps = [key for key in _handed_in(event, service, need) if _applicants(service, key)]
            own = [reacts.get((service.key, key), []) for key in steps]
            if own and all(own):
                yield (service.key, n), tuple(p for p in own[0] if all(p in other for other in own))


def _applicants(service: Service, key: str) -> bool:
    return any(step.key == key and step.actor is Actor.APPLICANT for step in service.steps)


def unless_it_turns_out(event: LifeEvent) -> LifeEvent:
    """The event with a constraint for each late fact: where its step is not done, it has its first value."""
    steps = {(service.key, step.key): (service, step) for service in event.services for step in service.steps}
    added = []
    for spec in event.facts:
        found = steps.get((spec.learnt.service, spec.learnt.step)) if spec.learnt else None
        if found is not None:
            service, step = found
            done = (service.applies_when.root, *((step.when.root,) if step.when else ()))
            fact = FactRef(spec.key)
            first = Not(fact) if spec.type is FactType.BOOL else Compare("=", fact, Const(spec.options[0].value))
            added.append(Condition(Or((And(done), first))))
    return replace(event, constraints=(*event.constraints, *added)) if added else event


def wrong_learning(event: LifeEvent) -> Iterator[tuple[int, Text]]:
    """What is wrong with facts that are said to turn out on the way: the fact's place, and what."""
    late = [(n, spec) for n, spec in enumerate(event.facts) if spec.learnt is not None]
    steps = {(service.key, step.key): step for service in event.services for step in service.steps}
    for n, spec in late:
        yield from ((n, problem) for problem in _wrong(event, spec, steps))
    ways = 1
    for n, spec in late:
        ways *= 2 if spec.type is FactType.BOOL else len(spec.options)
        if ways > MOST:
            zh = f"办理中才知道的要素合起来多于 {MOST} 种结果"
            yield n, Text(zh, f"all late facts together turn out in more than {MOST} ways")
            return
    if all(spec.learnt and (spec.learnt.service, spec.learnt.step) in steps for _, spec in late):
        reads = _all_reads(event, [spec for _, spec in late])
        for n, spec in late:
            yield from ((n, problem) for problem in _too_early(event, spec, reads[spec.key]))


def _wrong(event: LifeEvent, spec: FactSpec, steps: Mapping[StepKey, Step]) -> Iterator[Text]:
    assert spec.learnt is not None
    service, name = spec.learnt.service, spec.learnt.step
    step = steps.get((service, name))
    if service not in {one.key for one in event.services}:
        yield Text(f"没有事项「{service}」", f"there is no service `{service}` in which it could be learnt")
    elif step is None:
        yield Text(f"事项「{service}」没有环节「{name}」", f"the service `{service}` has no step `{name}`")
    elif step.actor is not Actor.AGENCY:
        yield Text(f"「{service}.{name}」不是部门的环节", f"`{service}.{name}` is no step of the agency's")
    if spec.role != MATTER or spec.type not in (FactType.BOOL, FactType.CHOICE) or spec.resource:
        yield Text(
            "办理中才知道的，只能是整件事的是非题或选择题，也没有数据可查",
            "what is learnt on the way is a `bool` or `choice` of the matter that no register knows",
        )
    asking = [one.key for one in event.services if spec.key in one.facts or spec.key == one.offer_fact]
    for key in asking:
        yield Text(f"事项「{key}」的表要先填它", f"the form of `{key}` needs it before it is learnt")
    conditions = [role.when for role in event.roles if role.when is not None]
    conditions += [one.when for one in event.asked] + ([event.body.when] if event.body else [])
    if spec.key == event.you or any(spec.key in facts_of(condition) for condition in conditions):
        yield Text("有谁参加、问什么，不能看它", "who takes part and what is asked cannot depend on it")
    if spec.key in {accept.ref for one in event.services for need in one.evidence for accept in need.accepts}:
        yield Text("承诺不能看它", "a commitment cannot be taken by it")
    whens = [*event.constraints, *(condition for one in event.services for condition in conditions_of(one))]
    if any(_is_compared(spec.key, condition) for condition in whens):
        yield Text("它不能和别的要素比较", "it cannot be compared with another fact")


def _is_compared(fact: str, condition: Condition) -> bool:
    """Whether a comparison has it together with another fact."""
    for node in walk(condition.root):
        if isinstance(node, Compare):
            facts = {part.key for part in walk(node) if isinstance(part, FactRef)}
            if fact in facts and len(facts) > 1:
                return True
    return False


def _too_early(event: LifeEvent, spec: FactSpec, reads: set[StepKey]) -> Iterator[Text]:
    """Steps that read it and come before it, or are the very step in which it turns out."""
    assert spec.learnt is not None
    own = next(one for one in event.services if one.key == spec.learnt.service)
    before = {spec.learnt.step}
    while more := {key for step in own.steps if step.key in before for key in step.after} - before:
        before |= more
    for service, step in sorted(reads):
        if service == own.key and step in before:
            yield Text(
                f"「{service}.{step}」要先知道它，却不在「{own.key}.{spec.learnt.step}」之后",
                f"`{service}.{step}` needs it before it is learnt in `{own.key}.{spec.learnt.step}`",
            )


def _all_reads(event: LifeEvent, late: list[FactSpec]) -> dict[str, set[StepKey]]:
    """The steps that read each late fact; who reads one that turns out in such a step reads what that step reads."""
    found = {spec.key: {(s.key, step) for s in event.services for step in _reads(event, s, spec.key)} for spec in late}
    changed = True
    while changed:
        changed = False
        for other in late:
            at = (other.learnt.service, other.learnt.step) if other.learnt else ("", "")
            for spec in late:
                if at in found[spec.key] and not found[other.key] <= found[spec.key]:
                    found[spec.key] |= found[other.key]
                    changed = True
    return found


def _reads(event: LifeEvent, service: Service, fact: str) -> set[str]:
    """Steps of a service that may differ by the fact: whether, by whom, how and with what they are done."""
    steps = service.steps
    if fact in facts_of(service.applies_when):
        return {step.key for step in steps}
    found = {s.key for s in steps if any(_in(fact, when) for when in (s.when, *(mode.when for mode in s.modes)))}
    agency = [step for step in steps if step.actor is Actor.AGENCY]
    timed = any(step.most and step.when is None for step in agency)
    whole = [service.on_promise, *(sequence.when for sequence in service.sequences)]
    if any(_in(fact, when) for when in whole) or (not timed and any(_in(fact, step.when) for step in agency)):
        found |= {step.key for step in agency}
    for need in service.evidence:
        if _need_reads(event, need, fact):
            found |= set(_handed_in(event, service, need))
    return found


def _in(fact: str, condition: Condition | None) -> bool:
    return condition is not None and fact in facts_of(condition)


def _need_reads(event: LifeEvent, need: EvidenceRequirement, fact: str) -> bool:
    """Whether it is needed, or what proves it, by the fact; an output comes or not by what its service reads."""
    if any(_in(fact, when) for when in (need.when, *(accept.when for accept in need.accepts))):
        return True
    outputs = {accept.ref for accept in need.accepts if accept.kind is AcceptKind.OUTPUT}
    issued = [(s, output) for s in event.services for output in s.outputs if output.licence_type in outputs]
    return any(_in(fact, when) for service, output in issued for when in (service.applies_when, output.when))


def _handed_in(event: LifeEvent, service: Service, need: EvidenceRequirement) -> Iterator[str]:
    """The steps with which it may have to be handed in, and the agency's that waits for it."""
    sure = {role.key for role in event.roles if role.least and role.when is None}
    named = [step for step in service.steps if step.key == need.step]
    for step in (*named, *service.steps):
        if step.actor is Actor.APPLICANT or step in named:
            yield step.key
        if step.actor is Actor.APPLICANT and step.when is None and (not step.roles or sure & set(step.roles)):
            return


def _reacting(event: LifeEvent, spec: FactSpec, reads: set[StepKey]) -> set[StepKey]:
    """The steps that read it, and all that comes after them, or after it turned out, in the same service."""
    learnt = spec.learnt or Learnt("", "")
    found = set(reads)
    for service in event.services:
        after = {step.key for step in service.steps if (service.key, step.key) in reads}
        after |= {learnt.step} if service.key == learnt.service else set()
        while more := {step.key for step in service.steps if set(step.after) & after} - after:
            after |= more
        found |= {(service.key, key) for key in after}
    return found - {(learnt.service, learnt.step)}
