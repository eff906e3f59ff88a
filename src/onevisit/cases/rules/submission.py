"""The rows that a submission writes, from the draft and its plan. Pure: ids, number and time come in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from stdnum.iso7064 import mod_37_36

from onevisit.cases.rules.answers import to_json
from onevisit.cases.rules.intake import PAPER, Held, sources
from onevisit.core.catalogue import AcceptKind, LifeEvent, Service
from onevisit.core.facts import Facts
from onevisit.core.planning.model import Plan, PlannedEvidence, PlannedProcedure, Truth

Row = dict[str, Any]
CHECK_DAYS = 5  # working days within which to say what is missing (行政许可法 32); worktime.py counts them
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
    documents: tuple[tuple[str, str], ...]  # (document id, evidence key), oldest first
    now: datetime
    check_due: date


def case_number(region: str, day: date, serial: int) -> str:
    """Region, day, six digits and a check character (ISO 7064, mod 37,36): unique up to a million cases a day."""
    body = f"{region}{day:%Y%m%d}{serial % 1_000_000:06}"
    return body + str(mod_37_36.calc_check_digit(body))


def needed(plan: Plan) -> Iterator[PlannedProcedure]:
    """The procedures that the case consists of, in the plan's order."""
    return (planned for planned in plan.procedures if planned.status is Truth.YES)


def procedure_row(filed: Submission, planned: PlannedProcedure, service: Service, place: int, new: UUID) -> Row:
    """One procedure, received; one that an article orders after another waits for its notice (浙江规定 5)."""
    return {
        "id": new,
        "case_id": filed.case,
        "region": filed.event.region,
        "number": f"{filed.number}-{place:02}",
        "service": service.key,
        "agency": service.agency,
        "regime": service.regime.value,
        "on_promise": planned.on_promise,
        "needs": planned.waits_for,
        "ordered_after": planned.ordered_after,
        "holder_name": "",
    }


def evidence_rows(filed: Submission, new_id: Callable[[], UUID]) -> list[Row]:
    """One row for each requirement and each document given for it."""
    rows = []
    for need in filed.plan.evidence:
        documents = [document for document, evidence in filed.documents if evidence == need.evidence]
        for document in documents or [None]:
            rows.append(_evidence_row(filed, need, document, new_id()))
    return rows


def _evidence_row(filed: Submission, need: PlannedEvidence, document: str | None, new: UUID) -> Row:
    seen = filed.held.seen.get(need.evidence) if need.kind in PAPER else None
    record = filed.held.evidence.get(need.evidence) if need.kind is AcceptKind.RESOURCE else None
    return {
        "id": new,
        "case_id": filed.case,
        "evidence": need.evidence,
        "party": need.party,
        "kind": need.kind.value,
        "ref": need.ref,
        "services": need.services,
        "document_id": document,
        "record": {key: record[key] for key in _RECORD} if record else None,
        "seen_by": seen["by"] if seen else None,
        "seen_at": seen["at"] if seen else None,
    }


def facts_row(filed: Submission) -> Row:
    """The case's columns that say what is known and from where."""
    return {
        "facts": {key: to_json(value) for key, value in filed.facts.items()},
        "sources": sources(filed.held, filed.facts),
        "unavailable": {key: why.value for key, why in filed.plan.unavailable},
        "planned_visits": filed.plan.count.worst.high,
    }


def services_of(event: LifeEvent, keys: Iterable[str]) -> list[Service]:
    """The services of these keys, in the catalogue's order."""
    wanted = set(keys)
    return [service for service in event.services if service.key in wanted]
