"""Fetch for a draft what government already has: outside any transaction, then merged under the draft's lock."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onevisit.cases.models import Draft
from onevisit.cases.queries.loading import held_of, open_draft, published_for
from onevisit.cases.rules.answers import from_json, to_json
from onevisit.cases.rules.intake import ACCOUNT, applicant, effective, kept_licence, looked_up
from onevisit.core.catalogue import LifeEvent, Resource
from onevisit.core.facts import FactSpec, Value, party_key, slot, spec_of
from onevisit.core.parties import inquiries, own_key
from onevisit.exchange.actions import fetch
from onevisit.exchange.values import Fetched, Outcome
from onevisit.licences.queries import held as held_licences
from onevisit.people.actor import Actor
from onevisit.people.queries import organisation, person

Answers = dict[str, tuple[str, Fetched]]  # of each register and party: look-up key and answer


def from_people(row: Draft, party: str, specs: dict[str, FactSpec]) -> dict[str, Value]:
    """What the people room knows of the applicant, who is that party, and of the organisation that he acts for.

    `party`: "" while he has not said which one he is.
    """
    known: dict[str, str] = {}
    if row.person_id is not None and party:
        him = person(row.person_id)
        own = {"name": him.name, "id_number": him.id_number, "phone": him.phone, "address": him.address}
        known |= {party_key(party, name): value for name, value in own.items()}
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
    event, specs = published.graph.event, dict(published.graph.specs)
    facts = effective(held_of(row), specs)
    party = applicant(event, facts) if not event.you or event.you in facts else ""
    identity = from_people(row, party, specs)
    with transaction.atomic():
        row = open_draft(draft, by, lock=True)
        _identify(row, identity, now)
        if row.person_id is not None:
            row.held = [kept_licence(one) for one in held_licences(row.person_id, row.organisation_id, now=now)]
        facts = effective(held_of(row), specs)
        due = {slot(one.key, party) for one, party in inquiries(event, facts) if looked_up(one, party, facts)}
        for own in [own for own in row.lookups if own not in due]:
            forget(row, own)
        row.save()
    for _ in event.resources:
        answers = _ask(row, event, specs, by, now)
        if not answers:
            break
        with transaction.atomic():
            row = open_draft(draft, by, lock=True)
            for resource, party in inquiries(event, facts):
                if slot(resource.key, party) in answers:
                    _merge(row, resource, party, *answers[slot(resource.key, party)], specs, now)
            row.updated_at = now
            row.save()
        facts = effective(held_of(row), specs)


def _identify(row: Draft, identity: dict[str, Value], now: datetime) -> None:
    """Write down what the account says of its person; what it said of him as another party before goes."""
    row.fetched = {k: one for k, one in row.fetched.items() if one["resource"] != ACCOUNT or k in identity}
    for key, value in identity.items():
        before = row.fetched.get(key)
        if before is None or (before["resource"] == ACCOUNT and before["value"] != to_json(value)):
            row.fetched[key] = {"value": to_json(value), "resource": ACCOUNT, "at": now.isoformat()}


def _ask(row: Draft, event: LifeEvent, specs: dict[str, FactSpec], by: Actor, now: datetime) -> Answers:
    """The answers of the registers that are due; each once in this call and for each party, unless the key changed."""
    facts = effective(held_of(row), specs)
    answers: Answers = {}
    for resource, party in inquiries(event, facts):
        own, lookup = slot(resource.key, party), looked_up(resource, party, facts)
        asked = row.lookups.get(own)
        again = asked is not None and row.unavailable.get(own) == Outcome.DOWN and asked[1] != now.isoformat()
        if lookup and (asked is None or asked[0] != lookup or again):
            purpose = event.name.zh
            found = fetch(resource.key, lookup, purpose=purpose, subject=row.person_id, by=by, now=now)
            answers[own] = (lookup, found)
    return answers


def _merge(
    row: Draft, resource: Resource, party: str, lookup: str, found: Fetched, specs: dict[str, FactSpec], now: datetime
) -> None:
    """Put one register's answer about a party into the row in place of its earlier one; only what the catalogue says
    that it gives.
    """
    own = slot(resource.key, party)
    earlier = row.lookups.get(own)
    if earlier is not None and earlier[0] != lookup:
        forget(row, own)
    row.lookups[own] = [lookup, now.isoformat()]
    if found.status is not Outcome.FOUND:
        row.unavailable[own] = found.status.value
        return
    row.unavailable.pop(own, None)
    gives = {own_key(name, resource, party) for name in resource.gives_facts}
    for name, value in found.facts.items():
        key = own_key(name, resource, party)
        spec = spec_of(key, specs)
        fact = from_json(spec, to_json(value)) if spec and key in gives else None
        if fact is not None and key != own_key(resource.by_fact, resource, party):
            row.fetched[key] = {"value": to_json(fact), "resource": own, "at": now.isoformat()}
    today = timezone.localdate(now).isoformat()
    for name, record in found.evidence.items():
        if name in resource.gives_evidence and not (record.valid_until and record.valid_until < today):
            row.evidence[slot(name, party)] = {"resource": own, **asdict(record)}
    if any(slot(name, party) not in row.evidence for name in resource.gives_evidence):
        row.unavailable[own] = Outcome.ABSENT.value  # none, or expired: his own evidence is asked for


def forget(row: Draft, own: str) -> None:
    """Take out of the row what a register gave about a party (`own`: their slot), with what was said about it."""
    gone = {key for key, one in row.fetched.items() if one["resource"] == own}
    row.fetched = {key: one for key, one in row.fetched.items() if key not in gone}
    row.evidence = {key: one for key, one in row.evidence.items() if one["resource"] != own}
    row.confirmed = [key for key in row.confirmed if key not in gone]
    row.disputed = [key for key in row.disputed if key not in gone]
    row.unavailable.pop(own, None)
    row.lookups.pop(own, None)
