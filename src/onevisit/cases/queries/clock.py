"""Procedures with their clocks, recomputed from their rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from onevisit.cases.errors import NotFound
from onevisit.cases.models import Case, Procedure
from onevisit.cases.rules.answers import typed
from onevisit.cases.rules.clock import Timed, clock_of
from onevisit.cases.rules.procedure import STANDING, Setting, Standing, standing
from onevisit.cases.rules.telling import next_action, state_words
from onevisit.cases.values import Clock, ProcedureView
from onevisit.catalogue.queries import Published, by_snapshot, calendar
from onevisit.core.law.procedure import SUCCEEDED, State
from onevisit.core.text import Text


def setting_of(row: Case, published: Published, now: datetime) -> Setting:
    """What rules need to know beside the rows."""
    return Setting.of(published.graph.event, typed(row.facts, published.graph.specs), calendar(), now)


def standing_of(procedure: Procedure) -> Standing:
    """The row, frozen."""
    return standing({name: getattr(procedure, name) for name in STANDING})


def timed(
    procedure: Procedure, states: Mapping[str, State], names: Mapping[str, Text], correction_due: date | None
) -> Timed:
    """The row with what it still waits for; `states`: of the case's procedures by service."""
    of = standing_of(procedure)
    awaited = of.ordered_after if of.state is State.WAITING else of.needs if of.state.open else ()
    waits = tuple(names.get(key, Text(key)) for key in awaited if key in states and states[key] not in SUCCEEDED)
    return Timed(
        of,
        procedure.accepted_at,
        procedure.decided_at,
        procedure.due,
        procedure.statutory_due,
        waits,
        correction_due,
    )


def procedure_views(
    row: Case,
    published: Published,
    procedures: Sequence[Procedure],
    licences: Mapping[UUID, UUID],
    *,
    now: datetime,
) -> tuple[ProcedureView, ...]:
    """The procedures of a case (with their decisions) for reading; `licences`: by procedure. At most one query."""
    setting = setting_of(row, published, now)
    states = {procedure.service: State(procedure.state) for procedure in procedures}
    names = {service.key: service.name for service in published.event.services}
    lacks = any(standing_of(procedure).lacks for procedure in procedures)
    due = row.correction.due if lacks and hasattr(row, "correction") else None
    return tuple(
        view(row, procedure, timed(procedure, states, names, due), setting, licences.get(procedure.pk))
        for procedure in procedures
    )


def view(row: Case, procedure: Procedure, days: Timed, setting: Setting, licence: UUID | None) -> ProcedureView:
    """One procedure for reading."""
    agencies = {agency.key: agency.name for agency in setting.event.agencies}
    agency = agencies.get(procedure.agency, Text(procedure.agency))
    decision = procedure.decision if hasattr(procedure, "decision") else None
    return ProcedureView(
        id=procedure.pk,
        number=procedure.number,
        title=row.title,
        service=procedure.service,
        name=setting.services[procedure.service].name,
        agency=procedure.agency,
        agency_name=agency,
        state=days.standing.state,
        state_words=state_words(days.standing),
        on_promise=procedure.on_promise,
        waits_for=days.waits,
        holder=procedure.holder,
        holder_name=procedure.holder_name,
        received_at=procedure.received_at,
        accepted_at=procedure.accepted_at,
        decided_at=procedure.decided_at,
        clock=clock_of(days, setting),
        outcome=decision.outcome if decision else "",
        reasons=decision.reasons if decision else "",
        licence=licence,
        next_action=next_action(days, agency, setting),
    )


def clock(procedure: UUID, *, now: datetime) -> Clock:
    """The clock of a procedure. Its caller has made sure that it may be seen. Raises NotFound."""
    found = Procedure.objects.select_related("case").filter(pk=procedure).first()
    if found is None:
        raise NotFound("procedure")
    siblings = Procedure.objects.filter(case=found.case).select_related("decision").order_by("number")
    views = procedure_views(found.case, by_snapshot(found.case.snapshot), list(siblings), {}, now=now)
    return next(one.clock for one in views if one.id == procedure)
