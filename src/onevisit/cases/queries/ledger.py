"""The ledger of a case for reading: every entry in words, with its hash."""

from collections.abc import Iterable
from datetime import datetime

from onevisit.cases.models import Case, Entry, Procedure
from onevisit.cases.queries.reaching import own_case
from onevisit.cases.rules.telling import basis_words, body_of, event_words
from onevisit.cases.values import EventView
from onevisit.catalogue.queries import Published, by_snapshot
from onevisit.core.text import gettext_noop as _
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor

MOST = 500  # entries of one page


def ledger(case_number: str, *, by: Actor, now: datetime) -> tuple[EventView, ...]:
    """All that happened to a case, for its applicant or the clerk who runs it, whose look is recorded."""
    row = own_case(case_number, by)
    if by.is_staff:
        record_look(by=by, subject=row.person_id, case=row.pk, what=_("办件记录"), purpose=_("窗口代为申请"), now=now)
    return history(row, by_snapshot(row.snapshot), Procedure.objects.filter(case=row))


def history(
    row: Case, published: Published, procedures: Iterable[Procedure], *, procedure: str = ""
) -> tuple[EventView, ...]:
    """The case's entries, oldest first; of one procedure (number) only those on it and on the case. One query.

    `procedures`: all of the case.
    """
    by_key = {service.key: service for service in published.event.services}
    services = {one.number: by_key[one.service] for one in procedures}
    found = []
    for entry in Entry.objects.filter(case=row).order_by("seq")[:MOST]:
        body = body_of(entry.body)
        if procedure and body.get("procedure", procedure) != procedure:
            continue
        words = event_words(entry.kind, body, services)
        who = str(body.get("who", ""))
        found.append(EventView(entry.seq, entry.at, words, who, basis_words(body), bytes(entry.hash).hex()))
    return tuple(found)
