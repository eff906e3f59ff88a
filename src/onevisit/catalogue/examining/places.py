"""Every condition of an event: where it stands, of whom it is said, and what holds wherever it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from onevisit.catalogue.examining.situations import Situations, meant
from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import Actor, EvidenceRequirement, LifeEvent, Service, Step
from onevisit.core.conditions import Condition, is_of_party
from onevisit.core.facts import role_of

Chain = tuple[Condition | None, ...]  # conditions around a place, outermost first
MATTER = "matter"


@dataclass(frozen=True, slots=True)
class Variant:
    """A condition as it is said of one role's party, and what holds there besides."""

    own: Condition
    within: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A condition where it stands. Several variants: it is said of parties of several roles."""

    path: Path_
    condition: Condition
    variants: tuple[Variant, ...]
    agency: str = ""


def places(event: LifeEvent, situations: Situations) -> Iterator[Place]:
    """All conditions but the constraints, which hold for everybody."""
    natural = tuple(role.key for role in event.roles if role.natural)
    for n, role in enumerate(event.roles):
        yield from _place(situations, ("roles", n, "when"), role.when, ("",), ())
    for n, asked in enumerate(event.asked):
        roles = (role_of(asked.fact),) if is_of_party(asked.when) else ("",)
        yield from _place(situations, ("asked", n, "when"), asked.when, roles, ())
    if event.body:
        yield from _place(situations, ("body", "when"), event.body.when, ("",), ())
    for n, service in enumerate(event.services):
        for path, condition, whose, around in _of_service(service, natural):
            yield from _place(situations, ("services", n, *path), condition, whose, around, service.agency)


def _place(
    situations: Situations,
    path: Path_,
    condition: Condition | None,
    roles: tuple[str, ...],
    around: Chain,
    agency: str = "",
) -> Iterator[Place]:
    if condition is not None and meant(condition):
        variants = tuple(
            Variant(situations.bound(condition, role), within(situations, role, around)) for role in roles
        )  # fmt: skip
        yield Place(path, condition, variants, agency)


def within(situations: Situations, role: str, around: Chain) -> tuple[Condition, ...]:
    """What holds wherever something inside of these conditions is asked of the role's party."""
    own = (situations.bound(one, role) for one in around if one is not None and meant(one))
    return (*situations.there_is(role), *own)


def _of_service(
    service: Service, natural: tuple[str, ...]
) -> Iterator[tuple[Path_, Condition | None, tuple[str, ...], Chain]]:
    """Path in the service, condition, roles that it is said of, conditions around it."""
    applies = (service.applies_when,)
    yield ("applies_when",), service.applies_when, ("",), ()
    yield ("on_promise",), service.on_promise, ("",), applies
    for field in ("outputs", "sequences", "fees"):
        for n, one in enumerate(getattr(service, field)):
            yield (field, n, "when"), one.when, ("",), applies
    for n, step in enumerate(service.steps):
        whose = doers(step, natural)
        yield ("steps", n, "when"), step.when, whose, applies
        for k, mode in enumerate(step.modes):
            yield ("steps", n, "modes", k, "when"), mode.when, whose, (*applies, step.when)
    for n, need in enumerate(service.evidence):
        whose = holders(need)
        yield ("evidence", n, "when"), need.when, whose, applies
        for k, accept in enumerate(need.accepts):
            yield ("evidence", n, "accepts", k, "when"), accept.when, whose, (*applies, need.when)


def doers(step: Step, natural: tuple[str, ...]) -> tuple[str, ...]:
    """The roles whose parties do a step; "" = whoever applies, of whatever role."""
    if step.actor is Actor.AGENCY:
        return ("",)
    every = (step.when, *(mode.when for mode in step.modes))
    speaks = any(one is not None and is_of_party(one) for one in every)
    return step.roles or (natural if speaks else ("",))


def holders(need: EvidenceRequirement) -> tuple[str, ...]:
    """The role whose parties a document is needed of; "" = of the matter."""
    return ("",) if need.role == MATTER else (need.role,)
