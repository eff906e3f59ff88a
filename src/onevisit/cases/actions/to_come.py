"""What halls wait for: the steps for which somebody still has to come, noted when a case is submitted."""

from collections.abc import Iterable, Iterator
from datetime import date

from onevisit.cases.models import NO_LAST_DAY, ToCome
from onevisit.cases.queries.presence import surely_away
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.presence import Act, course
from onevisit.cases.rules.submission import Row, Submission
from onevisit.core.planning.network import NO_LAST_DAY as ANY_DAY


def note_who_comes(filed: Submission, procedures: Iterable[Row]) -> None:
    """Write a row for each hall at which a step in person can be done, but for those that handing it in has done.

    Nothing is asked or written where nobody ever has to come.
    """
    ids = {row["service"]: row["id"] for row in procedures}
    if not filed.held.walk_in and all(surely_away(filed.plan.snapshot, service) for service in ids):
        return
    steps = {(act.service, act.step.key): act for act in _left(filed, ids)}
    ToCome.objects.bulk_create(
        ToCome(procedure_id=ids[service], step=step, hall=hall, last_day=_last_day(filed, act))
        for (service, step), act in steps.items()
        for hall in act.places
    )


def _left(filed: Submission, services: Iterable[str]) -> Iterator[Act]:
    way, done = course(filed.event, filed.plan, applicant(filed.event, filed.facts)), {act.key for act in filed.signs}
    for service in services:
        yield from (
            act for act in way.before_decision(service) if act.in_person and not act.pays and act.key not in done
        )


def _last_day(filed: Submission, act: Act) -> date:
    last = act.step.window[1] if act.step.window else ANY_DAY
    return filed.calendar.add(filed.today, last) if last < ANY_DAY else NO_LAST_DAY
