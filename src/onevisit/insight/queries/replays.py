"""What others read of replays."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from onevisit.catalogue import queries as catalogue
from onevisit.catalogue.errors import NoSuchDraft, NoSuchEvent
from onevisit.core.text import Text
from onevisit.insight.errors import NoSuchReplay, SameVersion
from onevisit.insight.models import Replay
from onevisit.insight.replaying.changes import Change, Changed, changed
from onevisit.insight.replaying.work import Sides
from onevisit.insight.rules.asking import LOST
from onevisit.insight.values import ReplayView
from onevisit.people.actor import Actor

LATEST = 30  # runs on the list


def change_of(change: Change) -> Changed:
    """A change carried out on the version in force.

    Raises NoSuchEvent, NoSuchDraft, SameVersion, and what `changed` does.
    """
    published = catalogue.current(change.event, settings.REGION)
    if change.draft is not None:
        draft = catalogue.version(change.draft, timezone.localdate(), settings.REGION)
        if draft.row.event != change.event:
            raise NoSuchDraft
        if draft.row.snapshot == published.snapshot:
            raise SameVersion()
        snapshots = (published.snapshot, draft.row.snapshot)
        return Changed(Sides(published.event, draft.life_event, snapshots))
    return changed(Path(settings.CONTENT), change, published.snapshot)


def replays(region: str, now: datetime, *, by: Actor) -> list[ReplayView]:
    """The latest runs, of everybody in the office."""
    rows = Replay.objects.filter(region=region).defer("result").order_by("-asked_at")[:LATEST]
    return [_view(row, now, by, None) for row in rows]


def replay(wanted: UUID, region: str, now: datetime, *, by: Actor, lang: str) -> ReplayView:
    """One run with its result in the language. Raises NoSuchReplay.

    Examples of past cases are shown to him alone in whose name they were looked at.
    """
    row = Replay.objects.filter(pk=wanted, region=region).first()
    if row is None:
        raise NoSuchReplay()
    result = dict(row.result[lang]) if row.result else None
    if result is not None and row.source == "past" and row.account != by.account:
        result["examples"] = {}
    return _view(row, now, by, result)


def _view(row: Replay, now: datetime, by: Actor, result: dict[str, object] | None) -> ReplayView:
    silent = row.beat_at if row.state == "running" else row.asked_at
    late = row.state in ("waiting", "running") and silent is not None and silent < now - LOST
    return ReplayView(
        id=row.pk,
        event=row.event,
        event_name=_name(row),
        unreformed=row.unreformed,
        draft=row.draft,
        levers=tuple(Text(*words) for words in row.lever_names),
        before=row.before,
        after=row.after,
        past=row.source == "past",
        first=row.first,
        last=row.last,
        total=row.total,
        done=row.done,
        state="failed" if late and row.state == "running" else row.state,
        late=late,
        failure=Text(*row.failure) if row.failure else None,
        name=row.name,
        own=row.account == by.account,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        result=result,
    )


def _name(row: Replay) -> Text:
    try:
        return catalogue.current(row.event, row.region).event.name
    except NoSuchEvent:
        return Text(row.event)
