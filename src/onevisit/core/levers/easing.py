"""The changes that levers are made of: each takes a life event and gives one that asks no more of anybody.

They only add ways, take away demands and make waits shorter, so that it is all the same which comes first. `merge`
(merging.py) is the exception: it looks at the ways that there are, and comes last.
"""

from collections.abc import Callable
from dataclasses import replace

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.catalogue import (
    AcceptKind,
    Assurance,
    EvidenceRequirement,
    LifeEvent,
    Mode,
    ModeKind,
    Service,
    Step,
)
from onevisit.core.conditions import parse
from onevisit.core.levers.merging import merge
from onevisit.core.levers.model import Change, ChangeKind
from onevisit.core.levers.parts import (
    accepting,
    also_at,
    in_evidence,
    in_services,
    in_steps,
    is_pickup,
    of_agency,
    of_applicant,
    with_mode,
)

Doing = Callable[[LifeEvent, Change, Basis], LifeEvent]


def share(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """The register `ref` gives the evidence."""
    return _accepted(event, change, AcceptKind.RESOURCE, basis)


def transfer(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """What the services issue (the licence `ref`) passes inside government."""

    def own(service: Service) -> Service:
        meant = (
            replace(o, internal_transfer=True) if change.ref in ("", o.licence_type) else o for o in service.outputs
        )
        return replace(service, outputs=tuple(meant))

    return in_services(event, change, own)


def accept_licence(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """The e-licence `ref` that he holds counts as the original."""
    return _accepted(event, change, AcceptKind.LICENCE, basis)


def accept_upload(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """An electronic document counts as the paper."""
    return _accepted(event, replace(change, ref=""), AcceptKind.UPLOAD, basis)


def e_signature(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """The steps can be done online by who is known by name and number; or the papers are signed electronically."""
    if change.evidence:
        return _accepted(event, replace(change, ref=""), AcceptKind.UPLOAD, basis)
    return _mode(event, change, Mode(ModeKind.ONLINE, basis, when=change.when, assurance=Assurance.REAL_NAME))


def courier(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """What is fetched (or the steps named) goes by courier."""
    return in_steps(event, change, is_pickup, _with(change, Mode(ModeKind.COURIER, basis, when=change.when)))


def evidence_commitment(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """A promise, taken by the fact `ref`, may stand for the evidence; it is offered, and chosen for nobody."""
    return _accepted(event, change, AcceptKind.COMMITMENT, basis)


def approval_on_promise(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """The services are offered on a promise, taken by the fact `ref`; those that already are stay as they are."""

    def own(service: Service) -> Service:
        if service.on_promise is not None:
            return service
        facts = tuple(dict.fromkeys((*service.facts, change.ref)))
        return replace(service, facts=facts, offer=change.offer, offer_fact=change.ref, on_promise=parse(change.ref))

    return in_services(event, change, own)


def place(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """What is done at a counter is also done at these halls."""
    return in_steps(event, change, of_applicant, lambda step: also_at(step, change.places))


def shorten(event: LifeEvent, change: Change, basis: Basis) -> LifeEvent:
    """Each act of the agency takes at most so many working days."""

    def own(service: Service) -> Service:
        shorter = in_steps_of(service, change, lambda n: min(n, change.days))
        sole = not any(step.most for step in service.steps) and service.promise.amount > change.days
        return with_promise(shorter, basis, change.days) if sole else _told(shorter, service, basis)

    return in_services(event, change, own)


def drop_evidence(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """The evidence is not asked for, unless an article that was read asks for it."""
    return in_evidence(event, change, lambda need: need if need.basis.mark is Mark.READ else None)


def parallel(event: LifeEvent, change: Change, _: Basis) -> LifeEvent:
    """The services wait for no other (for `after`), unless an article that was read has them wait."""

    def own(service: Service) -> Service:
        kept = (one for one in service.sequences if one.basis.mark is Mark.READ or change.after not in ("", one.after))
        return replace(service, sequences=tuple(kept))

    return in_services(event, change, own)


def _accepted(event: LifeEvent, change: Change, kind: AcceptKind, basis: Basis) -> LifeEvent:
    def own(need: EvidenceRequirement) -> EvidenceRequirement:
        return accepting(need, kind, change.ref, change.when, basis)

    return in_evidence(event, change, own)


def _mode(event: LifeEvent, change: Change, mode: Mode) -> LifeEvent:
    return in_steps(event, change, of_applicant, _with(change, mode))


def _with(change: Change, mode: Mode) -> Callable[[Step], Step]:
    def own(step: Step) -> Step:
        return replace(with_mode(step, mode), name=change.name or step.name)

    return own


def in_steps_of(service: Service, change: Change, days: Callable[[int], int]) -> Service:
    """The service with other days of the agency's acts (of the steps named)."""
    steps = tuple(
        replace(step, most=days(step.most), least=min(step.least, days(step.most)))
        if of_agency(step, service) and step.key in (change.steps or (step.key,))
        else step
        for step in service.steps
    )
    return replace(service, steps=steps)


def with_promise(service: Service, basis: Basis, days: int) -> Service:
    """The service that promises so many working days."""
    return replace(service, promise=Period(days, Unit.WORKING_DAY, basis))


def _told(service: Service, before: Service, basis: Basis) -> Service:
    """With the promise that its steps add up to, where these have changed."""
    if service.steps == before.steps:
        return before
    return with_promise(service, basis, sum(step.most for step in service.steps if of_agency(step, service)))


EASING: dict[ChangeKind, Doing] = {
    ChangeKind.SHARE: share,
    ChangeKind.TRANSFER: transfer,
    ChangeKind.ACCEPT_LICENCE: accept_licence,
    ChangeKind.ACCEPT_UPLOAD: accept_upload,
    ChangeKind.E_SIGNATURE: e_signature,
    ChangeKind.COURIER: courier,
    ChangeKind.EVIDENCE_COMMITMENT: evidence_commitment,
    ChangeKind.APPROVAL_ON_PROMISE: approval_on_promise,
    ChangeKind.PLACE: place,
    ChangeKind.SHORTEN: shorten,
    ChangeKind.DROP_EVIDENCE: drop_evidence,
    ChangeKind.PARALLEL: parallel,
    ChangeKind.MERGE: merge,
}
