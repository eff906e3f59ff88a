"""What is known of a draft, what stands in the way of submitting it, and who may touch it. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onevisit.cases.rules.answers import typed
from onevisit.core.catalogue import AcceptKind, LifeEvent, Resource, Service
from onevisit.core.facts import FactSpec, Value, party_key, slot, without_number
from onevisit.core.parties import all_specs, applicant_of, is_there, own_key
from onevisit.core.planning.model import Plan, PlannedEvidence, Truth, Unavailable
from onevisit.core.text import Text
from onevisit.licences.values import HeldLicence
from onevisit.people.actor import Actor, Role

ACCOUNT = "account"  # in place of a resource: the people room's own data of who is signed in
FOUNDED = "founding"  # likewise: what a business got when this case founded it
UPLOADED = frozenset({AcceptKind.UPLOAD, AcceptKind.EARLIER})
PAPER = frozenset({AcceptKind.COPY, AcceptKind.ORIGINAL})
OF_PERSON = ("name", "id_number")  # of the party that applies
OF_ORGANISATION = frozenset({"organisation.uscc"})


@dataclass(frozen=True, slots=True)
class Held:
    """What a draft row holds, as the rules need it; JSON as it is kept."""

    account: UUID | None
    person: UUID | None
    walk_in: bool
    hall: str
    answers: Mapping[str, object]
    fetched: Mapping[str, Mapping[str, object]]
    evidence: Mapping[str, Mapping[str, str]]  # by slot: of whom it is and what it proves
    confirmed: frozenset[str]
    disputed: frozenset[str]
    unavailable: Mapping[str, str]
    seen: Mapping[str, Mapping[str, str]]
    licences: tuple[HeldLicence, ...] = ()  # in force when they were last looked for


def kept_licence(one: HeldLicence) -> dict[str, str]:
    """A licence as a draft keeps it."""
    until = one.valid_until.isoformat() if one.valid_until else ""
    return {
        "type": one.type,
        "code": one.code,
        "number": one.number,
        "title": one.title,
        "issued": one.issued.isoformat(),
        "valid_until": until,
    }


def licences_in(kept: Iterable[Mapping[str, str]]) -> tuple[HeldLicence, ...]:
    """What `kept_licence` kept."""
    return tuple(
        HeldLicence(
            one["type"],
            one["code"],
            one["number"],
            one["title"],
            date.fromisoformat(one["issued"]),
            date.fromisoformat(one["valid_until"]) if one["valid_until"] else None,
        )
        for one in kept
    )


def may_touch(held: Held, by: Actor | None) -> bool:
    """Nobody's draft is open to who knows its id; else its keeper, or a clerk of the hall that keeps it."""
    if held.account is None or (by is not None and by.account == held.account):
        return True
    return by is not None and held.walk_in and by.role is Role.CLERK and by.hall == held.hall


def is_identity(key: str, party: str, person: UUID | None, organisation: UUID | None) -> bool:
    """Whether the fact says who the applicant is, which only the account can say (or the clerk who saw his card).

    `party`: the one that applies (`applicant`).
    """
    own = {party_key(party, name) for name in OF_PERSON}
    return (person is not None and key in own) or (organisation is not None and key in OF_ORGANISATION)


def applicant(event: LifeEvent, facts: Mapping[str, Value]) -> str:
    """The party that the applicant is."""
    return next(iter(applicant_of(event, facts)), "applicant")


def effective(held: Held, specs: Mapping[str, FactSpec]) -> dict[str, Value]:
    """All that is known: answers, and what registers gave unless he disputes it (浙江规定 7)."""
    kept: dict[str, object] = dict(held.answers)
    kept.update({key: one["value"] for key, one in held.fetched.items() if key not in held.disputed})
    return typed(kept, specs)


def sources(held: Held, facts: Mapping[str, Value]) -> dict[str, str]:
    """Where each known fact comes from: "answer" or the resource's key."""
    return {
        key: str(held.fetched[key]["resource"]) if key in held.fetched and key not in held.disputed else "answer"
        for key in facts
    }


def unavailable(held: Held) -> dict[str, Unavailable]:
    """Resources that cannot be used, and why; a dispute of one fact takes its register's evidence out too."""
    found = {key: Unavailable(why) for key, why in held.unavailable.items()}
    for key in held.disputed:
        if key in held.fetched:
            found[str(held.fetched[key]["resource"])] = Unavailable.DISPUTED
    found.pop(ACCOUNT, None)
    return found


def never_asked(plan: Plan, held: Held, event: LifeEvent, facts: Mapping[str, Value]) -> dict[str, Unavailable]:
    """Resources that the plan counts on but whose look-up fact nobody will ask for any more: absent."""
    asked = {question.fact for question in plan.questions}
    by_key = {resource.key: resource for resource in event.resources}
    wanted = {
        (e.ref, e.party)
        for e in plan.evidence
        if e.kind is AcceptKind.RESOURCE and slot(e.evidence, e.party) not in held.evidence
    }
    keys = {(ref, party): own_key(by_key[ref].by_fact, by_key[ref], party) for ref, party in wanted if ref in by_key}
    return {
        slot(ref, party): Unavailable.ABSENT
        for (ref, party), key in keys.items()
        if key not in facts and key not in asked
    }


def looked_up(resource: Resource, party: str, facts: Mapping[str, Value]) -> str:
    """The look-up key for what a resource knows of a party, "" while its fact is unknown."""
    value = facts.get(own_key(resource.by_fact, resource, party))
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value))) if value is not None else ""


def form_keys(event: LifeEvent, plan: Plan, facts: Mapping[str, Value]) -> dict[str, tuple[Text, ...]]:
    """Fact keys of the one form, known or still asked, in the catalogue's order: which needed services ask for each."""
    needed = {p.service for p in plan.procedures if p.status is Truth.YES}
    asked: dict[str, list[Text]] = {}
    for service in event.services:
        if service.key in needed:
            for key in service.facts:
                asked.setdefault(key, []).append(service.name)
    open_ones = {question.fact for question in plan.questions}
    return {
        key: tuple(asked[plain])
        for key in all_specs(event)
        if (plain := without_number(key)) in asked
        and (key in facts or key in open_ones)
        and is_there(event, key, facts)
    }


def is_supplied(need: PlannedEvidence, held: Held, uploaded: frozenset[str]) -> bool:
    """Whether a requirement is met now, as far as the applicant or the clerk has to do something for it.

    `uploaded`: slots.
    """
    own = slot(need.evidence, need.party)
    if need.kind in UPLOADED:
        return own in uploaded
    if need.kind in PAPER:
        return not held.walk_in or own in held.seen or own in uploaded  # else shown at his visit
    if need.kind is AcceptKind.RESOURCE:
        return own in held.evidence
    return True


def paper_for(service: Service, evidence: str) -> AcceptKind | None:
    """How the window may take that evidence on paper: a copy to keep or an original to look at; None: not at all."""
    for need in service.evidence:
        if need.evidence == evidence:
            return next((accept.kind for accept in need.accepts if accept.kind in PAPER), None)
    return None


def open_facts(held: Held, specs: Mapping[str, FactSpec]) -> tuple[str, ...]:
    """Facts that registers gave and that he has neither confirmed nor disputed; his account's own need no word."""
    done = held.confirmed | held.disputed
    return tuple(
        key for key, one in held.fetched.items() if key in specs and key not in done and one["resource"] != ACCOUNT
    )
