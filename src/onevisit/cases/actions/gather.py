"""Fetch for a draft what government already has: outside any transaction, then merged under the draft's lock."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onevisit.cases.models import Draft
from onevisit.cases.queries.loading import held_of, open_draft, published_for
from onevisit.cases.rules.answers import from_json, to_json
from onevisit.cases.rules.intake import ACCOUNT, effective, kept_licence, looked_up, specs_of
from onevisit.core.catalogue import LifeEvent, Resource
from onevisit.core.facts import FactSpec, Value, spec_of
from onevisit.exchange.actions import fetch
from onevisit.exchange.values import Fetched, Outcome
from onevisit.licences.queries import held as held_licences
from onevisit.people.actor import Actor
from onevisit.people.queries import organisation, person

Answers = dict[str, tuple[str, Fetched]]  # resource key -> look-up key and answer


def from_people(row: Draft, specs: dict[str, FactSpec]) -> dict[str, Value]:
    """What the people room knows of the applicant and of the organisation that he acts for."""
    known: dict[str, str] = {}
    if row.person_id is not None:
        him = person(row.person_id)
        known |= {
            "applicant.name": him.name,
            "applicant.id_number": him.id_number,
            "applicant.phone": him.phone,
            "applicant.address": him.address,
        }
    if row.organisation_id is not None:
        firm = organisation(row.organisation_id)
        known |= {
            "organisation.name": firm.name,
            "organisation.uscc": firm.uscc,
            "organisation.legal_representative": firm.legal_representative.name,
        }
    return {key: value for key, value in known.items() if key in specs and value}


def gather(draft: UUID, *, by: Actor, now: datetime) -> None:
    """Ask every register whose look-up key is known and was not asked for that key; those that were down, again.

    A register can give the key of the next one, so that it goes round until nothing new is known.
    """
    row = open_draft(draft, by)
    published = published_for(row)
    event, specs = published.event, specs_of(published.event)
    identity = from_people(row, specs)
    with transaction.atomic():
        row = open_draft(draft, by, lock=True)
        for key, value in identity.items():
            before = row.fetched.get(key)
            if before is None or (before["resource"] == ACCOUNT and before["value"] != to_json(value)):
                row.fetched[key] = {"value": to_json(value), "resource": ACCOUNT, "at": now.isoformat()}
        if row.person_id is not None:
            row.held = [kept_licence(one) for one in held_licences(row.person_id, row.organisation_id, now=now)]
        facts = effective(held_of(row), specs)
        for resource in event.resources:
            if resource.key in row.lookups and not looked_up(resource, facts):
                forget(row, resource)
        row.save()
    for _ in event.resources:
        answers = _ask(row, event, specs, by, now)
        if not answers:
            break
        with transaction.atomic():
            row = open_draft(draft, by, lock=True)
            for resource in event.resources:
                if resource.key in answers:
                    _merge(row, resource, *answers[resource.key], specs, now)
            row.updated_at = now
            row.save()


def _ask(row: Draft, event: LifeEvent, specs: dict[str, FactSpec], by: Actor, now: datetime) -> Answers:
    """The answers of the registers that are due; each register once in this call, unless its key changed."""
    facts = effective(held_of(row), specs)
    answers: Answers = {}
    for resource in event.resources:
        lookup = looked_up(resource, facts)
        asked = row.lookups.get(resource.key)
        again = asked is not None and row.unavailable.get(resource.key) == Outcome.DOWN and asked[1] != now.isoformat()
        if lookup and (asked is None or asked[0] != lookup or again):
            purpose = event.name.zh
            found = fetch(resource.key, lookup, purpose=purpose, subject=row.person_id, by=by, now=now)
            answers[resource.key] = (lookup, found)
    return answers


def _merge(
    row: Draft, resource: Resource, lookup: str, found: Fetched, specs: dict[str, FactSpec], now: datetime
) -> None:
    """Put one register's answer into the row in place of its earlier one; only what the catalogue says it gives."""
    earlier = row.lookups.get(resource.key)
    if earlier is not None and earlier[0] != lookup:
        forget(row, resource)
    row.lookups[resource.key] = [lookup, now.isoformat()]
    if found.status is not Outcome.FOUND:
        row.unavailable[resource.key] = found.status.value
        return
    row.unavailable.pop(resource.key, None)
    for key, value in found.facts.items():
        spec = spec_of(key, specs)
        fact = from_json(spec, to_json(value)) if spec and key in resource.gives_facts else None
        if fact is not None and key != resource.by_fact:
            row.fetched[key] = {"value": to_json(fact), "resource": resource.key, "at": now.isoformat()}
    today = timezone.localdate(now).isoformat()
    for key, record in found.evidence.items():
        if key in resource.gives_evidence and not (record.valid_until and record.valid_until < today):
            row.evidence[key] = {"resource": resource.key, **asdict(record)}
    if any(key not in row.evidence for key in resource.gives_evidence):
        row.unavailable[resource.key] = Outcome.ABSENT.value  # none, or expired: his own evidence is asked for


def forget(row: Draft, resource: Resource) -> None:
    """Take out of the row what this register gave, with what was said about it."""
    gone = {key for key, one in row.fetched.items() if one["resource"] == resource.key}
    row.fetched = {key: one for key, one in row.fetched.items() if key not in gone}
    row.evidence = {key: one for key, one in row.evidence.items() if one["resource"] != resource.key}
    row.confirmed = [key for key in row.confirmed if key not in gone]
    row.disputed = [key for key in row.disputed if key not in gone]
    row.unavailable.pop(resource.key, None)
    row.lookups.pop(resource.key, None)
