"""What waits at a window: cases in which something can be done there, and what somebody who came has there."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models.functions import Collate

from onevisit.cases.errors import NotFound
from onevisit.cases.models import AT_WINDOW, Case, CorrectionItem, Draft, HandOver, Procedure
from onevisit.cases.queries.drafts import draft_rows
from onevisit.cases.queries.reaching import latest_of_person
from onevisit.cases.queries.viewing import applicant_name
from onevisit.cases.values import DraftRow
from onevisit.cases.window_values import AtDesk, Owes, Waiting
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.china import day_of
from onevisit.core.law.procedure import State
from onevisit.core.text import gettext_noop as _
from onevisit.halls.queries import is_present
from onevisit.payments.queries import sums_of
from onevisit.payments.values import ZERO, Sums
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor, Role
from onevisit.people.queries import masked_id, person

LONGEST = 50  # cases; procedures of a case are few
PROCEDURES = 200


def waiting(*, by: Actor) -> tuple[Waiting, ...]:
    """Cases of the clerk's hall where something is to be supplied or a result to be handed out, oldest first.

    The oldest PROCEDURES procedures are read by their own small index. Two queries.
    """
    if by.role is not Role.CLERK or not by.hall:
        return ()
    rows = Procedure.objects.filter(AT_WINDOW, hall=by.hall).order_by(Collate("number", "C"))
    rows = rows.select_related("case__person", "case__organisation", "case__correction")
    found: dict[UUID, list[Procedure]] = {}
    for row in rows[:PROCEDURES]:
        found.setdefault(row.case_id, []).append(row)
    cases = list(found.values())[:LONGEST]
    later = _later(procedure.pk for of in cases for procedure in of)
    return tuple(_waiting(of[0].case, of, later) for of in cases if _now(of))


def _now(of: list[Procedure]) -> bool:
    """Whether it is more than something that was reported inside and not told yet."""
    told = hasattr(of[0].case, "correction")
    return told or any(one.completeness != "missing" for one in of)


def _later(procedures: Iterable[UUID]) -> dict[UUID, date]:
    """The last day of what was accepted provisionally, by procedure."""
    rows = CorrectionItem.objects.filter(procedure__in=list(procedures), supplied_at=None, due__isnull=False)
    return {row.procedure_id: row.due for row in rows.order_by("-due") if row.due}


def _waiting(case: Case, of: list[Procedure], later: dict[UUID, date]) -> Waiting:
    supply = [one for one in of if State(one.state) is not State.GRANTED]
    days = [later[one.pk] for one in supply if one.pk in later]
    if any(one.completeness == "missing" for one in supply) and hasattr(case, "correction"):
        days.append(case.correction.due)
    return Waiting(
        number=case.number,
        event_name=by_snapshot(case.snapshot).event.name,
        title=case.title,
        applicant=applicant_name(case, masked=True),
        submitted_at=case.submitted_at,
        supply=len(supply),
        hand_out=len(of) - len(supply),
        due=min(days, default=None),
    )


def handed_over(case: UUID) -> frozenset[UUID]:
    """Licences of the case that were taken at a hall."""
    return frozenset(HandOver.objects.filter(procedure__case=case).values_list("licence", flat=True))


def at_desk(person_id: UUID, *, by: Actor, now: datetime) -> AtDesk:
    """Who came today, and what he has begun and handed in at this hall. The look is recorded.

    Raises NotFound for who has not come."""
    if by.role is not Role.CLERK or not by.hall or not is_present(person_id, by.hall, day_of(now)):
        raise NotFound("person", subject=person_id)
    him = person(person_id)
    drafts = Draft.objects.filter(person=person_id, submitted_case=None).select_related("person")
    drafts = drafts.order_by("-updated_at")
    record_look(by=by, subject=him.id, case=None, what=_("草稿、办件和缴费的清单"), purpose=_("到窗口办理"), now=now)
    rows = list(drafts[:LONGEST])
    cases = list(latest_of_person(person_id, LONGEST))
    here = [one for one in cases if one.walk_in and one.hall == by.hall]
    return AtDesk(
        id=him.id,
        name=him.name,
        id_number=masked_id(him.id_number),
        drafts=_rows(rows, here=by.hall),
        own=_rows(rows, here=""),
        cases=tuple((one.number, by_snapshot(one.snapshot).event.name, one.title, one.submitted_at) for one in here),
        elsewhere=len(cases) - len(here),
        owes=tuple(_owes(cases)),
    )


def _owes(cases: Iterable[Case]) -> Iterator[Owes]:
    """Of those that have bills, what is still to be paid or handed back. One query, none where nothing costs."""
    costs = {row.pk: row for row in cases if by_snapshot(row.snapshot).event.has_fees}
    sums: dict[UUID, list[Sums]] = {}
    for one in sums_of(costs) if costs else ():
        sums.setdefault(one.case, []).append(one)
    for case, bills in sums.items():
        row, event = costs[case], by_snapshot(costs[case].snapshot).event
        unpaid, back = (sum((getattr(one, what) for one in bills), ZERO) for what in ("unpaid", "back"))
        yield Owes(row.number, event.name, row.title, unpaid, back)


def _rows(rows: Iterable[Draft], *, here: str) -> tuple[DraftRow, ...]:
    """The drafts that this hall keeps, or (`here` "") those that he keeps himself."""
    return tuple(draft_rows(one for one in rows if (one.hall if one.walk_in else "") == here))
