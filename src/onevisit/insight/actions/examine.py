"""Examine the catalogue in force and bring the work list up to date: what is new, what is gone, what came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from onevisit.catalogue import queries
from onevisit.catalogue.examining.examine import examine as remarks_of
from onevisit.catalogue.load import BadContent, Content, read_content
from onevisit.catalogue.queries import Published
from onevisit.core.text import Text
from onevisit.insight.errors import OnlyReformOffice
from onevisit.insight.models import Examination, Finding, FindingAct
from onevisit.insight.rules.subjects import Named, named
from onevisit.insight.states import State
from onevisit.people.actor import SYSTEM, Actor, Role

Key = tuple[str, str, str]  # event, rule, subject


@dataclass(frozen=True, slots=True)
class _Found:
    """A remark of the version in force, and where it stands in content/ if that is the same version."""

    snapshot: str
    named: Named
    file: str
    line: int


def examine_if_new(region: str, *, now: datetime) -> int:
    """Examine if other versions are in force than at the last examination; how many findings there are then."""
    in_force = _snapshots(queries.events(region))
    if not in_force or Examination.objects.filter(region=region, snapshots=in_force).exists():
        return 0
    return examine(region, by=SYSTEM, now=now)


@transaction.atomic
def examine(region: str, *, by: Actor, now: datetime) -> int:
    """Examine every event in force; how many findings there are. Raises OnlyReformOffice."""
    if by.role not in (Role.REFORM, Role.SYSTEM):
        raise OnlyReformOffice()
    Examination.objects.get_or_create(region=region)
    last = Examination.objects.select_for_update().get(region=region)  # two at once would each miss the other's
    events = queries.events(region)
    found = dict(_found(events))
    known = {(one.event, one.rule, one.subject): one for one in Finding.objects.filter(region=region)}
    acts: list[FindingAct] = []
    for key, one in found.items():
        row = known.get(key) or Finding(region=region, event=key[0], rule=key[1], subject=key[2], found_at=now)
        kind = _brought_up_to_date(row, one, new=key not in known)
        row.save()
        acts += [_act(row, kind, one.snapshot, by, now)] if kind else []
    in_force = _snapshots(events)
    for key, row in known.items():
        if key not in found and row.gone_at is None:
            row.gone_at = now
            row.save()
            acts.append(_act(row, "gone", in_force.get(row.event, ""), by, now))
    FindingAct.objects.bulk_create(acts)
    last.snapshots, last.at, last.name = in_force, now, by.name
    last.save()
    return len(found)


def _brought_up_to_date(row: Finding, one: _Found, *, new: bool) -> str:
    """Put what was found into the row; what that means for the work on it: found, back, reopened, or nothing."""
    remark = one.named.remark
    row.severity, row.file, row.line = remark.severity.value, one.file, one.line
    row.place = _pair(one.named.place)
    row.problem, row.suggestion = _pair(remark.problem), _pair(remark.suggestion)
    if new:
        row.owner = one.named.owner
        return "found"
    if row.gone_at is not None:
        row.gone_at, row.state, row.due, row.reason = None, State.OPEN.value, None, ""
        return "back"
    if row.state == State.DONE.value and row.decided_under != one.snapshot:  # said to be mended, and is not
        row.state, row.due, row.reason = State.OPEN.value, None, ""
        return "reopened"
    return ""


def _act(row: Finding, kind: str, snapshot: str, by: Actor, now: datetime) -> FindingAct:
    account = None if by.role is Role.SYSTEM else by.account
    return FindingAct(finding=row, kind=kind, at=now, account=account, name=by.name, body={"snapshot": snapshot})


def _found(events: list[Published]) -> Iterator[tuple[Key, _Found]]:
    content = _content()
    for published in events:
        event = published.event
        same = content is not None and content.snapshots.get(event.key) == published.snapshot
        for one in named(event, remarks_of(event)):
            file, line = content.resolved[event.key].place(one.remark.path) if content and same else ("", 0)
            yield (event.key, one.remark.code, one.subject), _Found(published.snapshot, one, file, line)


def _content() -> Content | None:
    """What lies in content/, for files and lines; none where it cannot be read."""
    try:
        return read_content(Path(settings.CONTENT))
    except BadContent:
        return None


def _pair(text: Text) -> list[str]:
    return [text.zh, text.en]


def _snapshots(events: list[Published]) -> dict[str, str]:
    return {one.event.key: one.snapshot for one in events}
