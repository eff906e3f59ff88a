"""A life event with other conditions in place of its own: with parameters put in, or comparisons made facts."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from operator import is_
from typing import Any, TypeVar

from onevisit.core.catalogue import (
    Accept,
    Actor,
    EvidenceRequirement,
    Fee,
    LifeEvent,
    Mode,
    Output,
    Sequence,
    Service,
    Step,
)
from onevisit.core.conditions import Condition, bind
from onevisit.core.text import Text

Change = Callable[[Condition], Condition]
Conditional = TypeVar("Conditional", Step, Mode, EvidenceRequirement, Accept, Output, Sequence, Fee)
Part = TypeVar("Part", Service, Step, Mode, EvidenceRequirement, Accept, Output, Sequence, Fee)
_DEFAULT_STEPS = (
    Step("apply", Text("申请", "Apply"), Actor.APPLICANT),
    Step("decide", Text("审查决定", "Decide"), Actor.AGENCY, after=("apply",)),
    Step("collect", Text("领取结果", "Collect"), Actor.APPLICANT, after=("decide",)),
)


def bound(event: LifeEvent) -> LifeEvent:
    """The event with parameters put into its conditions and default steps where a service has none."""
    values: dict[str, Decimal] = {parameter.key: parameter.value for parameter in event.parameters}
    roles = {role.key: replace(role, when=bind(role.when, values) if role.when else None) for role in event.roles}
    services = tuple(replace(one, steps=one.steps or _DEFAULT_STEPS) for one in event.services)
    event = replace(event, roles=tuple(roles.values()), services=services)
    return changed(event, lambda condition: bind(condition, values, roles))


def changed(event: LifeEvent, change: Change) -> LifeEvent:
    """The event with its conditions changed; those of roles stay."""
    return replace(
        event,
        services=tuple(_service(service, change) for service in event.services),
        constraints=tuple(change(condition) for condition in event.constraints),
        asked=tuple(replace(one, when=change(one.when)) for one in event.asked),
        body=replace(event.body, when=change(event.body.when)) if event.body else None,
    )


def _service(service: Service, change: Change) -> Service:
    return _with(
        service,
        applies_when=change(service.applies_when),
        on_promise=change(service.on_promise) if service.on_promise else None,
        steps=tuple([_with(_when(s, change), modes=tuple([_when(m, change) for m in s.modes])) for s in service.steps]),
        evidence=tuple(
            [_with(_when(e, change), accepts=tuple([_when(a, change) for a in e.accepts])) for e in service.evidence]
        ),
        outputs=tuple([_when(one, change) for one in service.outputs]),
        sequences=tuple([_when(one, change) for one in service.sequences]),
        fees=tuple([_when(one, change) for one in service.fees]),
    )


def _when(one: Conditional, change: Change) -> Conditional:
    """A part with its condition changed; the part itself, where that stays."""
    return one if one.when is None else _with(one, when=change(one.when))


def _with(one: Part, **changes: Any) -> Part:
    """A part with other values; the part itself, where they are the same."""
    return one if all(_same(getattr(one, name), value) for name, value in changes.items()) else replace(one, **changes)


def _same(old: object, new: object) -> bool:
    """Whether they are one object, or tuples of the same objects."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(map(is_, old, new))
    return old is new
