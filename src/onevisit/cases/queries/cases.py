"""Cases for their applicant and for the clerk who runs them: a list, and one case whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from onevisit.cases.models import Case, CaseParty, CorrectionNotice, EvidenceItem, Procedure
from onevisit.cases.queries.clock import procedure_views
from onevisit.cases.queries.correcting import correction_view, is_provisional, lacks
from onevisit.cases.queries.ledger import history
from onevisit.cases.queries.parties import own_parties, party_views
from onevisit.cases.queries.reaching import is_applicant, latest_for, own_case
from onevisit.cases.queries.viewing import applicant_name, evidence_views, fact_views, lost_of
from onevisit.cases.rules.answers import typed
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.on_paper import paper_hall
from onevisit.cases.rules.overview import STATES, case_state, latest_day, now_words
from onevisit.cases.values import CaseList, CaseRow, CaseView, EvidenceView
from onevisit.catalogue.queries import Published, by_snapshot, calendar
from onevisit.core.law.procedure import DECIDED, State
from onevisit.core.parties import MATTER
from onevisit.core.text import gettext_noop as _
from onevisit.halls.queries import visits_of
from onevisit.licences.queries import holds
from onevisit.licences.queries import of_case as licences_of
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor
from onevisit.people.ids import id_in
from onevisit.people.queries import masked_id

PAGE = 20  # rows
_COLUMNS = ("service", "state", "due", "check_due", "on_promise", "ordered_after")


def cases_of(by: Actor, *, before: str = "", limit: int = PAGE) -> CaseList:
    """A page of the cases that `by` runs, the latest first.

    `before`: `CaseList.older` of the page before; one that cannot be read begins anew. Two queries.
    """
    last = id_in(before)
    rows = latest_for(by, last, limit + 1).select_related("person", "organisation", "correction")
    signs = CaseParty.objects.filter(case=OuterRef("pk"), person=by.person, awaited=True)
    rows = rows.annotate(to_sign=Exists(signs))
    rows = rows.prefetch_related(Prefetch("procedures", Procedure.objects.only("case", "state", "completeness")))
    found = [_row(case, by) for case in rows]
    older = str(found[limit - 1].id) if len(found) > limit else ""
    return CaseList(tuple(found[:limit]), first=last is None, older=older)


def _row(case: Any, by: Actor) -> CaseRow:
    procedures = case.procedures.all()
    states = [State(procedure.state) for procedure in procedures]
    told = _notice(case) is not None
    awaited = any((told and lacks(procedure)) or is_provisional(procedure) for procedure in procedures)
    return CaseRow(
        id=case.pk,
        number=case.number,
        event_name=by_snapshot(case.snapshot).event.name,
        title=case.title,
        applicant=applicant_name(case, masked=by.is_staff),
        submitted_at=case.submitted_at,
        done=sum(not state.open for state in states),
        total=len(states),
        state=case_state(states, correction_open=awaited),
        to_sign=case.to_sign,
    )


def _notice(case: Case) -> CorrectionNotice | None:
    return case.correction if hasattr(case, "correction") else None


def case(number: str, *, by: Actor, now: datetime) -> CaseView:
    """One case, for its applicant, or a clerk of its hall, whose look is recorded. Raises NotFound.

    A constant number of queries, whatever the case holds.
    """
    row = own_case(number, by)
    if by.is_staff:
        record_look(by=by, subject=row.person_id, case=row.pk, what=_("办件"), purpose=_("窗口代为申请"), now=now)
    published = by_snapshot(row.snapshot)
    procedures = list(Procedure.objects.filter(case=row).select_related("decision").order_by("number"))
    return _view(row, published, procedures, by, now)


def _view(row: Case, published: Published, procedures: Sequence[Procedure], by: Actor, now: datetime) -> CaseView:
    event, today = published.event, timezone.localdate(now)
    states = [State(procedure.state) for procedure in procedures]
    correction = correction_view(row, published, procedures, _notice(row), by, today)
    waiting = any(not item.supplied for item in correction.items) if correction else False
    state = case_state(states, correction_open=waiting)
    rating = row.rating.grade if hasattr(row, "rating") else None
    issued = licences_of(row.pk, now=now)
    visits = visits_of(row.person_id, timezone.localdate(row.submitted_at))
    own = [one for one in issued if by.is_staff or (by.person and holds(one, by.person, by.organisation))]
    licences = {one.procedure: one.id for one in own}
    items = list(EvidenceItem.objects.filter(case=row).select_related("document").order_by("pk"))
    lost = lost_of(items, issued, now)
    facts = typed(row.facts, published.graph.specs)
    you = own_parties(row, by)
    applies = applicant(published.graph.event, facts) in you
    services = {service.key: service for service in event.services}
    columns = [{name: getattr(procedure, name) for name in _COLUMNS} for procedure in procedures]
    return CaseView(
        id=row.pk,
        person=row.person_id,
        applicant=row.person.name,
        id_number=masked_id(row.person.id_number),
        here=(by.hall, today) in visits,
        number=row.number,
        event=event,
        title=row.title,
        state=state,
        state_words=STATES[state],
        now_words=now_words(state, correction),
        submitted_at=row.submitted_at,
        walk_in=row.walk_in,
        visits_made=len(visits),
        visits_planned=row.planned_visits,
        latest=None if waiting else latest_day(columns, services, facts, calendar(), today),  # waits for him
        procedures=procedure_views(row, published, procedures, licences, now=now),
        correction=correction,
        history=history(row, published, procedures),
        evidence=_evidence(evidence_views(event, _of_reader(items, you, applies), procedures, lost), applies),
        facts=fact_views(row, event, you=you),
        parties=party_views(row, published, you, now),
        rating=rating,
        can_withdraw=any(one.open for one in states),
        licences=tuple(own),
        on_paper=bool(paper_hall(event, facts, row.hall)),
        may_rate=rating is None and is_applicant(row, by) and any(one in DECIDED for one in states),
    )


def _of_reader(items: Sequence[EvidenceItem], you: Sequence[str], applies: bool) -> Sequence[EvidenceItem]:
    """Who did not apply sees what concerns him and the matter, not the other parties' papers."""
    return items if applies else [item for item in items if item.party in (*you, MATTER)]


def _evidence(views: Sequence[EvidenceView], applies: bool) -> tuple[EvidenceView, ...]:
    """Files are the applicant's, who gave them; nobody else is led to one that he may not open."""
    return tuple(views) if applies else tuple(replace(one, document=None) for one in views)
