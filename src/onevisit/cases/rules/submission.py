"""The rows that a submission writes, from the draft and its plan. Pure: ids, number and time come in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from stdnum.iso7064 import mod_37_36

from onevisit.cases.rules.answers import to_json
from onevisit.cases.rules.body import usable
from onevisit.cases.rules.intake import PAPER, Held, kept_licence, sources
from onevisit.cases.rules.presence import Act
from onevisit.cases.rules.procedure import promised
from onevisit.cases.rules.taking_in import Begun, begin
from onevisit.cases.window_values import RECEIVED_ONLY, Intake
from onevisit.core.catalogue import AcceptKind, LifeEvent, Service
from onevisit.core.facts import Facts, slot
from onevisit.core.law.procedure import State, check_period
from onevisit.core.law.worktime import Calendar
from onevisit.core.ledger import canonical
from onevisit.core.parties import is_there
from onevisit.core.planning.model import Plan, PlannedEvidence, PlannedProcedure, Truth

Row = dict[str, Any]
_RECORD = ("number", "issued", "valid_until", "summary")


@dataclass(frozen=True, slots=True)
class Submission:
    """What is known when somebody submits."""

    case: UUID
    number: str
    event: LifeEvent
    plan: Plan
    held: Held
    facts: Facts
    documents: tuple[tuple[str, str], ...]  # (document id, slot), oldest first
    now: datetime
    today: date
    calendar: Calendar
    signs: tuple[Act, ...] = ()  # steps in person that handing it in at the hall does
    intake: Intake = RECEIVED_ONLY  # what the clerk of a window says of the papers


def case_number(region: str, day: date, serial: int) -> str:
    """Region, day, six digits and a check character (ISO 7064, mod 37,36): unique up to a million cases a day."""
    body = f"{region}{day:%Y%m%d}{serial % 1_000_000:06}"
    return body + str(mod_37_36.calc_check_digit(body))


def facts_hash(facts: Mapping[str, Any]) -> str:
    """What the ledger says of all answers: whoever has them can see whether they are those."""
    return sha256(canonical(facts)).hexdigest()


def procedure_rows(filed: Submission, new_id: Callable[[], UUID]) -> list[tuple[Row, Begun]]:
    """One row for each procedure of the plan, numbered in its order, and how the law lets it begin."""
    services = {service.key: service for service in filed.event.services}
    return [
        _procedure_row(filed, planned, services[planned.service], place, new_id())
        for place, planned in enumerate(_needed(filed.plan), start=1)
    ]


def _needed(plan: Plan) -> list[PlannedProcedure]:
    return [planned for planned in plan.procedures if planned.status is Truth.YES]


def _procedure_row(
    filed: Submission, planned: PlannedProcedure, service: Service, place: int, new: UUID
) -> tuple[Row, Begun]:
    """Received by all agencies at once; one that an article orders after another waits for its notice (浙江规定 5);
    a filing is complete on receipt, so that its clock runs from today, as that of what the window accepts.
    """
    begun = begin(service, filed.plan.evidence, filed.intake, serial=bool(planned.ordered_after))
    begins = begun.last
    accepted = begins.to is State.ACCEPTED
    days, today = filed.calendar, filed.today
    statutory = days.last_day(today, service.statutory) if accepted and service.statutory else None
    promise = promised(service, filed.facts, on_promise=planned.on_promise)
    due = days.last_day(today, promise) if accepted else None
    row = {
        "id": new,
        "case_id": filed.case,
        "region": filed.event.region,
        "number": f"{filed.number}-{place:02}",
        "service": service.key,
        "agency": service.agency,
        "regime": service.regime.value,
        "state": begins.to.value,
        "on_promise": planned.on_promise,
        "needs": planned.waits_for,
        "ordered_after": planned.ordered_after,
        "completeness": begins.check.value,
        "check_due": None if accepted else days.last_day(today, check_period(service.regime, begins.to)),
        "holder_name": "",
        "hall": filed.held.hall if filed.held.walk_in else "",
        "received_at": None if begins.to is State.WAITING else filed.now,
        "accepted_at": filed.now if accepted else None,
        "due": min(due, statutory) if due and statutory else due,
        "statutory_due": statutory,
    }
    return row, begun


def evidence_rows(filed: Submission, new_id: Callable[[], UUID]) -> list[Row]:
    """One row for each requirement and each document given for it; none for what a window says is still missing."""
    rows = []
    for need in (one for one in filed.plan.evidence if slot(one.evidence, one.party) not in filed.intake.excused):
        own = slot(need.evidence, need.party)
        documents: list[str | None] = [document for document, of in filed.documents if of == own]
        rows += [_evidence_row(filed, need, document, new_id()) for document in documents or [None]]
    return rows


def _evidence_row(filed: Submission, need: PlannedEvidence, document: str | None, new: UUID) -> Row:
    seen = filed.held.seen.get(slot(need.evidence, need.party)) if need.kind in PAPER else None
    record = _record(filed, need)
    return {
        "id": new,
        "case_id": filed.case,
        "evidence": need.evidence,
        "party": need.party,
        "kind": need.kind.value,
        "ref": need.ref,
        "services": need.services,
        "document_id": document,
        "record": record,
        "seen_by": seen["by"] if seen else None,
        "seen_at": seen["at"] if seen else None,
    }


def _record(filed: Submission, need: PlannedEvidence) -> dict[str, str] | None:
    """What a register or a licence says in place of a document."""
    own = slot(need.evidence, need.party)
    if need.kind is AcceptKind.RESOURCE and own in filed.held.evidence:
        return {key: filed.held.evidence[own][key] for key in _RECORD}
    if need.kind is AcceptKind.LICENCE:
        proof = kept_licence(usable(filed.held.licences, filed.event, filed.facts)[need.ref or need.evidence])
        return {key: proof[key] for key in ("number", "issued", "valid_until")} | {"summary": proof["title"]}
    return None


def knowledge(filed: Submission) -> Row:
    """The case's columns that say what is known, from where, and what was promised."""
    known = {key: value for key, value in filed.facts.items() if is_there(filed.event, key, filed.facts)}
    return {
        "facts": {key: to_json(value) for key, value in known.items()},
        "sources": sources(filed.held, known),
        "unavailable": {key: why.value for key, why in filed.plan.unavailable},
        "planned_visits": filed.plan.count.worst.high,
    }
