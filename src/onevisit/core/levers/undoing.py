"""The changes that undo a reform, to show what it was like before: each asks more, or later, or elsewhere."""

from dataclasses import replace

from onevisit.core.basis import Basis
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    EvidenceRequirement,
    LifeEvent,
    Mode,
    ModeKind,
    Sequence,
    Service,
    Step,
)
from onevisit.core.conditions import Condition, parse
from onevisit.core.levers.easing import Doing, in_steps_of, with_promise
from onevisit.core.levers.model import Change, ChangeKind
from onevisit.core.levers.parts import in_evidence, in_services, in_steps, is_pickup, of_agency, of_applicant

_OF_PAPER = (AcceptKind.UPLOAD, AcceptKind.COPY, AcceptKind.ORIGINAL)


def unshare(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """No register (not `ref`) gives the evidence; what nothing else proves is proved by the original."""

    def own(need: EvidenceRequirement) -> EvidenceRequirement:
        gone = [a for a in need.accepts if a.kind is AcceptKind.RESOURCE and change.ref in ("", a.ref)]
        kept = tuple(accept for accept in need.accepts if accept not in gone)
        originals = tuple(dict.fromkeys(Accept(AcceptKind.ORIGINAL, "", one.when, basis) for one in gone))
        return replace(need, accepts=kept or originals)

    return in_evidence(event, change, own)


def keep_apart(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """What the services issue (the licence `ref`) is carried by the applicant."""

    def own(service: Service) -> Service:
        meant = (replace(o, internal_transfer=o.internal_transfer and change.ref not in ("", o.licence_type))
                 for o in service.outputs)  # fmt: skip
        return replace(service, outputs=tuple(meant))

    return in_services(event, change, own)


def originals_only(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """Of what the applicant brings only the paper original counts: no e-licence, upload, copy or promise."""

    def own(need: EvidenceRequirement) -> EvidenceRequirement:
        kept = [accept for accept in need.accepts if accept.kind in (AcceptKind.RESOURCE, AcceptKind.OUTPUT)]
        papers = [Accept(AcceptKind.ORIGINAL, "", a.when, basis) for a in need.accepts if a.kind in _OF_PAPER]
        return replace(need, accepts=(*kept, *dict.fromkeys(papers)))

    return in_evidence(event, change, own)


def presence_only(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """The steps are only done in person, and at these places where nobody came before."""
    return in_steps(event, change, of_applicant, lambda step: _in_person(step, change, basis))


def counter_pickup(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """Results are only fetched at the counter."""
    return in_steps(event, change, is_pickup, lambda step: _in_person(step, change, basis))


def _in_person(step: Step, change: Change, basis: Basis) -> Step:
    """The step without ways that spare the trip; an article that demands presence stays the ground of what is left."""
    if all(mode.kind.in_person for mode in step.modes):
        return step
    left = tuple(replace(mode, basis=basis, when=None) for mode in step.modes if mode.kind.in_person)
    counter = (Mode(ModeKind.COUNTER, basis, change.places),)
    return replace(step, modes=left or counter, name=change.name or step.name)


def together(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """Everybody who does the step does it at the same moment."""
    return in_steps(event, change, of_applicant, lambda step: replace(step, together=True))


def at_hall(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """What is done at a counter is only done at these places."""

    def own(step: Step) -> Step:
        modes = (replace(one, at=change.places) if one.kind is ModeKind.COUNTER else one for one in step.modes)
        return replace(step, modes=tuple(modes))

    return in_steps(event, change, of_applicant, own)


def lengthen(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """The agency's last act (the steps named) takes so many working days at least."""

    def own(service: Service) -> Service:
        last = [step.key for step in service.steps if of_agency(step, service)][-1:]
        named = replace(change, steps=change.steps or tuple(last))
        longer = in_steps_of(service, named, lambda days: max(days, change.days))
        if longer == service:
            return service
        return with_promise(longer, basis, sum(step.most for step in longer.steps if of_agency(step, longer)))

    return in_services(event, change, own)


def serial(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """The services wait for `after`, without an article that orders it."""

    def own(service: Service) -> Service:
        if change.after == service.key or change.after in [one.after for one in service.sequences]:
            return service
        return replace(service, sequences=(*service.sequences, Sequence(change.after, basis, change.when)))

    return in_services(event, change, own)


def demand_evidence(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """The services also want the original of these papers, without an article that asks for them."""

    def own(service: Service) -> Service:
        there = {(need.evidence, need.role) for need in service.evidence}
        step = change.steps[0] if change.steps else ""
        more = tuple(
            EvidenceRequirement(key, change.role, (Accept(AcceptKind.ORIGINAL),), basis, change.when, step)
            for key in change.evidence
            if (key, change.role) not in there
        )
        return replace(service, evidence=(*service.evidence, *more))

    return in_services(event, change, own)


def no_promise(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """The services are not offered on a promise."""

    def own(service: Service) -> Service:
        fact = service.offer_fact
        if not fact:
            return service
        return replace(
            service,
            offer=None,
            offer_fact="",
            on_promise=None,
            facts=tuple(key for key in service.facts if key != fact),
            steps=tuple(replace(step, when=_untaken(step.when, fact)) for step in service.steps),
        )

    return in_services(event, change, own)


def _untaken(condition: Condition | None, fact: str) -> Condition | None:
    return parse(condition.source.replace(fact, "false")) if condition else None


UNDOING: dict[ChangeKind, Doing] = {
    ChangeKind.UNSHARE: unshare,
    ChangeKind.KEEP_APART: keep_apart,
    ChangeKind.ORIGINALS_ONLY: originals_only,
    ChangeKind.PRESENCE_ONLY: presence_only,
    ChangeKind.COUNTER_PICKUP: counter_pickup,
    ChangeKind.TOGETHER: together,
    ChangeKind.AT_HALL: at_hall,
    ChangeKind.LENGTHEN: lengthen,
    ChangeKind.SERIAL: serial,
    ChangeKind.DEMAND_EVIDENCE: demand_evidence,
    ChangeKind.NO_PROMISE: no_promise,
}
