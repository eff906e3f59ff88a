"""Publish content: each life event becomes a version in force, with the full enumeration as its proof."""

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from onevisit.catalogue.errors import NoProof
from onevisit.catalogue.load import Content, read_content
from onevisit.catalogue.models import CalendarYear, CatalogueVersion
from onevisit.catalogue.proof import proof_of
from onevisit.catalogue.queries import forget
from onevisit.core.catalogue import LifeEvent
from onevisit.core.errors import Refusal
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.guide import GuideFigures, enumerate_guide
from onevisit.people.actor import Actor


@transaction.atomic
def publish_content(folder: Path, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Publish every event of the folder whose document is not the latest; returns the slugs that were published.

    Raises BadContent (nothing is published), NoProof (an event cannot be enumerated).
    """
    content = read_content(folder)
    _publish_calendar(content)
    published = []
    for slug, event in content.events.items():
        versions = CatalogueVersion.objects.filter(region=event.region, event=slug)
        latest = versions.order_by("-in_force_from", "-published_at").first()
        snapshot = content.snapshots[slug]
        if latest is not None and latest.snapshot == snapshot:
            continue
        if not versions.filter(snapshot=snapshot).update(published_at=now):  # an earlier version comes back in force
            CatalogueVersion.objects.create(
                region=event.region,
                event=slug,
                snapshot=snapshot,
                document=content.documents[slug],
                proof=proof_of(_enumerated(event, snapshot)) | {"published_by": by.name},
                in_force_from=event.in_force_from or now.date(),
                published_at=now,
            )
        published.append(slug)
    transaction.on_commit(forget)
    return tuple(published)


_enumerations: dict[str, GuideFigures] = {}  # by snapshot, which names all that was enumerated; this process's own


def _enumerated(event: LifeEvent, snapshot: str) -> GuideFigures:
    if snapshot not in _enumerations:
        try:
            _enumerations[snapshot] = enumerate_guide(compile_event(event, snapshot))
        except Refusal as problem:
            raise NoProof(event=event.name, why=str(problem)) from problem
    return _enumerations[snapshot]


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
