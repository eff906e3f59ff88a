"""What is missing as a window takes papers in: rows, the ledger's word, and the letter's list."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from onevisit.cases.ledger import NewEntry
from onevisit.cases.models import CorrectionItem, CorrectionNotice
from onevisit.cases.rules.procedure import correction_period
from onevisit.cases.rules.submission import Row, Submission
from onevisit.cases.rules.taking_in import Begun, later_of
from onevisit.core.facts import name_in, party_in, slot
from onevisit.core.law import articles
from onevisit.core.law.procedure import Check, State
from onevisit.core.text import gettext_noop as _
from onevisit.people.actor import SYSTEM, Actor

LATER = _("容缺受理：已经先受理，这份材料随后补上")
Pairs = Sequence[tuple[Row, Begun]]


def write_what_lacks(filed: Submission, begun: Pairs, by: Actor) -> None:
    """The rows of what is missing, and of the notice that tells it on the spot; nothing where all is complete."""
    rows = [
        CorrectionItem(
            procedure_id=procedure,
            evidence=name_in(thing),
            party=party_in(thing),
            what=what,
            due=due,
            officer=by.account,
            at=filed.now,
        )
        for procedure, thing, what, due in items(filed, begun)
    ]
    if rows:
        CorrectionItem.objects.bulk_create(rows)
    if goes_out(begun):
        CorrectionNotice.objects.create(case_id=filed.case, issued_at=filed.now, due=due_of(filed))


def items(filed: Submission, begun: Pairs) -> Iterable[tuple[UUID, str, str, date | None]]:
    """Procedure, slot of the evidence, what to bring, and the last day of what may come later (None: the notice's)."""
    last = last_days(filed)
    for row, begins in begun:
        for evidence in begins.lacks:
            yield row["id"], evidence, filed.intake.lacks[evidence].strip(), None
        for evidence in begins.later:
            lacks = Check(row["completeness"]) is Check.MISSING
            yield row["id"], evidence, filed.intake.later[evidence].strip() or LATER, None if lacks else last[evidence]


def in_the_notice(filed: Submission, begun: Pairs) -> list[tuple[str, str, str]]:
    """What the case's one notice lists: service, slot of the evidence, what to bring."""
    services = {row["id"]: row["service"] for row, _ in begun}
    return [(services[one], evidence, what) for one, evidence, what, due in items(filed, begun) if due is None]


def last_days(filed: Submission) -> dict[str, date]:
    """Until when each evidence (by slot) that comes later has to come."""
    found = {}
    for need in filed.plan.evidence:
        own = slot(need.evidence, need.party)
        later = later_of(filed.event, need) if own in filed.intake.later else None
        if later is not None:
            found[own] = filed.calendar.add(filed.today, later.days)
    return found


def goes_out(begun: Pairs) -> bool:
    """Whether the case's one notice goes out on the spot: nobody is left who still has to look at the papers."""
    checks = [Check(row["completeness"]) for row, _ in begun]
    unchecked = [row for row, _ in begun if row["state"] != State.ACCEPTED and row["completeness"] == Check.OPEN]
    return Check.MISSING in checks and not unchecked


def due_of(filed: Submission) -> date:
    """The applicant's last day to supply what the notice lists."""
    return filed.calendar.last_day(filed.today, correction_period(filed.event))


def told_on_the_spot(filed: Submission, begun: Pairs) -> list[NewEntry]:
    """The ledger's word on the notice, if it goes out."""
    if not goes_out(begun):
        return []
    told = [f"{service}: {evidence}" for service, evidence, _ in in_the_notice(filed, begun)]
    data = {"due": due_of(filed).isoformat(), "items": told}
    return [NewEntry("case.correction_told", SYSTEM, basis=(articles.TOLD_AT_ONCE,), data=data)]
