"""The officer's face: the inbox of the own agency by what is due first, and one procedure with just what it needs."""

import base64
import binascii
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import DateField, Func, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan

from onevisit.cases.correcting_values import MissingView
from onevisit.cases.errors import NotFound, OnlyOfficers
from onevisit.cases.models import FIRST, TABS, Case, CorrectionItem, CorrectionNotice, EvidenceItem, Procedure
from onevisit.cases.party_values import Mortal
from onevisit.cases.queries.clock import setting_of, standing_of, timed, view
from onevisit.cases.queries.deaths import deaths_of
from onevisit.cases.queries.ledger import history
from onevisit.cases.queries.presence import Present, present_at, surely_away
from onevisit.cases.queries.searching import search
from onevisit.cases.queries.viewing import applicant_name, evidence_views, fact_views, lost_of
from onevisit.cases.rules.clock import clock_of
from onevisit.cases.rules.ending import Death, concerned, may_end, reasons
from onevisit.cases.rules.intake import applicant
from onevisit.cases.rules.letters import licence_name, review_of
from onevisit.cases.rules.parties import named
from onevisit.cases.rules.procedure import missing_outputs
from onevisit.cases.rules.regimes import remedy_of
from onevisit.cases.rules.telling import refusal_words, state_words
from onevisit.cases.rules.working import Possible, possible
from onevisit.cases.values import EvidenceView, InboxRow, Page, ProcedureView, WorkView
from onevisit.catalogue.queries import Published, by_snapshot
from onevisit.core.catalogue import Service
from onevisit.core.law.procedure import State
from onevisit.core.parties import party_name
from onevisit.core.text import Text
from onevisit.core.text import gettext_noop as _
from onevisit.licences.queries import of_case as licences_of
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor, Role

SIZE = 20  # rows of a page
MOST = 1000  # counted; beyond it a tab says so many
NEVER = date(9999, 12, 31)  # as FIRST has it


def inbox(*, by: Actor, now: datetime, tab: str = "decide", q: str = "", after: str = "") -> Page:
    """A page of the agency's procedures: what is due first comes first, what is done comes last first.

    `q`: as `search` takes it. `after`: `Page.next` of the page before. Three queries, with `q` six at most.
    """
    if by.role is not Role.OFFICER or not by.agency:
        raise OnlyOfficers()
    tab = tab if tab in TABS else "decide"
    mine, cut = Procedure.objects.filter(agency=by.agency), False
    if words := q.strip():
        found, cut = search(by.agency, words)
        mine = mine.filter(pk__in=found)
    counts = _counts(mine)
    rows = _ordered(mine.filter(TABS[tab]), tab)
    rows = _after(rows, tab, after).select_related("case__person", "case__organisation", "case__correction")
    page = list(rows[: SIZE + 1])
    shown = page[:SIZE]
    siblings = _states(procedure.case_id for procedure in shown)
    next_ = _cursor(shown[-1], tab) if len(page) > SIZE else ""
    return Page(tuple(_row(one, siblings[one.case_id], now) for one in shown), next_, counts, cut)


def _counts(rows: QuerySet[Procedure]) -> dict[str, int]:
    """How many of the rows each tab has, counted up to MOST. One query."""
    parts = [rows.filter(which).annotate(tab=Value(tab)).values_list("tab")[:MOST] for tab, which in TABS.items()]
    found = Counter(tab for (tab,) in parts[0].union(*parts[1:], all=True))
    return {tab: found[tab] for tab in TABS}


def _ordered(rows: QuerySet[Procedure], tab: str) -> QuerySet[Procedure]:
    """By what is due: the check's day before acceptance, the decision's after it."""
    if tab == "done":
        return rows.order_by("-number")
    return rows.order_by(FIRST, "number")


def _cursor(row: Procedure, tab: str) -> str:
    day = "" if tab == "done" else (row.due or row.check_due or NEVER).isoformat()
    return base64.urlsafe_b64encode(f"{day} {row.number}".encode()).decode()


def _after(rows: QuerySet[Procedure], tab: str, after: str) -> QuerySet[Procedure]:
    """Rows after the cursor; a cursor that cannot be read begins anew."""
    try:
        day, _, number = base64.urlsafe_b64decode(after.encode()).decode().partition(" ")
        if not number or "\0" in number:
            return rows
        if tab == "done":
            return rows.filter(number__lt=number)
        first = date.fromisoformat(day)
    except (ValueError, binascii.Error):
        return rows
    # compared as one row: the index then begins at the cursor, which an OR would not let it
    place = Func(Value(first, DateField()), Value(number), function="ROW", output_field=TextField())
    return rows.filter(GreaterThan(Func(FIRST, "number", function="ROW", output_field=TextField()), place))


def _states(cases: Iterable[UUID]) -> dict[UUID, dict[str, State]]:
    """States of all procedures of the cases, by service: what the rows wait for."""
    found: dict[UUID, dict[str, State]] = {}
    for case, service, state in Procedure.objects.filter(case__in=set(cases)).values_list("case", "service", "state"):
        found.setdefault(case, {})[service] = State(state)
    return found


def _row(procedure: Procedure, states: dict[str, State], now: datetime) -> InboxRow:
    case = procedure.case
    published = by_snapshot(case.snapshot)
    names = {service.key: service.name for service in published.event.services}
    told = case.correction.due if hasattr(case, "correction") else None
    days = timed(procedure, states, names, told)
    clock = clock_of(days, setting_of(case, published, now))
    runs = clock.status not in ("waiting", "done")
    return InboxRow(
        procedure=procedure.pk,
        number=procedure.number,
        service_name=names.get(procedure.service, Text(procedure.service)),
        title=case.title,
        applicant=applicant_name(case, masked=True),
        state=days.standing.state,
        state_words=state_words(days.standing),
        received_at=procedure.received_at,
        due=clock.due,
        clock=clock.status,
        left=clock.left if runs else None,
        on_promise=procedure.on_promise,
        holder=procedure.holder,
        holder_name=procedure.holder_name,
        waits=bool(days.waits),
        timer=clock,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows behind the officer's page."""

    case: Case
    own: Procedure
    procedures: list[Procedure]
    published: Published
    service: Service
    notice: CorrectionNotice | None


def work(procedure: UUID, *, by: Actor, now: datetime) -> WorkView:
    """A procedure of the own agency with the facts and evidence that it needs, and no more. The look is recorded.

    Raises NotFound for another agency's, OnlyOfficers. A constant number of queries.
    """
    found = _find(procedure, by)
    case, own, event = found.case, found.own, found.published.event
    record_look(by=by, subject=case.person_id, case=case.pk, what=own.number, purpose=_("审查申请材料"), now=now)
    names = {service.key: service.name for service in event.services}
    states = {one.service: State(one.state) for one in found.procedures}
    licences = licences_of(case.pk, now=now)
    days = timed(own, states, names, found.notice.due if found.notice else None)
    mine = [one for one in licences if one.procedure == own.pk]
    licence = next((one for one in mine if one.revocation is None), mine[0] if mine else None)  # twins: one by one
    setting = setting_of(case, found.published, now)
    shown = view(case, own, days, setting, licence.id if licence else None)
    items = EvidenceItem.objects.filter(case=case, services__contains=own.service).select_related("document")
    evidence = list(items.order_by("pk"))
    lost = lost_of(evidence, licences, now)
    waiting, failed = missing_outputs(days.standing, [standing_of(one) for one in found.procedures])
    present = _present(found, now)
    deaths = deaths_of(case.pk) if present and present.deaths else ()
    can = possible(
        days.standing,
        found.service,
        told=found.notice is not None,
        waiting=tuple(names[key] for key in waiting),
        failed=tuple(names[key] for key in failed),
        lost=tuple(licence_name(event, key) for key in lost),
        absent=_absent(present, own.service),
        dead=_dead(present, deaths, own.service),
        revocable=licence is not None and licence.revocation is None,
        today=setting.today,
    )
    papers = evidence_views(event, evidence, found.procedures, lost)
    return _work_view(found, shown, can, papers, _mortals(present, deaths))


def _find(procedure: UUID, by: Actor) -> _Found:
    if by.role is not Role.OFFICER or not by.agency:
        raise OnlyOfficers()
    rows = Procedure.objects.select_related("case__person", "case__organisation")
    own = rows.filter(pk=procedure).first()
    if own is None or own.agency != by.agency:
        raise NotFound("procedure", case=own.case_id if own else None, subject=own.case.person_id if own else None)
    published = by_snapshot(own.case.snapshot)
    service = next(service for service in published.graph.event.services if service.key == own.service)
    procedures = list(Procedure.objects.filter(case=own.case).select_related("decision").order_by("number"))
    mine = next(one for one in procedures if one.pk == own.pk)
    notice = CorrectionNotice.objects.filter(pk=own.case_id).first()
    return _Found(own.case, mine, procedures, published, service, notice)


def _present(found: _Found, now: datetime) -> Present | None:
    """Who has to come, sign or pay; None where nobody ever has."""
    case = found.case
    return present_at(case.pk, now) if case.walk_in or not surely_away(case.snapshot, found.own.service) else None


def _absent(present: Present | None, service: str) -> tuple[Text, ...]:
    """Steps in person for which the decision still waits."""
    return tuple(dict.fromkeys(act.step.name for act in present.still_to_come(service))) if present else ()


def _dead(present: Present | None, deaths: Sequence[Death], service: str) -> tuple[Text, ...]:
    """Who has died of those without whom it cannot be decided, in sentences."""
    if present is None:
        return ()
    own = applicant(present.event, present.facts)
    return tuple(reasons(present.event, one) for one in concerned(deaths, present.day.course, service, own))


def _mortals(present: Present | None, deaths: Sequence[Death]) -> tuple[Mortal, ...]:
    """Those whose death would end an application that they make together."""
    if present is None or not may_end(present.event):
        return ()
    died = {one.party: one.died_on for one in deaths}
    return tuple(
        Mortal(one.party, party_name(present.event, one.party), one.for_him or one.name, died.get(one.party))
        for one in named(present.event, present.facts)
    )


def _work_view(
    found: _Found,
    shown: ProcedureView,
    can: Possible,
    evidence: tuple[EvidenceView, ...],
    mortals: tuple[Mortal, ...],
) -> WorkView:
    case, event, own = found.case, found.published.event, found.own
    names = {service.key: service.name for service in event.services}
    return WorkView(
        procedure=shown,
        event=event,
        applicant=applicant_name(case),
        facts=fact_views(case, event, found.service.facts),
        evidence=evidence,
        missing=_missing(found),
        history=history(case, found.published, found.procedures, procedure=own.number),
        siblings=tuple(
            (names.get(one.service, Text(one.service)), state_words(standing_of(one)))
            for one in found.procedures
            if one.pk != own.pk
        ),
        can=can.acts if mortals else tuple(act for act in can.acts if act != "end"),
        mortals=mortals,
        cannot_why=can.why_not,
        refusal=refusal_words(found.service.regime),
        review=review_of(event, own.agency),
        remedy=remedy_of(event, found.service.regime, own.agency).value,
        grounds=can.grounds,
        conditions=found.service.conditions,
    )


def event_short(found: _Found) -> Text:
    """The agency's short name."""
    agencies = {agency.key: agency.short for agency in found.published.event.agencies}
    return agencies.get(found.own.agency, Text(found.own.agency))


def _missing(found: _Found) -> tuple[MissingView, ...]:
    """What its agency said is missing; none once that is void because nobody told the applicant in time."""
    own, agency = found.own, event_short(found)
    if found.notice is None and not standing_of(own).lacks:
        return ()
    return tuple(
        MissingView(
            item.pk,
            own.pk,
            agency,
            item.thing if item.evidence else "",
            item.fact,
            item.what,
            item.supplied_at is not None,
        )
        for item in CorrectionItem.objects.filter(procedure=own).order_by("pk")
    )
