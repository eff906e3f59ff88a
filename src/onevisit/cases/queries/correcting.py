"""What is still to be supplied in a case, for whoever supplies it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from onevisit.cases.correcting_values import CorrectionView, WantedView
from onevisit.cases.models import Case, CorrectionItem, CorrectionNotice, Procedure
from onevisit.cases.queries.parties import may_supply
from onevisit.cases.queries.reaching import is_applicant
from onevisit.cases.rules.intake import paper_for
from onevisit.cases.rules.procedure import CHECKED_STATES
from onevisit.catalogue.queries import Published
from onevisit.core.law.procedure import Check, State
from onevisit.core.parties import MATTER, of_party
from onevisit.core.text import Text
from onevisit.people.actor import Actor


def lacks(procedure: Procedure) -> bool:
    """Whether something is missing for it that can still be supplied."""
    return State(procedure.state) in CHECKED_STATES and Check(procedure.completeness) is Check.MISSING


def is_provisional(procedure: Procedure) -> bool:
    """Whether it was accepted while something is still to come."""
    return State(procedure.state) is State.ACCEPTED and Check(procedure.completeness) is Check.PROVISIONAL


def correction_view(
    row: Case,
    published: Published,
    procedures: Sequence[Procedure],
    notice: CorrectionNotice | None,
    by: Actor,
    today: date,
) -> CorrectionView | None:
    """The one notice with its items and what the case was accepted without; None when nothing was told.

    Without those of procedures that have ended, and for who did not apply without those of others; the same in the
    same words is one thing, whoever asks. One query.
    """
    if notice is None and not any(is_provisional(one) for one in procedures):
        return None
    waiting = {one.pk for one in procedures if lacks(one)} if notice else set()
    provisional = {one.pk for one in procedures if is_provisional(one)}
    waits = notice is not None and notice.supplied_at is None and notice.due >= today
    found: dict[tuple[str, str, str, str], WantedView] = {}
    wanted = _Words(published, procedures)
    items_ = CorrectionItem.objects.filter(procedure__case=row).order_by("pk")
    for item in may_supply(row, items_, by):
        if item.supplied_at is None and item.procedure_id not in (provisional if item.due else waiting):
            continue
        if notice is None and item.due is None:
            continue
        stands = item.due >= today if item.due else waits
        view = wanted.view(item, open_=stands and item.supplied_at is None)
        same = (item.evidence, item.party, item.fact, item.what)
        found[same] = wanted.together(found[same], view) if same in found else view
    if not found and not (by.is_staff or is_applicant(row, by)):
        return None  # what is asked of others is not his
    items = tuple(found.values())
    days = [one.due for one in items if one.due and one.open] + ([notice.due] if notice and waits else [])
    return CorrectionView(
        issued_at=notice.issued_at if notice else row.submitted_at,
        due=min(days, default=notice.due if notice else max((one.due for one in items if one.due), default=today)),
        items=items,
        supplied_at=notice.supplied_at if notice else None,
        later=not any(one.open and one.due is None for one in items),
    )


class _Words:
    """What items are called, and who asks for them."""

    def __init__(self, published: Published, procedures: Iterable[Procedure]) -> None:
        self.event = event = published.event
        shorts: Mapping[str, Text] = {agency.key: agency.short for agency in event.agencies}
        services = {service.key: service for service in event.services}
        self.agencies = {one.pk: shorts.get(one.agency, Text(one.agency)) for one in procedures}
        self.services = {one.pk: services[one.service] for one in procedures}
        self.names = {kind.key: kind.name for kind in event.evidence_types}
        self.names |= {key: spec.label for key, spec in published.graph.specs.items()}

    def view(self, item: CorrectionItem, *, open_: bool) -> WantedView:
        """One item."""
        procedure: UUID = item.procedure_id
        return WantedView(
            id=item.pk,
            procedure=procedure,
            agency=self.agencies[procedure],
            evidence=item.thing if item.evidence else "",
            fact=item.fact,
            what=item.what,
            supplied=item.supplied_at is not None,
            name=self.name(item),
            open=open_,
            paper=paper_for(self.services[procedure], item.evidence),
            due=item.due,
        )

    def name(self, item: CorrectionItem) -> Text:
        """What it is called, with the party whose it is."""
        name = self.names.get(item.evidence or item.fact, Text(""))
        return of_party(self.event, item.party or MATTER, name) if item.evidence else name

    def together(self, one: WantedView, other: WantedView) -> WantedView:
        """Two that are one: of both agencies, the open one to be supplied."""
        first, second = (one, other) if one.open or not other.open else (other, one)
        if first.agency.zh in second.agency.zh:
            return first
        agency = Text(f"{first.agency.zh}、{second.agency.zh}", f"{first.agency.of('en')}, {second.agency.of('en')}")
        return replace(first, agency=agency, supplied=first.supplied and second.supplied)
