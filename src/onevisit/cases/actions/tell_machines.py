"""What happened to cases goes into the outbox of hooks: read off the ledger, which was written with the act itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onevisit.cases.models import Case, Entry, Outgoing, Procedure
from onevisit.cases.rules.telling import body_of
from onevisit.core.law.procedure import TABLES, State
from onevisit.hooks.actions import put
from onevisit.hooks.values import Happened

BATCH = 100
OTHER = {  # kinds of the ledger that no command on a procedure writes
    "case.submitted": "case.submitted",
    "case.correction_told": "case.correction_told",
    "licence.issued": "licence.issued",
    "licence.revoked": "licence.revoked",
    "bill.paid": "bill.paid",
    "bill.refunded": "bill.refunded",
}
TOLD = {  # what a procedure comes to; what it stays in is not told
    State.ACCEPTED: "procedure.accepted",
    State.GRANTED: "procedure.decided",
    State.REFUSED: "procedure.decided",
    State.NOT_ACCEPTED: "procedure.decided",
    State.ACCEPTANCE_REVOKED: "procedure.decided",
    State.ENDED: "procedure.decided",
    State.WITHDRAWN: "procedure.withdrawn",
}
OUTCOMES = {  # by the ledger's kind, in every regime
    row.kind: row.to for table in TABLES.values() for (before, _, _), row in table.items() if row.to is not before
}
TYPES = OTHER | {kind: TOLD[to] for kind, to in OUTCOMES.items() if to in TOLD}  # the trigger of 0013 has the same
Json = dict[str, object]


@transaction.atomic
def tell_machines(now: datetime) -> int:
    """Put what waits into the outbox, at most BATCH entries; how many. Each once: the row goes with the messages."""
    rows = list(Outgoing.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    if not rows:
        return 0
    wanted = {(row.case, row.seq) for row in rows}
    cases = Case.objects.in_bulk({row.case for row in rows})
    procedures: dict[UUID, list[Procedure]] = {}
    for one in Procedure.objects.filter(case__in=cases).order_by("number"):
        procedures.setdefault(one.case_id, []).append(one)
    entries = Entry.objects.filter(case__in=cases, seq__in={row.seq for row in rows}).order_by("at", "case", "seq")
    found = [
        _happened(entry, cases[entry.case_id], procedures.get(entry.case_id, []))
        for entry in entries
        if (entry.case_id, entry.seq) in wanted and entry.kind in TYPES
    ]
    put(found, now=now)
    Outgoing.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _happened(entry: Entry, case: Case, procedures: list[Procedure]) -> Happened:
    """Thin on purpose: numbers and ids, no personal data; who may know more asks the API."""
    body = body_of(entry.body)
    about = [one for one in procedures if _concerns(one, body)]
    told: Json = {"case": case.number, "event": case.event, **_particulars(entry.kind, body)}
    agencies = {one.agency for one in about}
    return Happened(
        type=TYPES[entry.kind],
        at=entry.at,
        account=case.submitted_by,
        data={**told, "procedures": [_procedure(one) for one in about]},
        of_agency={
            agency: {**told, "procedures": [_procedure(one) for one in about if one.agency == agency]}
            for agency in agencies
        },
    )


def _concerns(one: Procedure, body: Mapping[str, Any]) -> bool:
    """Whether the entry is about this procedure: one that it names, whose fee a bill asks for, or all of the case."""
    if "procedure" in body:
        return bool(body["procedure"] == one.number)
    services = (body.get("data") or {}).get("services")  # of a bill, which the agencies to be paid are told of
    return services is None or one.service in services.split(", ")


def _procedure(one: Procedure) -> Json:
    return {"id": str(one.pk), "number": one.number, "service": one.service, "agency": one.agency}


def _particulars(kind: str, body: Mapping[str, Any]) -> Json:
    data = body.get("data", {})
    if TYPES[kind] == "procedure.decided":
        return {"outcome": OUTCOMES[kind].value}
    if kind.startswith("licence."):
        return {"licence": data.get("number", "")}
    if kind.startswith("bill."):
        return {"bill": data.get("bill", "")}
    if kind == "case.correction_told":
        return {"due": data.get("due", "")}
    return {}
