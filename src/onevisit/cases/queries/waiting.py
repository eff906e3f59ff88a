"""What waits at a hall: steps for which somebody has to come, papers that are missing, results to be handed out.

Each is read in the order of its own index (docs/decisions/lists.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db.models.functions import Collate

from onevisit.cases.models import NO_LAST_DAY, TO_HAND_OUT, TO_SUPPLY, Case, CorrectionItem, Procedure, ToCome
from onevisit.cases.queries.viewing import applicant_name
from onevisit.cases.window_values import Waiting
from onevisit.catalogue.queries import by_snapshot, calendar
from onevisit.core.catalogue import Service
from onevisit.core.china import SHANGHAI, day_of
from onevisit.core.law.articles import DELIVERY
from onevisit.core.text import Text
from onevisit.people.actor import Actor, Role

LONGEST = 50  # of each kind
_CASE = ("case__person", "case__organisation", "case__correction")


@dataclass(slots=True)
class _Found:
    """What waits of one case."""

    case: Case
    steps: list[Text] = field(default_factory=list)
    supply: int = 0
    hand_out: int = 0
    days: list[date] = field(default_factory=list)


def waiting(*, by: Actor, now: datetime) -> tuple[Waiting, ...]:
    """Cases in which the clerk's hall has something to do: those with a last day first, then as they were handed in.

    Results that wait for nothing else come last, the latest first, as long as the law's days for handing them out run.
    Also cases that were handed in elsewhere or online, if somebody has to come here. Four queries.
    """
    if by.role is not Role.CLERK or not by.hall:
        return ()
    found: dict[UUID, _Found] = {}
    _to_come(found, by.hall, day_of(now))
    _to_supply(found, by.hall)
    urgent = sorted(found.values(), key=lambda one: (min(one.days, default=NO_LAST_DAY), one.case.pk))
    _to_hand_out(found, by.hall, now)
    results = [one for one in found.values() if one not in urgent]
    return tuple(_view(one, by.hall) for one in (*urgent, *results))


def _of(found: dict[UUID, _Found], case: Case) -> _Found:
    return found.setdefault(case.pk, _Found(case))


def _to_come(found: dict[UUID, _Found], hall: str, today: date) -> None:
    rows = ToCome.objects.filter(hall=hall, last_day__gte=today).order_by("last_day", "procedure")
    for row in rows.select_related("procedure", *(f"procedure__{one}" for one in _CASE))[:LONGEST]:
        one, service = _of(found, row.procedure.case), _service(row.procedure)
        one.steps += [step.name for step in service.steps if step.key == row.step and step.name not in one.steps]
        one.days += [row.last_day] if row.last_day < NO_LAST_DAY else []


def _to_supply(found: dict[UUID, _Found], hall: str) -> None:
    """The oldest first: they have to come first, as all have as many days. What was not told yet waits for nobody."""
    rows = Procedure.objects.filter(TO_SUPPLY, hall=hall).order_by(Collate("number", "C")).select_related(*_CASE)
    told = [row for row in rows[:LONGEST] if row.completeness != "missing" or hasattr(row.case, "correction")]
    later = _later(row.pk for row in told)
    for row in told:
        one = _of(found, row.case)
        one.supply += 1
        one.days += [row.case.correction.due] if row.completeness == "missing" else later.get(row.pk, [])


def _later(procedures: Iterable[UUID]) -> dict[UUID, list[date]]:
    """The last days of what was accepted provisionally, by procedure."""
    keys, found = list(procedures), dict[UUID, list[date]]()
    rows = CorrectionItem.objects.filter(procedure__in=keys, supplied_at=None, due__isnull=False)
    for row in rows:
        found.setdefault(row.procedure_id, []).extend([row.due] if row.due else [])
    return found


def _to_hand_out(found: dict[UUID, _Found], hall: str, now: datetime) -> None:
    first = datetime.combine(calendar().back(day_of(now), DELIVERY.amount), time(), SHANGHAI)
    rows = Procedure.objects.filter(TO_HAND_OUT, hall=hall, decided_at__gte=first).order_by("-decided_at")
    for row in rows.select_related(*_CASE)[:LONGEST]:
        if _service(row).outputs:
            _of(found, row.case).hand_out += 1


def _service(row: Procedure) -> Service:
    services: Sequence[Service] = by_snapshot(row.case.snapshot).event.services
    return next(one for one in services if one.key == row.service)


def _view(one: _Found, hall: str) -> Waiting:
    case = one.case
    here = case.walk_in and case.hall == hall
    return Waiting(
        number=case.number,
        event_name=by_snapshot(case.snapshot).event.name,
        title=case.title if here else "",
        applicant=applicant_name(case, masked=True),
        submitted_at=case.submitted_at,
        here=here,
        steps=tuple(one.steps),
        supply=one.supply,
        hand_out=one.hand_out,
        due=min(one.days, default=None),
    )
