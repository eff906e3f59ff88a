"""What others read of the catalogue. Versions never change, so compiled ones are kept per process."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache

from django.utils import timezone

from onevisit.catalogue.build import build
from onevisit.catalogue.errors import NoSuchEvent, NoSuchVersion
from onevisit.catalogue.models import CalendarYear, CatalogueVersion
from onevisit.catalogue.proof import guide_of
from onevisit.catalogue.rules.gate import State
from onevisit.core.catalogue import Agency, LifeEvent, Place
from onevisit.core.china import day_of
from onevisit.core.law.worktime import Calendar
from onevisit.core.planning.graph import Graph, compile_event
from onevisit.core.planning.guide import GuideFigures
from onevisit.core.planning.model import Bounds
from onevisit.core.text import Text

SECONDS = 5.0  # how long a process goes on with what was in force when it last looked


@dataclass(frozen=True, slots=True)
class Published:
    """A version of a life event, compiled."""

    event: LifeEvent
    graph: Graph
    snapshot: str
    guide: GuideFigures
    published: date


@lru_cache(maxsize=256)
def by_snapshot(snapshot: str) -> Published:
    """The version that a case or plan names, also one that was withdrawn since; raises NoSuchVersion."""
    row = CatalogueVersion.objects.filter(snapshot=snapshot, published_at__isnull=False).first()
    if row is None or row.published_at is None or row.proof is None:
        raise NoSuchVersion(snapshot=snapshot)
    event: LifeEvent = build(LifeEvent, row.document)
    guide = guide_of(row.proof)
    bounds = Bounds(guide.online.worst, guide.walk_in.worst, guide.promised_days)
    return Published(event, compile_event(event, snapshot, bounds), snapshot, guide, day_of(row.published_at))


class _InForce:
    """Which snapshots are in force, looked up at most every few seconds; and the calendar."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Look again at the next question."""
        self.seen = float("-inf")
        self.snapshots: dict[tuple[str, str], str] = {}
        self.calendar = Calendar(frozenset(), frozenset(), last_year=0)

    def look(self) -> None:
        """Read what is in force, unless that was just done."""
        with self.lock:
            if time.monotonic() - self.seen < SECONDS:
                return
            rows = (
                CatalogueVersion.objects.filter(state=State.PUBLISHED, in_force_from__lte=timezone.localdate())
                .order_by("region", "event", "-in_force_from", "-published_at")
                .distinct("region", "event")
            )
            self.snapshots = {(row.region, row.event): row.snapshot for row in rows.only("region", "event", "snapshot")}
            years = list(CalendarYear.objects.all())
            self.calendar = Calendar(
                frozenset(date.fromisoformat(day) for year in years for day in year.holidays),
                frozenset(date.fromisoformat(day) for year in years for day in year.workdays),
                last_year=max((year.year for year in years), default=0),
            )
            self.seen = time.monotonic()


_in_force = _InForce()


def forget() -> None:
    """Look again at the database at the next question (after publishing in this process; between tests)."""
    _in_force.forget()


def current(slug: str, region: str) -> Published:
    """The version in force of a life event; raises NoSuchEvent."""
    _in_force.look()
    snapshot = _in_force.snapshots.get((region, slug))
    if snapshot is None:
        raise NoSuchEvent
    return by_snapshot(snapshot)


def in_force(region: str) -> dict[str, str]:
    """The snapshot in force of each life event of a region, by slug."""
    _in_force.look()
    return {slug: snapshot for (where, slug), snapshot in _in_force.snapshots.items() if where == region}


def events(region: str) -> list[Published]:
    """All life events in force in a region."""
    _in_force.look()
    return [by_snapshot(s) for (where, _), s in sorted(_in_force.snapshots.items()) if where == region]


def calendar() -> Calendar:
    """The working-day calendar."""
    _in_force.look()
    return _in_force.calendar


def agency(key: str, region: str) -> Agency | None:
    """An agency of the region by its key, if any event in force has it."""
    return next((one for published in events(region) for one in published.event.agencies if one.key == key), None)


def place(key: str, region: str) -> Place | None:
    """A hall of the region by its key."""
    return next((one for published in events(region) for one in published.event.places if one.key == key), None)


def words_of(zh: str) -> Text:
    """The content's words that a row keeps in Chinese (an agency, a title, a label), with their English if it has any.

    Looked for in the events in force; words of nobody stay as they are.
    """
    _in_force.look()
    for snapshot in dict.fromkeys(_in_force.snapshots.values()):
        if zh in (known := _words(snapshot)):
            return known[zh]
    return Text(zh)


@lru_cache(maxsize=256)
def _words(snapshot: str) -> dict[str, Text]:
    return {text.zh: text for text in _texts(by_snapshot(snapshot).event) if text.en}


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
