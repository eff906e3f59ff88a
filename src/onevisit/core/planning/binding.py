"""A life event with other conditions in place of its own: with parameters put in, or comparisons made facts."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from onevisit.core.catalogue import Actor, LifeEvent, Service, Step
from onevisit.core.conditions import Condition, bind
from onevisit.core.text import Text

Change = Callable[[Condition], Condition]
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
    def own(condition: Condition | None) -> Condition | None:
        return None if condition is None else change(condition)

    steps = tuple(
        replace(s, when=own(s.when), modes=tuple(replace(m, when=own(m.when)) for m in s.modes)) for s in service.steps
    )
    evidence = tuple(
        replace(e, when=own(e.when), accepts=tuple(replace(a, when=own(a.when)) for a in e.accepts))
        for e in service.evidence
    )
    return replace(
        service,
        applies_when=change(service.applies_when),
        on_promise=own(service.on_promise),
        steps=steps,
        evidence=evidence,
        outputs=tuple(replace(o, when=own(o.when)) for o in service.outputs),
        sequences=tuple(replace(s, when=own(s.when)) for s in service.sequences),
        fees=tuple(replace(f, when=own(f.when)) for f in service.fees),
    )
