"""Check what a schema cannot: that every name leads somewhere, every condition fits, every figure has its source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from onevisit.catalogue.bounds import check_bounds
from onevisit.catalogue.circles import circles
from onevisit.catalogue.fees import check_fees
from onevisit.catalogue.parties import check_parties
from onevisit.catalogue.suggest import Path_, nearest
from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Asked,
    Body,
    EvidenceRequirement,
    EvidenceType,
    Fee,
    Founding,
    LicenceType,
    LifeEvent,
    Mode,
    Output,
    Role,
    Sequence,
    Service,
    Step,
)
from onevisit.core.codes import CHECKS
from onevisit.core.conditions import BadCondition, Condition, bind, check_types, facts_of, parameters_of
from onevisit.core.facts import PARTY, FactSpec, FactType, of_any, spec_of
from onevisit.core.planning.learning import wrong_learning

Problem = tuple[Path_, str]  # path in the event's resolved document, sentence
REFERS: dict[tuple[type, str], str] = {  # fields that name something; empty names nothing
    (LifeEvent, "lead"): "agency",
    (Asked, "fact"): "fact",
    (LifeEvent, "you"): "fact",
    (Body, "name"): "fact",
    (Body, "code"): "fact",
    (Body, "representative"): "fact",
    (Fee, "returned_without"): "service",
    (Founding, "service"): "service",
    (Founding, "name"): "fact",
    (Founding, "code"): "fact",
    (Service, "agency"): "agency",
    (Service, "facts"): "fact",
    (Service, "offer_fact"): "fact",
    (EvidenceRequirement, "evidence"): "evidence type",
    (EvidenceRequirement, "role"): "role",
    (Step, "roles"): "role",
    (Mode, "at"): "place",
    (Output, "licence_type"): "licence type",
    (Output, "role"): "role",
    (Sequence, "after"): "service",
    (Fee, "percent_of"): "fact",
    (Fee, "times"): "fact",
    (LicenceType, "issuer"): "agency",
    (LicenceType, "fields"): "fact",
    (FactSpec, "resource"): "resource",
    (FactSpec, "check"): "check",
    (Basis, "law"): "law (content/laws.yaml)",
}
ACCEPTED = {
    AcceptKind.RESOURCE: "resource",
    AcceptKind.OUTPUT: "licence type",
    AcceptKind.LICENCE: "licence type",
    AcceptKind.COMMITMENT: "fact",
}
ORGANISATION = "organisation"  # facts may also belong to the company that applies
LAW = "law (content/laws.yaml)"


def check_event(event: LifeEvent, laws: Iterable[str]) -> Iterator[Problem]:
    """Everything in the event that leads nowhere, contradicts itself or goes round in a circle."""
    known = _known(event, laws)
    specs = {spec.key: spec for spec in event.facts}
    for path, value in _walk(event, ()):
        for field, name, what in _references(value):
            for problem in unknown(name, known[what], what):
                yield (*path, *field), problem
        inside = _service(value) if isinstance(value, Service) else ()
        inside = _fact(value, known) if isinstance(value, FactSpec) else inside
        yield from (((*path, *inner), problem) for inner, problem in inside)
        for problem in _own_problems(value, event, known, specs):
            yield path, problem
    yield from _uses(event)
    yield from circles(event)
    yield from check_parties(event)
    yield from check_fees(event)
    yield from check_bounds(event)
    yield from (
        (("facts", n, "learnt"), f"`{event.facts[n].key}`: {said.of('en')}") for n, said in wrong_learning(event)
    )


def check_bases(value: Any, laws: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the bases inside a value, with their paths in it."""
    for path, one in _walk(value, ()):
        if isinstance(one, Basis):
            yield from ((path, problem) for problem in _basis(one))
            if one.law:
                yield from (((*path, "law"), problem) for problem in unknown(one.law, laws, LAW))


def _known(event: LifeEvent, laws: Iterable[str]) -> dict[str, list[str]]:
    """The names of each kind that may be referred to."""
    roles = [role.key for role in event.roles]
    return {
        "agency": [one.key for one in event.agencies],
        "place": [one.key for one in event.places],
        "fact": [one.key for one in event.facts],
        "service": [one.key for one in event.services],
        "evidence type": [one.key for one in event.evidence_types],
        "check": list(CHECKS),
        "licence type": [one.key for one in event.licence_types],
        "role": [*roles, "matter"],
        "resource": [one.key for one in event.resources],
        LAW: list(laws),
        "parameter": [one.key for one in event.parameters],
    }


def _walk(value: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    """Every object and condition of the event, with its path in the document."""
    if isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _walk(item, (*path, number))
    elif isinstance(value, Condition):
        yield path, value
    elif is_dataclass(value):
        yield path, value
        for one in fields(value):
            yield from _walk(getattr(value, one.name), (*path, one.name))


def _references(value: Any) -> Iterator[tuple[Path_, str, str]]:
    """The names that an object's own fields refer to: field (and place in its list), name, what it is."""
    for (cls, field), what in REFERS.items():
        if type(value) is cls:
            found = getattr(value, field)
            if isinstance(found, tuple):
                yield from (((field, number), name, what) for number, name in enumerate(found))
            elif found:
                yield (field,), found, what


def unknown(name: str, known: Iterable[str], what: str) -> Iterator[str]:
    """That there is nothing of this name, with the nearest one that there is."""
    if name not in known:
        yield f"there is no {what} `{name}`.{nearest(name, known)}"


def _own_problems(
    value: Any, event: LifeEvent, known: Mapping[str, list[str]], specs: Mapping[str, FactSpec]
) -> Iterator[str]:
    """What is wrong with one object by itself."""
    if isinstance(value, Condition):
        yield from _condition(value, event, known, specs)
    elif isinstance(value, Basis):
        yield from _basis(value)
    elif isinstance(value, Accept) and value.kind in ACCEPTED:
        what = ACCEPTED[value.kind]
        yield from unknown(value.ref, known[what], what)
    elif isinstance(value, Role) and value.least > value.most:
        yield f"`least` {value.least} is more than `most` {value.most}"
    elif isinstance(value, Step):
        yield from _step(value)
    elif isinstance(value, Mode) and value.kind.in_person and not value.at:
        yield "a mode in person says at which place: `at: […]`"
    elif isinstance(value, Service):
        yield from _names_article("excluded_from_promise", value.excluded_from_promise)
    elif isinstance(value, EvidenceType):
        yield from _names_article("paper_only", value.paper_only)


def _condition(
    condition: Condition, event: LifeEvent, known: Mapping[str, list[str]], specs: Mapping[str, FactSpec]
) -> Iterator[str]:
    specs = {**specs, **_of_parties(event)}  # that the party has the fact is checked where its role is known
    names = [key for key in sorted(facts_of(condition)) if spec_of(key, specs) is None]
    problems = [problem for key in names for problem in unknown(key, known["fact"], "fact")]
    for key in sorted(parameters_of(condition)):
        problems += unknown(key, known["parameter"], "parameter")
    yield from problems
    if not problems:
        try:
            roles = {role.key: role for role in event.roles}
            check_types(bind(condition, {one.key: one.value for one in event.parameters}, roles), specs)
        except BadCondition as problem:
            yield told(problem)


def _of_parties(event: LifeEvent) -> dict[str, FactSpec]:
    """`party.age` for every fact that some role has; a choice with the options of all roles."""
    found: dict[str, FactSpec] = {}
    for spec in event.facts:
        if spec.role != "matter":
            key = f"{PARTY}.{spec.key.split('.', 1)[1]}"
            options = found[key].options if key in found else ()
            found[key] = replace(spec, key=key, options=tuple(dict.fromkeys((*options, *spec.options))))
    return found


def told(problem: BadCondition) -> str:
    """What is wrong with a condition, without the path that file and line stand for."""
    data = problem.data
    return f"condition 「{data['source']}」, character {data['position']}: {data['problem']}"


def _basis(basis: Basis) -> Iterator[str]:
    if basis.mark is Mark.READ and not (basis.law and basis.article):
        yield "a basis marked V names its law and article"
    if basis.mark is not Mark.READ and basis.note is None and not basis.law:
        yield f"a basis marked `{basis.mark.value}` says in a note what it rests on"


def _names_article(field: str, basis: Basis | None) -> Iterator[str]:
    """An exclusion is told with its article, so it has one."""
    if basis is not None and not (basis.law and basis.article):
        yield f"`{field}` names the law and the article that exclude it"


def _fact(spec: FactSpec, known: Mapping[str, list[str]]) -> Iterator[Problem]:
    parties = [*known["role"], ORGANISATION]
    if spec.role not in parties:
        near = nearest(spec.role, parties)
        yield ("key",), f"`{spec.key}` belongs to no role: expected {', '.join(parties)}.{near}"
    if (spec.type is FactType.CHOICE) != bool(spec.options):
        yield ("type",), "a fact of type `choice` has `options`, and no other has"
    values = [option.value for option in spec.options]
    for n, value in enumerate(values):
        if value in values[:n]:
            yield ("options", n), f"the option `{value}` stands here twice"
    if spec.minimum is not None and spec.maximum is not None and spec.minimum > spec.maximum:
        yield ("minimum",), f"`minimum` {spec.minimum} is more than `maximum` {spec.maximum}"


def _step(step: Step) -> Iterator[str]:
    if step.least > step.most:
        yield f"`least` {step.least} is more than `most` {step.most}"
    if step.window and step.window[0] > step.window[1]:
        yield f"the window ends on day {step.window[1]}, before it begins on day {step.window[0]}"


def _service(service: Service) -> Iterator[Problem]:
    """What is wrong with a service's steps and offer, with the path inside the service."""
    keys = [step.key for step in service.steps]
    for n, step in enumerate(service.steps):
        if step.key in keys[:n]:
            yield ("steps", n), f"the step `{step.key}` stands here twice"
        for m, name in enumerate(step.after):
            yield from ((("steps", n, "after", m), one) for one in unknown(name, keys, "step of this service"))
    for n, need in enumerate(service.evidence):
        if need.step:
            yield from ((("evidence", n, "step"), one) for one in unknown(need.step, keys, "step of this service"))
    if service.excluded_from_promise and service.on_promise:
        yield ("on_promise",), "it is excluded from promises (`excluded_from_promise`), so it has no `on_promise`"
    if bool(service.offer_fact) != (service.on_promise is not None):
        yield (), "`offer_fact` (takes the offer) and `on_promise` (when it holds) go together"


def _uses(event: LifeEvent) -> Iterator[Problem]:
    """Registers and services that are asked for what they do not give. Registers that no one asks are the region's."""
    registers = {one.key: one for one in event.resources}
    issued = {output.licence_type: output.role for service in event.services for output in service.outputs}
    asked: set[str] = set()
    for n, spec in enumerate(event.facts):
        register = registers.get(spec.resource)
        if register and not {spec.key, of_any(spec.key)} & set(register.gives_facts):
            yield ("facts", n, "resource"), f"the register `{register.key}` does not give the fact `{spec.key}`"
        asked.add(spec.resource)
    for path, need, accept in _accepts(event):
        if accept.kind is AcceptKind.RESOURCE and accept.ref in registers:
            asked.add(accept.ref)
            if need.evidence not in registers[accept.ref].gives_evidence:
                yield path, f"the register `{accept.ref}` does not give the evidence `{need.evidence}`"
        if accept.kind is AcceptKind.OUTPUT and accept.ref not in issued:
            yield path, f"no service of this event issues `{accept.ref}`"
        elif accept.kind is AcceptKind.OUTPUT and issued[accept.ref] not in ("", need.role):
            yield path, f"`{accept.ref}` is issued to each {issued[accept.ref]}: the evidence has that role"
    facts = [key for spec in event.facts for key in (spec.key, of_any(spec.key))]
    for n, one in enumerate(event.resources):
        if one.key in asked and one.by_fact:
            yield from ((("resources", n, "by_fact"), problem) for problem in unknown(one.by_fact, facts, "fact"))


def _accepts(event: LifeEvent) -> Iterator[tuple[Path_, EvidenceRequirement, Accept]]:
    for n, service in enumerate(event.services):
        for m, need in enumerate(service.evidence):
            for k, accept in enumerate(need.accepts):
                yield ("services", n, "evidence", m, "accepts", k), need, accept
