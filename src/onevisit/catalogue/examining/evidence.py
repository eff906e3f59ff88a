"""Documents that are demanded though government has them, or though nothing that is accepted can be given."""

from collections.abc import Iterator

from onevisit.catalogue.circles import waits_for
from onevisit.catalogue.examining.conditions import decided
from onevisit.catalogue.examining.places import holders, within
from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.catalogue.examining.situations import Situations, either, negated
from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import Accept, AcceptKind, EvidenceRequirement, LifeEvent, Output, Resource, Service
from onevisit.core.conditions import ALWAYS, Condition
from onevisit.core.facts import PARTY, Facts, of_any, party_key, role_of
from onevisit.core.syntax import And
from onevisit.core.text import Text

Need = tuple[int, Service, int, EvidenceRequirement]
DEMANDED = (AcceptKind.EARLIER, AcceptKind.UPLOAD, AcceptKind.COPY, AcceptKind.ORIGINAL)
MATTER = ("matter", "applicant")


def needs_of(event: LifeEvent) -> Iterator[Need]:
    """Every requirement: place of its service, service, place in it, requirement."""
    for n, service in enumerate(event.services):
        for m, need in enumerate(service.evidence):
            yield n, service, m, need


def demanded_though_issued(event: LifeEvent) -> Iterator[Remark]:
    """Documents that the applicant has to bring although another service of the plan issues them to him."""
    situations = Situations(event)
    for n, service, m, need in needs_of(event):
        if any(accept.kind in DEMANDED for accept in need.accepts):
            for other in event.services:
                for output in other.outputs:
                    if _proves(output, need, event) and not _after(other, service, event):
                        path = ("services", n, "evidence", m)
                        claims = _issued(path, service, need, other, output, situations)
                        yield from decided(path, service.agency, claims)


def _proves(output: Output, need: EvidenceRequirement, event: LifeEvent) -> bool:
    """Whether what is issued is the document that is needed: by its key, or because a service takes it as that."""
    if output.role not in ("", need.role):
        return False
    taken = {(one.evidence, a.ref) for *_, one in needs_of(event) for a in one.accepts if a.kind.is_licence}
    return output.licence_type == need.evidence or (need.evidence, output.licence_type) in taken


def _after(other: Service, service: Service, event: LifeEvent) -> bool:
    """Whether the other service is this one, or waits for it: then it cannot give what this one needs."""
    ahead, seen = [other.key], {other.key}
    by_key = {one.key: one for one in event.services}
    while ahead:
        new = waits_for(by_key[ahead.pop()], event) - seen
        seen |= new
        ahead += sorted(new)
    return service.key in seen


def _issued(
    path: Path_, service: Service, need: EvidenceRequirement, other: Service, output: Output, situations: Situations
) -> Iterator[Remark]:
    taken = [a for a in need.accepts if a.kind is AcceptKind.OUTPUT and a.ref == output.licence_type]
    for role in holders(need):
        around = within(situations, role, (service.applies_when, need.when, other.applies_when, output.when))
        closed = negated(either(situations.bound(a.when or ALWAYS, role) for a in taken))
        example = situations.anybody(closed, *around)
        if example is not None:
            name, case = _name(situations.event, need.evidence), _example(situations, example)
            yield Remark(
                "demanded-though-issued",
                Severity.ERROR,
                path,
                Text(
                    f"要申请人交「{name.zh}」，可是同一件事里「{other.name.zh}」就发给他{case.zh}",
                    f"“{name.of('en')}” is demanded, though “{other.name.of('en')}” issues it{case.en}",
                ),
                Text(
                    f"在 accepts 里写 {{kind: output, ref: {output.licence_type}}}（浙江规定 7）",
                    f"accept {{kind: output, ref: {output.licence_type}}} (Zhejiang rule 7)",
                ),
                service.agency,
            )


def _name(event: LifeEvent, evidence: str) -> Text:
    return next((one.name for one in event.evidence_types if one.key == evidence), Text(evidence, evidence))


def _example(situations: Situations, facts: Facts) -> Text:
    said = situations.said(facts)
    return Text(f"（例如：{said.zh}）", f" (for example {said.of('en')})") if said.zh else Text("", "")


def demanded_though_known(event: LifeEvent) -> Iterator[Remark]:
    """Documents and facts that a register gives and the applicant is asked for all the same (浙江规定 7)."""
    for n, service, m, need in needs_of(event):
        kinds = {accept.kind for accept in need.accepts}
        if AcceptKind.RESOURCE not in kinds and kinds & set(DEMANDED):
            for register in event.resources:
                if need.evidence in register.gives_evidence and _answers(register, need.role, event):
                    name = _name(event, need.evidence)
                    yield Remark(
                        "demanded-though-known",
                        Severity.ERROR,
                        ("services", n, "evidence", m),
                        Text(
                            f"要申请人交「{name.zh}」，可是「{register.name.zh}」里就有",
                            f"“{name.of('en')}” is demanded of the applicant, though {register.name.of('en')} has it",
                        ),
                        Text(
                            f"在 accepts 里写 {{kind: resource, ref: {register.key}}}（浙江规定 7）",
                            f"accept {{kind: resource, ref: {register.key}}} (Zhejiang rule 7)",
                        ),
                        service.agency,
                    )
    for n, spec in enumerate(event.facts):
        for register in event.resources:
            given = {spec.key, of_any(spec.key)} & set(register.gives_facts)
            if given and not spec.resource and _answers(register, spec.role, event):
                yield Remark(
                    "asked-though-known",
                    Severity.WARNING,
                    ("facts", n),
                    Text(
                        f"问申请人「{spec.label.zh}」，可是「{register.name.zh}」里就有",
                        f"the applicant is asked for “{spec.label.of('en')}”, though {register.name.of('en')} has it",
                    ),
                    Text(
                        f"写上 resource: {register.key}（浙江规定 7）",
                        f"say `resource: {register.key}` (rule 7)",
                    ),
                )


def _answers(register: Resource, role: str, event: LifeEvent) -> bool:
    """Whether this event can ask the register about a party of the role: whether the form knows the look-up key."""
    facts = {spec.key for spec in event.facts}
    asked_by, name = role_of(register.by_fact), register.by_fact.partition(".")[2]
    if not register.by_fact:
        return True
    if asked_by == PARTY:
        return party_key(role, name) in facts
    if asked_by in {one.key for one in event.roles}:
        return asked_by == role and register.by_fact in facts
    return role in MATTER and register.by_fact in facts


def proved_by_nothing(event: LifeEvent) -> Iterator[Remark]:
    """Situations in which a document is needed and nothing that is accepted for it is there."""
    situations = Situations(event)
    for n, service, m, need in needs_of(event):
        path = ("services", n, "evidence", m)
        yield from decided(path, service.agency, _by_nothing(path, service, need, situations))


def _by_nothing(path: Path_, service: Service, need: EvidenceRequirement, situations: Situations) -> Iterator[Remark]:
    for role in holders(need):
        around = within(situations, role, (service.applies_when, need.when))
        ways = either(_open(accept, role, situations) for accept in need.accepts)
        example = situations.anybody(negated(ways), *around)
        if example is not None:
            name, case = _name(situations.event, need.evidence), _example(situations, example)
            yield Remark(
                "proved-by-nothing",
                Severity.ERROR,
                path,
                Text(
                    f"有人要交「{name.zh}」，却没有一种认可方式是开着的{case.zh}",
                    f"somebody needs “{name.of('en')}”, and nothing that is accepted is open to him{case.en}",
                ),
                Text(
                    "补上这种情形的认可方式，或者用 when 说明这时不要它",
                    "accept something in that situation, or say by `when` that it is not needed then",
                ),
                service.agency,
            )


def _open(accept: Accept, role: str, situations: Situations) -> Condition:
    """When an accept can be used; an output only where a service that issues it is in the plan."""
    when = situations.bound(accept.when or ALWAYS, role)
    if accept.kind is not AcceptKind.OUTPUT:
        return when
    issued = [
        And((situations.bound(one.applies_when).root, situations.bound(output.when or ALWAYS).root))
        for one in situations.event.services
        for output in one.outputs
        if output.licence_type == accept.ref
    ]
    return Condition(And((when.root, either(Condition(one) for one in issued).root)))
