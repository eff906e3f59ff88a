"""Publish content: the operator puts each life event in force at once, through the gate, without public comment.

What the reform office has put in force, withdrawn or is working at, the operator's publishing leaves alone: new content
of such an event becomes a draft for the office.
"""

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from onevisit.catalogue.actions.drafting import draft_version, prove_version
from onevisit.catalogue.actions.listing import enter_list, put_at_once
from onevisit.catalogue.actions.recording import locked
from onevisit.catalogue.errors import NoProof
from onevisit.catalogue.examining.remark import Severity
from onevisit.catalogue.load import Content, read_content
from onevisit.catalogue.models import CalendarYear, CatalogueVersion, VersionAct
from onevisit.catalogue.proof import worst_of
from onevisit.catalogue.queries.in_force import forget
from onevisit.catalogue.rules.gate import ONE_VISIT, Command, State
from onevisit.core.china import day_of
from onevisit.people.actor import Actor, Role


@transaction.atomic
def publish_content(folder: Path, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Put every event of the folder whose document is not the latest in force; returns the slugs that were.

    Raises BadContent, NoProof (an event cannot be proved), NoListEntry (it needs more than one visit, and
    lists.yaml does not say why); then nothing is published.
    """
    content = read_content(folder)
    _publish_calendar(content)
    published = []
    for slug, event in content.events.items():
        versions = CatalogueVersion.objects.filter(region=event.region, event=slug, state=State.PUBLISHED)
        latest = versions.order_by("-in_force_from", "-published_at").first()
        snapshot = content.snapshots[slug]
        if latest is not None and latest.snapshot == snapshot:
            continue
        known = CatalogueVersion.objects.filter(snapshot=snapshot).exists()
        if _is_the_offices(event.region, slug, snapshot):
            if not known:
                draft_version(content.documents[slug], by=by, now=now)
            continue
        _put(draft_version(content.documents[slug], by=by, now=now), content, slug, by, now)
        published.append(slug)
    transaction.on_commit(forget)
    return tuple(published)


@transaction.atomic
def draft_content(folder: Path, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Lay down every event of the folder that is not here yet as a draft for the office; returns their slugs.

    Raises BadContent.
    """
    content = read_content(folder)
    here = set(
        CatalogueVersion.objects.filter(snapshot__in=content.snapshots.values())
        .exclude(state=State.WITHDRAWN)
        .values_list("snapshot", flat=True)
    )
    new = [slug for slug, snapshot in content.snapshots.items() if snapshot not in here]
    for slug in new:
        draft_version(content.documents[slug], by=by, now=now)
    return tuple(new)


def _put(version: UUID, content: Content, slug: str, by: Actor, now: datetime) -> None:
    """A version through the gate by the operator's way."""
    event = content.events[slug]
    row = locked(version)
    if row.state in (State.DRAFT, State.PROVED):
        findings = prove_version(version, by=by, now=now)
        errors = [one for one in findings if one.severity is Severity.ERROR]
        if errors:
            raise NoProof(event=event.name, why=errors[0].problem)
        row = locked(version)
        if slug in content.entries and worst_of(row.proof or {}) > ONE_VISIT:
            enter_list(version, content.entries[slug], by=by, now=now)
    put_at_once(row, event.in_force_from or day_of(now), by=by, now=now)


def _is_the_offices(region: str, slug: str, snapshot: str) -> bool:
    """Whether the reform office has decided about the event, or is working at this very version."""
    acts = VersionAct.objects.filter(version__region=region, version__event=slug, role=Role.REFORM)
    decided = Q(kind=Command.PUT_IN_FORCE) | Q(kind=Command.WITHDRAW, body__published=True)
    return acts.filter(decided | Q(version__snapshot=snapshot)).exists()


def _publish_calendar(content: Content) -> None:
    years: dict[int, tuple[list[date], list[date]]] = defaultdict(lambda: ([], []))
    for day in content.calendar.holidays:
        years[day.year][0].append(day)
    for day in content.calendar.workdays:
        years[day.year][1].append(day)
    for year, (holidays, workdays) in years.items():
        CalendarYear.objects.update_or_create(
            year=year,
            defaults={"holidays": [str(d) for d in sorted(holidays)], "workdays": [str(d) for d in sorted(workdays)]},
        )
