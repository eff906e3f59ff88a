"""Check what conditions say of parties: `party.x` only where a role is meant, `seller.x` only where there is one."""

from collections.abc import Iterator

from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import LifeEvent, Service
from onevisit.core.conditions import Condition
from onevisit.core.facts import PARTY
from onevisit.core.syntax import Count, Each, FactRef, Node, parts

Problem = tuple[Path_, str]
Found = tuple[Path_, Condition, tuple[str, ...]]  # where, what, the roles of which one party is meant


def check_parties(event: LifeEvent) -> Iterator[Problem]:
    """Conditions that mean a party where none is meant, or one of several without saying which."""
    several = {role.key for role in event.roles if role.most > 1}
    natural = tuple(role.key for role in event.roles if role.natural)
    facts = {spec.key for spec in event.facts}
    if event.you:
        yield from _you(event)
    every = [*_of_event(event)]
    for n, service in enumerate(event.services):
        every += [(("services", n, *path), when, roles) for path, when, roles in _conditions(service, natural)]
    for inside, condition, roles in every:
        for key in sorted(_bare(condition.root)):
            role, name = key.split(".", 1)
            if role == PARTY and not roles:
                yield inside, f"`{key}`: no party is meant here; write {_quantifiers('ROLE')}"
            elif role == PARTY:
                missing = [one for one in roles if f"{one}.{name}" not in facts]
                yield from ((inside, f"`{key}`: there is no fact `{one}.{name}`") for one in missing)
            elif role in several and name != "count":
                yield inside, f"`{key}`: there may be several; write {_quantifiers(role)} or party.{name}"


def _quantifiers(role: str) -> str:
    return ", ".join(f"{word}({role}, …)" for word in ("any", "all", "count"))


def _you(event: LifeEvent) -> Iterator[Problem]:
    """The fact that says who the applicant is has roles of natural persons as its options."""
    spec = next((spec for spec in event.facts if spec.key == event.you), None)
    natural = {role.key for role in event.roles if role.natural}
    for option in spec.options if spec else ():
        if option.value not in natural:
            yield ("you",), f"the option `{option.value}` of `{event.you}` is no role of natural persons"
    if spec and not spec.options:
        yield ("you",), f"`{event.you}` is no choice among roles"


def _bare(root: Node) -> set[str]:
    """Facts that the condition mentions outside of the `any`, `all` and `count` of their own role."""
    if isinstance(root, FactRef):
        return {root.key}
    if isinstance(root, Each | Count):
        return {key for key in _bare(root.item) if not key.startswith(f"{root.role}.")}
    return set().union(*(_bare(below) for below in parts(root)))


def _of_event(event: LifeEvent) -> Iterator[Found]:
    """Conditions of the event itself; what one party is asked, and whether there is one, may speak of that party."""
    for n, one in enumerate(event.constraints):
        yield ("constraints", n), one, ()
    natural = {role.key for role in event.roles if role.natural}
    for n, asked in enumerate(event.asked):
        yield ("asked", n, "when"), asked.when, tuple({asked.fact.partition(".")[0]} & natural)
    for n, role in enumerate(event.roles):
        if role.when:
            yield ("roles", n, "when"), role.when, ()
    if event.body:
        yield ("body", "when"), event.body.when, ()


def _conditions(service: Service, natural: tuple[str, ...]) -> Iterator[Found]:
    """Every condition of a service: path, condition, the roles of which one party is meant."""
    yield ("applies_when",), service.applies_when, ()
    if service.on_promise:
        yield ("on_promise",), service.on_promise, ()
    for field in ("outputs", "sequences", "fees"):
        for n, one in enumerate(getattr(service, field)):
            if one.when:
                yield (field, n, "when"), one.when, ()
    for n, step in enumerate(service.steps):
        roles = step.roles or natural
        whens = [(("when",), step.when), *((("modes", k, "when"), mode.when) for k, mode in enumerate(step.modes))]
        yield from ((("steps", n, *path), when, roles) for path, when in whens if when)
    for n, need in enumerate(service.evidence):
        of = () if need.role == "matter" else (need.role,)
        ways = [(("when",), need.when), *((("accepts", k, "when"), a.when) for k, a in enumerate(need.accepts))]
        yield from ((("evidence", n, *path), when, of) for path, when in ways if when)
