"""A reform officer has a change replayed, or stops that."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from onevisit.cases.queries import submitted_cases
from onevisit.insight.actions.advancing import give_up_lost
from onevisit.insight.errors import NoCases, OnlyReformOffice, ReplayOver, StillRunning, TooManyCases
from onevisit.insight.models import Replay
from onevisit.insight.queries.replays import change_of
from onevisit.insight.replaying.changes import Change
from onevisit.insight.rules.asking import MOST, Asked, asked
from onevisit.people.actor import Actor, Role

OPEN = ("waiting", "running")


def start_replay(change: Change, typed: Mapping[str, str], *, by: Actor, now: datetime) -> UUID:
    """Ask for a run, which the worker takes up; its id.

    Raises OnlyReformOffice, StillRunning, what is wrong with what was typed, NoCases, TooManyCases, and what
    `change_of` raises.
    """
    if by.role is not Role.REFORM:
        raise OnlyReformOffice()
    found = change_of(change)
    what = asked(typed, unreformed=change.unreformed)
    give_up_lost(now)
    row = Replay(
        region=settings.REGION,
        event=change.event,
        unreformed=change.unreformed,
        draft=change.draft,
        levers=[one.key for one in found.levers],
        lever_names=[[one.name.zh, one.name.en] for one in found.levers],
        before=found.sides.snapshots[0],
        after=found.sides.snapshots[1],
        source=what.source,
        first=what.first,
        last=what.last,
        total=_total(change.event, what),
        account=by.account,
        name=by.name,
        asked_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise StillRunning() from error
    return row.pk


def _total(event: str, what: Asked) -> int:
    if what.first is None or what.last is None:
        return what.count
    count = submitted_cases(event, settings.REGION, what.first, what.last)
    if not count:
        raise NoCases()
    if count > MOST:
        raise TooManyCases(count=f"{count:,}", most=f"{MOST:,}")
    return count


def stop_replay(replay: UUID, *, by: Actor, now: datetime) -> None:
    """End one's own run; what was computed goes. Raises ReplayOver."""
    own = Replay.objects.filter(pk=replay, account=by.account, state__in=OPEN)
    if not own.update(state="stopped", ended_at=now):
        raise ReplayOver()
