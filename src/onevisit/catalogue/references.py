"""Check what a schema cannot: that every name leads somewhere, and that nothing goes round in a circle."""

from collections.abc import Iterable, Iterator, Mapping

from onevisit.catalogue.source import Finding, Source
from onevisit.catalogue.suggest import nearest
from onevisit.core.catalogue import AcceptKind, Basis, LifeEvent, Mark, Service
from onevisit.core.codes import CHECKS
from onevisit.core.conditions import Condition, facts_of, parameters_of

Places = Mapping[tuple[str, str], tuple[Source, int]]
Problem = tuple[tuple[str, str], tuple[str | int, ...], str]  # (list, key), path inside the item, sentence


def check_event(event: LifeEvent, laws: Mapping[str, str], places: Places) -> list[Finding]:
    """Every reference of the event that leads nowhere, as findings."""
    names = _Names(event, laws)
    found = []
    for (kind, key), path, problem in [*_lists(event, names), *_numbers(event, names), *_services(event, names)]:
        if (kind, key) in places:
            source, number = places[kind, key]
            found.append(Finding(source.file, source.line((kind, number, *path)), problem))
        else:
            found.append(Finding(f"events/{event.key}", 1, problem))
    return found


class _Names:
    """The names that may be referred to."""

    def __init__(self, event: LifeEvent, laws: Mapping[str, str]) -> None:
        self.facts = {one.key for one in event.facts}
        self.agencies = {one.key for one in event.agencies}
        self.places = {one.key for one in event.places}
        self.evidence = {one.key for one in event.evidence_types}
        self.licences = {one.key for one in event.licence_types}
        self.resources = {one.key for one in event.resources}
        self.parameters = {one.key for one in event.parameters}
        self.roles = {one.key for one in event.roles} | {"matter"}
        self.services = {one.key for one in event.services}
        self.laws = set(laws)


def _unknown(name: str, known: Iterable[str], what: str) -> Iterator[str]:
    known = sorted(known)
    if name not in known:
        yield f"there is no {what} `{name}`.{nearest(name, known)}"


def _condition(condition: Condition | None, names: _Names) -> Iterator[str]:
    if condition is not None:
        for fact in sorted(facts_of(condition)):
            yield from _unknown(fact, names.facts, "fact")
        for parameter in sorted(parameters_of(condition)):
            yield from _unknown(parameter, names.parameters, "parameter")


def _basis(basis: Basis | None, names: _Names) -> Iterator[str]:
    if basis is None:
        return
    if basis.law:
        yield from _unknown(basis.law, names.laws, "law (content/laws.yaml)")
    if basis.mark is Mark.READ and not (basis.law and basis.article):
        yield "a basis marked V names its law and article"
    if basis.mark in (Mark.MEMORY, Mark.ASSUMED) and basis.note is None and not basis.law:
        yield f"a basis marked `{basis.mark.value}` says in a note what is not verified"


def _lists(event: LifeEvent, names: _Names) -> Iterator[Problem]:
    for one in event.licence_types:
        for problem in _unknown(one.issuer, names.agencies, "agency"):
            yield ("licence_types", one.key), ("issuer",), problem
        for number, fact in enumerate(one.fields):
            for problem in _unknown(fact, names.facts, "fact"):
                yield ("licence_types", one.key), ("fields", number), problem
    for register in event.resources:
        for problem in _unknown(register.by_fact, names.facts, "fact") if register.by_fact else ():
            yield ("resources", register.key), ("by_fact",), problem
    for spec in event.facts:
        for problem in _unknown(spec.resource, names.resources, "resource") if spec.resource else ():
            yield ("facts", spec.key), ("resource",), problem
        for problem in _unknown(spec.check, CHECKS, "check") if spec.check else ():
            yield ("facts", spec.key), ("check",), problem


def _numbers(event: LifeEvent, names: _Names) -> Iterator[Problem]:
    for only in event.asked:
        for problem in [*_unknown(only.fact, names.facts, "fact"), *_condition(only.when, names)]:
            yield ("event", event.key), (), f"asked: {problem}"
    for parameter in event.parameters:
        for problem in _basis(parameter.basis, names):
            yield ("parameters", parameter.key), ("basis",), problem


def _services(event: LifeEvent, names: _Names) -> Iterator[Problem]:
    for service in event.services:
        parts = (_head, _figures, _papers, _steps)
        for path, problem in [one for part in parts for one in part(service, names)]:
            yield ("services", service.key), path, problem


Inner = tuple[tuple[str | int, ...], str]


def _head(service: Service, names: _Names) -> Iterator[Inner]:
    for problem in _unknown(service.agency, names.agencies, "agency"):
        yield ("agency",), problem
    for problem in _condition(service.applies_when, names):
        yield ("applies_when",), problem
    for number, fact in enumerate(service.facts):
        for problem in _unknown(fact, names.facts, "fact"):
            yield ("facts", number), problem
    for number, output in enumerate(service.outputs):
        for problem in _unknown(output.licence_type, names.licences, "licence type"):
            yield ("outputs", number), problem
    for number, sequence in enumerate(service.sequences):
        for problem in [*_unknown(sequence.after, names.services, "service"), *_basis(sequence.basis, names)]:
            yield ("sequences", number), problem
    if (service.offer_fact != "") != (service.on_promise is not None):
        yield ("offer_fact",), "`offer_fact` (takes the offer) and `on_promise` (when it holds) go together"


def _figures(service: Service, names: _Names) -> Iterator[Inner]:
    for name, period in (("promise", service.promise), ("statutory", service.statutory)):
        for problem in _basis(period.basis, names) if period else ():
            yield (name,), problem
    for number, fee in enumerate(service.fees):
        for problem in _basis(fee.basis, names):
            yield ("fees", number), problem
    for number, basis in enumerate(service.legal_basis):
        for problem in _basis(basis, names):
            yield ("legal_basis", number), problem


def _papers(service: Service, names: _Names) -> Iterator[Inner]:
    referred = {
        AcceptKind.RESOURCE: (names.resources, "resource"), AcceptKind.OUTPUT: (names.licences, "licence type"),
        AcceptKind.LICENCE: (names.licences, "licence type"), AcceptKind.COMMITMENT: (names.facts, "fact"),
    }
    for number, need in enumerate(service.evidence):
        at = ("evidence", number)
        problems = [
            *_unknown(need.evidence, names.evidence, "evidence type"), *_unknown(need.role, names.roles, "role"),
            *_condition(need.when, names), *_basis(need.basis, names),
        ]
        for problem in problems:
            yield at, problem
        for inner, accept in enumerate(need.accepts):
            known, what = referred.get(accept.kind, (set(), ""))
            for problem in [*(_unknown(accept.ref, known, what) if what else ()), *_condition(accept.when, names)]:
                yield (*at, "accepts", inner), problem


def _steps(service: Service, names: _Names) -> Iterator[Inner]:
    keys = [step.key for step in service.steps]
    for number, step in enumerate(service.steps):
        at = ("steps", number)
        for before in step.after:
            yield from ((at, problem) for problem in _unknown(before, keys, "step of this service"))
        for role in step.roles:
            yield from ((at, problem) for problem in _unknown(role, names.roles, "role"))
        for inner, mode in enumerate(step.modes):
            if mode.kind.in_person and not mode.at:
                yield (*at, "modes", inner), "a mode in person says at which place: `at: […]`"
            for place in mode.at:
                yield from (((*at, "modes", inner), p) for p in _unknown(place, names.places, "place"))
    done: set[str] = set()
    for _ in keys:
        done |= {step.key for step in service.steps if set(step.after) <= done}
    for number, step in enumerate(service.steps):
        if step.key not in done and set(step.after) <= set(keys):
            yield ("steps", number, "after"), f"step `{step.key}` waits for itself by way of {', '.join(step.after)}"
