"""Submit a draft: it becomes a case, received by all its agencies at once (浙江规定 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.utils import timezone

from onevisit.cases.actions.attend import attendance, attended
from onevisit.cases.actions.billing import bill_for
from onevisit.cases.actions.first_letters import addressee, first_letters
from onevisit.cases.actions.gather import gather
from onevisit.cases.actions.once import once
from onevisit.cases.actions.to_come import note_who_comes
from onevisit.cases.actions.what_lacks import told_on_the_spot, write_what_lacks
from onevisit.cases.errors import KeyMissing, NotCheckedIn, NotFound, NotReady, NotYourHall
from onevisit.cases.ledger import NewEntry, chain
from onevisit.cases.models import Attendance, Case, CaseParty
from onevisit.cases.queries.drafts import title_of
from onevisit.cases.queries.loading import plan_for
from onevisit.cases.rules.body import usable
from onevisit.cases.rules.intake import Held, applicant, effective, licences_in, may_touch
from onevisit.cases.rules.once import check_key
from onevisit.cases.rules.parties import others
from onevisit.cases.rules.presence import course, signed_at
from onevisit.cases.rules.readiness import obstacles
from onevisit.cases.rules.submission import (
    Row,
    Submission,
    case_number,
    evidence_rows,
    facts_hash,
    knowledge,
    procedure_rows,
)
from onevisit.cases.rules.taking_in import Begun, check
from onevisit.cases.sql import LOCK_DRAFT, SUBMIT
from onevisit.cases.values import Submitted
from onevisit.cases.window_values import RECEIVED_ONLY, Intake
from onevisit.catalogue.queries import by_snapshot, calendar
from onevisit.core.catalogue import AcceptKind, LifeEvent
from onevisit.core.facts import Facts, slot
from onevisit.core.planning.model import Plan
from onevisit.halls.queries import is_present
from onevisit.licences.queries import in_force
from onevisit.people.actions import known_persons
from onevisit.people.actor import Actor, Role
from onevisit.people.ids import new_id

_JSON = ("answers", "fetched", "evidence", "confirmed", "disputed", "unavailable", "seen", "held", "answered_before")


class LicenceGone(Exception):
    """A licence that stood for a document was revoked, or ran out, since the draft was last gathered."""


@dataclass(frozen=True, slots=True)
class Locked:
    """The locked draft, read."""

    draft: UUID
    snapshot: str
    region: str
    organisation: UUID | None
    held: Held
    submitted_case: UUID | None
    answered_before: Mapping[str, str] | None
    serial: int
    documents: tuple[tuple[str, str], ...]


def submit(draft: UUID, key: str, *, by: Actor, now: datetime, intake: Intake = RECEIVED_ONLY) -> Submitted:
    """Make the case and say its number, once the transaction is durable; a repeat gets the first answer.

    `key`: the page's one-time key. `intake`: what the clerk of a window says of the papers. Raises NotReady (with all
    that is missing), NotFound, NotCheckedIn, KeyMissing; for the intake NotYourHall, NotAsked, NotLater, WhatMissing.
    """
    check_key(key)
    try:
        return _submit(draft, key, intake, by, now)
    except LicenceGone:
        gather(draft, by=by, now=now)  # so that the draft asks for what the licence stood for
        raise NotReady(()) from None


def _submit(draft: UUID, key: str, intake: Intake, by: Actor, now: datetime) -> Submitted:
    with once(), transaction.atomic(durable=True), connection.cursor() as cursor:
        asked = {"draft": draft, "account": by.account, "key": key}
        row = _fetch(cursor, asked)
        if row["waited"]:
            row = _fetch(cursor, asked)  # locked by now: what it reads is what is
        locked = _read(draft, row)
        if not may_touch(locked.held, by) or locked.held.account is None:
            raise NotFound("draft", subject=locked.held.person)
        if (before := _before(locked)) is not None:
            return before
        if intake != RECEIVED_ONLY and (by.role is not Role.CLERK or not locked.held.walk_in):
            raise NotYourHall()
        filed = _filed(locked, intake, now)
        answer = Submitted(filed.case, filed.number)
        begun = procedure_rows(filed, new_id)
        written, attendances = _written(locked, filed, begun, key, by)
        cursor.execute(SUBMIT, written)
        write_what_lacks(filed, begun, by)
        if attendances:
            Attendance.objects.bulk_create(attendances)
        note_who_comes(filed, [row for row, _ in begun])
        _join_others(filed)
        bill_for(filed, written["payer"], by=by)
    return answer


def _join_others(filed: Submission) -> None:
    """Make it the case of its other parties too. Nothing is asked or written where there are none."""
    found = others(filed.event, filed.facts)
    if not found:
        return
    acts = course(filed.event, filed.plan, applicant(filed.event, filed.facts)).acts.values()
    awaited = {party for act in acts for party in act.signers}
    ids = known_persons({one.id_number: one.name for one in found})
    CaseParty.objects.bulk_create(
        CaseParty(case_id=filed.case, party=one.party, person_id=ids[one.id_number], awaited=one.party in awaited)
        for one in found
    )


def _fetch(cursor: Any, asked: Mapping[str, object]) -> dict[str, Any]:
    cursor.execute(LOCK_DRAFT, asked)
    found = cursor.fetchone()
    if found is None:
        raise NotFound("draft")
    return dict(zip((column.name for column in cursor.description), found, strict=True))


def _read(draft: UUID, row: dict[str, Any]) -> Locked:
    kept = {name: orjson.loads(row[name]) if isinstance(row[name], str) else row[name] for name in _JSON}
    held = Held(
        account=row["account"],
        person=row["person_id"],
        walk_in=row["walk_in"],
        hall=row["hall"],
        answers=kept["answers"],
        fetched=kept["fetched"],
        evidence=kept["evidence"],
        confirmed=frozenset(kept["confirmed"]),
        disputed=frozenset(kept["disputed"]),
        unavailable=kept["unavailable"],
        seen=kept["seen"],
        licences=licences_in(kept["held"]),
    )
    return Locked(
        draft,
        row["snapshot"],
        row["region"],
        row["organisation_id"],
        held,
        row["submitted_case"],
        kept["answered_before"],
        row["serial"] or 0,
        tuple((document, slot(evidence, party)) for document, evidence, party in row["documents"]),
    )


def _before(locked: Locked) -> Submitted | None:
    """The first answer, if this draft was submitted; KeyMissing when the key was used for another draft."""
    if locked.submitted_case is not None:
        number = Case.objects.values_list("number", flat=True).get(pk=locked.submitted_case)
        return Submitted(locked.submitted_case, number)
    if locked.answered_before is not None:
        raise KeyMissing()
    return None


def _filed(locked: Locked, intake: Intake, now: datetime) -> Submission:
    """The plan once more, under the draft's own catalogue version, and whether it may be submitted."""
    published, held = by_snapshot(locked.snapshot), locked.held
    facts = effective(held, published.graph.specs)
    plan = plan_for(published, held, facts)
    check(published.graph.event, plan, intake)
    today = timezone.localdate(now)
    uploaded = frozenset(own for _, own in locked.documents)
    missing = obstacles(published.graph.event, plan, held, facts, uploaded, intake.excused, today=today)
    if missing:
        raise NotReady(missing)
    _licences_are_in_force(published.graph.event, plan, held, facts, now)
    party = applicant(published.graph.event, facts)
    signs = signed_at(published.graph.event, plan, held.hall, party) if held.walk_in else ()
    comes = held.walk_in and any(visit.place == held.hall for visit in plan.visits)
    if (comes or signs) and held.person and not is_present(held.person, held.hall, today):
        raise NotCheckedIn()
    return Submission(
        case=new_id(),
        number=case_number(locked.region, today, locked.serial),
        event=published.graph.event,
        plan=plan,
        held=held,
        facts=facts,
        documents=locked.documents,
        now=now,
        today=today,
        calendar=calendar(),
        signs=signs,
        intake=intake,
    )


def _licences_are_in_force(event: LifeEvent, plan: Plan, held: Held, facts: Facts, now: datetime) -> None:
    """Look again at the licences that stand for documents; they were found when the draft was last gathered."""
    proofs = usable(held.licences, event, facts)
    numbers = [proofs[need.ref or need.evidence].number for need in plan.evidence if need.kind is AcceptKind.LICENCE]
    if in_force(numbers, now=now) != set(numbers):
        raise LicenceGone()


def _written(
    locked: Locked, filed: Submission, begun: list[tuple[Row, Begun]], key: str, by: Actor
) -> tuple[dict[str, Any], list[Attendance]]:
    """The parameters of the writing statement; and the steps in person that are done by handing the case in."""
    procedures = [row for row, _ in begun]
    rows = {row["service"]: row for row in procedures}
    signed = [(rows[act.service], act) for act in filed.signs]
    told = _entries(filed, begun, by) + [attended(row["number"], act, by) for row, act in signed]
    entries, head = chain(filed.case, told, now=filed.now)
    case = {
        "id": filed.case,
        "number": filed.number,
        "region": locked.region,
        "event": filed.event.key,
        "snapshot": locked.snapshot,
        "draft": locked.draft,
        "title": title_of(filed.event, filed.facts),
        "person_id": filed.held.person,
        "organisation_id": locked.organisation,
        "account": None if filed.held.walk_in else by.account,
        "submitted_by": by.account,
        "walk_in": filed.held.walk_in,
        "hall": filed.held.hall,
        "submitted_at": filed.now,
        "head_seq": head.seq,
        "head_hash": head.hash,
        **knowledge(filed),
    }
    who = filed.held.person
    attendances = [attendance(row["id"], act, act.parties[0], who, by, filed.now) for row, act in signed if who]
    return {
        "case": _json(case),
        "procedures": _json(procedures),
        "evidence": _json(evidence_rows(filed, new_id)),
        "entries": _json(entries),
        "notices": _json(first_letters(filed, case, begun)),
        "answer": _json({"case": filed.case, "number": filed.number}),
        "payer": addressee(filed, case),
        "case_id": filed.case,
        "draft": locked.draft,
        "account": by.account,
        "key": key,
        "now": filed.now,
    }, attendances


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _entries(filed: Submission, begun: list[tuple[Row, Begun]], by: Actor) -> list[NewEntry]:
    """The ledger's first words on the case: submitted, with a hash of what is known, and how each procedure begins."""
    known = facts_hash(knowledge(filed)["facts"])
    data = {"event": filed.event.key, "snapshot": filed.plan.snapshot, "facts_sha256": known}
    entries = [NewEntry("case.submitted", by, data=data)]
    for row, begins in begun:
        for place, step in enumerate(begins.steps):
            told: dict[str, Any] = {"service": row["service"]}
            if place and (missing := [*begins.lacks, *begins.later]):
                told["items"] = missing
            entries.append(NewEntry(step.kind, by, procedure=row["number"], basis=step.basis, data=told))
    return entries + told_on_the_spot(filed, begun)
