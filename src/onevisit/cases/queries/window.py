"""What somebody who came has at a window, and what was handed out there."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from onevisit.cases.errors import NotFound
from onevisit.cases.models import Case, Draft, HandOver
from onevisit.cases.queries.drafts import draft_rows
from onevisit.cases.queries.reaching import latest_of_person
from onevisit.cases.values import DraftRow
from onevisit.cases.window_values import AtDesk, Owes
from onevisit.catalogue.queries import by_snapshot
from onevisit.core.china import day_of
from onevisit.core.text import gettext_noop as _
from onevisit.halls.queries import is_present
from onevisit.payments.queries import sums_of
from onevisit.payments.values import ZERO, Sums
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor, Role
from onevisit.people.queries import masked_id, person

LONGEST = 50  # cases, or drafts


def handed_over(case: UUID) -> frozenset[UUID]:
    """Licences of the case that were taken at a hall."""
    return frozenset(HandOver.objects.filter(procedure__case=case).values_list("licence", flat=True))


def at_desk(person_id: UUID, *, by: Actor, now: datetime) -> AtDesk:
    """Who came today, and what he has begun and handed in at this hall. The look is recorded.

    Raises NotFound for who has not come.
    """
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
