"""Facts and evidence of a case in words, for whoever may read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from onevisit.cases.models import Case, EvidenceItem, Procedure
from onevisit.cases.queries.drafts import OWN_ACCOUNT, upload_view
from onevisit.cases.rules.answers import typed
from onevisit.cases.rules.body import for_whom, of_business
from onevisit.cases.rules.intake import ACCOUNT, FOUNDED, applicant, is_identity
from onevisit.cases.rules.parties import numbers_of
from onevisit.cases.rules.procedure import lost_licences
from onevisit.cases.values import EvidenceView, FactView
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.catalogue import AcceptKind, LifeEvent
from onevisit.core.facts import name_in, slot, spec_of, without_number
from onevisit.core.law.procedure import SUCCEEDED, State
from onevisit.core.parties import of_party
from onevisit.core.text import Text
from onevisit.core.wording import value_words
from onevisit.licences.queries import in_force
from onevisit.licences.values import LicenceView
from onevisit.people.queries import masked_name

APPLICANT = Text("申请人填写", "the applicant")
_REGISTRAR = Text("本次设立登记", "its registration in this case")
_SOURCES = {
    AcceptKind.UPLOAD: Text("申请人上传", "uploaded by the applicant"),
    AcceptKind.EARLIER: Text("申请人以前交过", "given earlier by the applicant"),
    AcceptKind.COPY: Text("窗口收的复印件", "copy shown at the window"),
    AcceptKind.ORIGINAL: Text("窗口看的原件", "original shown at the window"),
    AcceptKind.LICENCE: Text("已有的电子证照", "an e-licence that is held"),
    AcceptKind.COMMITMENT: Text("申请人承诺", "the applicant's commitment"),
}


def applicant_name(case: Case, *, masked: bool = False) -> str:
    """Who applies: the business for which he acts, whose name is public, else the person, on lists masked."""
    graph = by_snapshot(case.snapshot).graph
    business = case.organisation.name if case.organisation else ""
    name = for_whom(graph.event, typed(case.facts, graph.specs), business)
    return name or (masked_name(case.person.name) if masked else case.person.name)


def fact_views(
    case: Case, event: LifeEvent, keys: Iterable[str] | None = None, *, you: Sequence[str] = ()
) -> tuple[FactView, ...]:
    """The case's facts in the catalogue's order, all or those of these keys (a service's form).

    `you`: the parties as which somebody reads: of what is personal he sees theirs, and all if he applied himself.
    """
    specs = by_snapshot(case.snapshot).graph.specs
    holders = {resource.key: resource.holder for resource in event.resources}
    holders |= {ACCOUNT: OWN_ACCOUNT, FOUNDED: _REGISTRAR}
    facts = typed(case.facts, specs)
    wanted, party = None if keys is None else set(keys), applicant(event, facts)
    own = {one.removesuffix("[1]") for one in you}
    fixed = of_business(event, facts) | numbers_of(event, facts)
    order = {key: place for place, key in enumerate(specs)}
    found = []
    for key in sorted(facts, key=lambda k: order.get(k, len(order))):
        spec = spec_of(key, specs)
        hidden = spec is not None and spec.personal and you and party not in you
        hidden = hidden and key.partition(".")[0] not in own
        if spec is not None and not hidden and (wanted is None or without_number(key) in wanted):
            source = holders.get(name_in(case.sources.get(key, "")), APPLICANT)
            who = key in fixed or is_identity(key, party, case.person_id, case.organisation_id)
            found.append(FactView(key, spec.label, value_words(spec, facts[key]), source, facts[key], who))
    return tuple(found)


def lost_of(items: Sequence[EvidenceItem], licences: Iterable[LicenceView], now: datetime) -> tuple[str, ...]:
    """Types of licences that the items rest on and that count no more; `licences`: those of the case.

    One query if a licence that he held is among the items, else none.
    """
    taken = [(item.kind, item.ref, str((item.record or {}).get("number", ""))) for item in items]
    numbers = [number for kind, _, number in taken if kind == AcceptKind.LICENCE]
    return lost_licences(taken, (one.type for one in licences if one.revocation), in_force(numbers, now=now))


def evidence_views(
    event: LifeEvent, items: Iterable[EvidenceItem], procedures: Iterable[Procedure], lost: Sequence[str]
) -> tuple[EvidenceView, ...]:
    """The items with where each comes from; `items` come with their documents; `lost`: as `lost_of` finds."""
    names = {kind.key: kind.name for kind in event.evidence_types}
    states = {procedure.service: State(procedure.state) for procedure in procedures}
    here = [service for service in event.services if service.key in states]
    givers = {out.licence_type: service for service in here for out in service.outputs}
    resources = {resource.key: resource for resource in event.resources}
    found = []
    for item in items:
        kind = AcceptKind(item.kind)
        ready, gone = True, kind.is_licence and item.ref in lost
        if kind is AcceptKind.OUTPUT and item.ref in givers:
            giver = givers[item.ref]
            source = Text(f"“{giver.name.zh}”的结果", f"the result of “{giver.name.of('en')}”")
            ready = states.get(giver.key) in SUCCEEDED
        elif kind is AcceptKind.RESOURCE and item.ref in resources:
            source = resources[item.ref].name
        else:
            source = _SOURCES.get(kind, APPLICANT)
            ready = item.document is not None or kind not in (AcceptKind.UPLOAD, AcceptKind.COPY, AcceptKind.ORIGINAL)
            ready = ready or item.seen_at is not None
        found.append(
            EvidenceView(
                id=item.pk,
                evidence=item.evidence,
                name=of_party(event, item.party, names.get(item.evidence, Text(item.evidence))),
                slot=slot(item.evidence, item.party),
                kind=kind,
                source=source,
                document=upload_view(item.document) if item.document else None,
                record=item.record,
                ready=ready and not gone,
                lost=gone,
            )
        )
    return tuple(found)
