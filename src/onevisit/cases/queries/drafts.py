"""Drafts for the faces: one draft with its plan, and somebody's list."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from onevisit.cases.errors import NotFound
from onevisit.cases.models import Case, Document, Draft
from onevisit.cases.queries.loading import held_of, plan_for, published_for, uploads_of
from onevisit.cases.rules.intake import (
    ACCOUNT,
    PAPER,
    UPLOADED,
    Held,
    applicant,
    effective,
    form_keys,
    may_touch,
)
from onevisit.cases.rules.on_paper import phones
from onevisit.cases.rules.readiness import HINDRANCE, obstacles
from onevisit.cases.rules.taking_in import later_of
from onevisit.cases.values import DraftRow, DraftView, FormField, KnownFact, Needed, UploadView
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.catalogue import LifeEvent
from onevisit.core.china import day_of
from onevisit.core.facts import Facts, FactSpec, FactType, name_in, party_key, slot
from onevisit.core.parties import of_party
from onevisit.core.planning.model import Plan
from onevisit.core.text import Text
from onevisit.core.text import gettext_noop as _
from onevisit.core.wording import value_words
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor
from onevisit.people.queries import masked_name, person

OWN_ACCOUNT = Text("登录账号", "your account")


def draft(draft_id: UUID, *, by: Actor | None, now: datetime, token_ok: bool = False) -> DraftView:
    """The draft with its plan. `token_ok`: this visitor's session made it, which is what counts before sign-in.

    Raises NotFound; records the look when a clerk reads it.
    """
    row = Draft.objects.filter(pk=draft_id).first()
    if row is None or not may_touch(held_of(row), by) or (row.account is None and not token_ok):
        raise NotFound("draft", subject=row.person_id if row else None)
    if by is not None and by.is_staff:
        record_look(by=by, subject=row.person_id, case=None, what=_("申请草稿"), purpose=_("窗口代为申请"), now=now)
    return _view(row, now)


def _view(row: Draft, now: datetime) -> DraftView:
    published, held = published_for(row), held_of(row)
    event, specs = published.graph.event, published.graph.specs
    facts = effective(held, specs)
    plan = plan_for(published, held, facts)
    documents = uploads_of(row)
    uploaded = frozenset(slot(document.evidence, document.party) for document in documents)
    ready = obstacles(event, plan, held, facts, uploaded, today=day_of(now))
    return DraftView(
        id=row.pk,
        event=event,
        signed_in=row.account is not None,
        applicant_name=_applicant(row, event, facts),
        id_number=str(facts.get(party_key(applicant(event, facts), "id_number"), "")),
        facts=facts,
        plan=plan,
        known=_known(event, held, specs),
        fields=_fields(event, specs, plan, held, facts),
        needed=_needed(event, plan, documents),
        answered=tuple(key for key in row.answered if key in facts),
        updated_at=row.updated_at,
        submitted_number=_number(row),
        ready=tuple(dict.fromkeys(code for code, _ in ready)),
        missing=ready,
        hindrances=tuple(sentence for code, sentence in ready if code == HINDRANCE),
        seen=frozenset(row.seen),
        snapshot=row.snapshot,
        phones=phones(event, facts),
    )


def _applicant(row: Draft, event: LifeEvent, facts: Facts) -> str:
    name = facts.get(party_key(applicant(event, facts), "name"))
    return str(name) if name else person(row.person_id).name if row.person_id else ""


def _number(row: Draft) -> str:
    if row.submitted_case is None:
        return ""
    return Case.objects.values_list("number", flat=True).get(pk=row.submitted_case)


def _known(event: LifeEvent, held: Held, specs: Mapping[str, FactSpec]) -> tuple[KnownFact, ...]:
    """What registers gave, in the catalogue's order."""
    holders = {resource.key: resource.holder for resource in event.resources}
    as_fetched = effective(replace(held, answers={}, disputed=frozenset()), specs)
    found = []
    for key, spec in specs.items():
        if key in held.fetched and key in as_fetched:
            resource = str(held.fetched[key]["resource"])
            sure = key in held.confirmed or resource == ACCOUNT
            status = "disputed" if key in held.disputed else "confirmed" if sure else "open"
            name = name_in(resource)
            holder = OWN_ACCOUNT if resource == ACCOUNT else holders.get(name, Text(name))
            value = as_fetched[key]
            found.append(KnownFact(spec, value, value_words(spec, value), resource, holder, status))
    return tuple(found)


def _fields(
    event: LifeEvent, specs: Mapping[str, FactSpec], plan: Plan, held: Held, facts: Facts
) -> tuple[FormField, ...]:
    """The one form for all agencies: each fact once."""
    return tuple(
        FormField(specs[key], facts.get(key), services, key in held.fetched and key not in held.disputed)
        for key, services in form_keys(event, plan, facts).items()
    )


def _needed(event: LifeEvent, plan: Plan, documents: list[Document]) -> tuple[Needed, ...]:
    """What he has to upload or to show, with what is there already."""
    types = {kind.key: kind for kind in event.evidence_types}
    agency_of = {service.key: service.agency for service in event.services}
    names = {agency.key: agency.short for agency in event.agencies}
    found = []
    for need in plan.evidence:
        if need.kind in UPLOADED or need.kind in PAPER:
            agencies = dict.fromkeys(agency_of[service] for service in need.services)
            found.append(
                Needed(
                    slot=slot(need.evidence, need.party),
                    evidence=need.evidence,
                    name=of_party(event, need.party, need.name),
                    hint=types[need.evidence].hint,
                    kind=need.kind,
                    agencies=tuple(names[key] for key in agencies if key in names),
                    reason=need.reason,
                    uploads=tuple(
                        upload_view(d) for d in documents if (d.evidence, d.party) == (need.evidence, need.party)
                    ),
                    later=later.days if (later := later_of(event, need)) else 0,
                )
            )
    return tuple(found)


def upload_view(document: Document) -> UploadView:
    """The document for a page."""
    return UploadView(
        document.pk, document.evidence, document.name, document.media, document.size, document.uploaded_at
    )


def title_of(event: LifeEvent, facts: Facts) -> str:
    """What the applicant calls it: the first of the matter's texts that a licence prints, else the event's name."""
    texts = {spec.key for spec in event.facts if spec.type is FactType.TEXT}
    for kind in event.licence_types:
        for key in kind.fields:
            if key.startswith("matter.") and key in texts and isinstance(name := facts.get(key), str):
                return name
    return event.name.zh


def drafts_of(by: Actor, limit: int = 50) -> list[DraftRow]:
    """His open drafts, the latest first; a clerk's are those of his hall. One query."""
    rows = Draft.objects.filter(submitted_case=None).select_related("person").order_by("-updated_at")
    rows = rows.filter(walk_in=True, hall=by.hall) if by.hall else rows.filter(account=by.account)
    return draft_rows(rows[:limit])


def draft_rows(rows: Iterable[Draft]) -> list[DraftRow]:
    """Drafts, which come with their persons, as lines of a list."""
    found = []
    for row in rows:
        event = by_snapshot(row.snapshot).event
        title = title_of(event, effective(held_of(row), by_snapshot(row.snapshot).graph.specs))
        who = masked_name(row.person.name) if row.person and row.walk_in else ""
        found.append(DraftRow(row.pk, event.name, title, len(row.answered), row.updated_at, row.walk_in, who))
    return found
