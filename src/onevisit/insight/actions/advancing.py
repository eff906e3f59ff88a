"""The worker's part of a replay: take one up, and compute a little of it at a time, so that nothing else waits for it.

What is computed lies in this process until it is whole. If the process ends, the run does: whoever looks is told.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from onevisit.cases.queries import past_cases
from onevisit.core.errors import Refusal
from onevisit.core.replay.outcome import Outcome, outcome_to_json
from onevisit.core.replay.pairs import pair_of
from onevisit.core.replay.tally import Tally
from onevisit.core.text import gettext_noop as _
from onevisit.insight.errors import CatalogueMoved
from onevisit.insight.models import Replay
from onevisit.insight.queries.replays import change_of
from onevisit.insight.replaying.changes import Change
from onevisit.insight.replaying.work import Draw, Past, Proofs, Prove, Sides, Task, Worker, outcome_of
from onevisit.insight.rules.asking import LOST
from onevisit.people.actions import record_look
from onevisit.people.actor import Actor, Role
from onevisit.people.refused import said

log = logging.getLogger(__name__)
ME = uuid4()  # this process
SLICE = 0.5  # seconds of computing before the worker's other tasks have their turn
CHUNK = 25  # applicants in one piece
_PURPOSE = _("比较目录草稿，只看汇总")
_ANSWERS = _("办件里决定怎么办的回答，不带姓名")


@dataclass
class _Run:
    """A run that this process computes."""

    row: Replay
    sides: Sides
    tasks: Iterator[Task]
    worker: Worker
    tally: Tally = field(default_factory=Tally)
    proofs: Proofs | None = None

    @property
    def done(self) -> int:
        return self.tally.applicants + self.tally.too_open


_runs: dict[UUID, _Run] = {}  # of this process: one at most


def advance(now: datetime) -> int:
    """Compute a slice of the run at hand, or take up the next one; 0 if there is none."""
    give_up_lost(now)
    run = next(iter(_runs.values()), None)
    row = run.row if run else _taken(now)
    if row is None:
        return 0
    try:
        run = run or _begun(row, now)
        finished = _slice(run)
        if finished:
            _finish(run, now)
        elif not _mine(row).update(done=run.done, beat_at=now):  # stopped, or given up as lost
            _runs.clear()
    except Refusal as refused:
        _fail(row, now, refused)
    except Exception:
        _fail(row, now, None)
        log.exception("replay %s broke off", row.pk)
    return 1


def give_up_lost(now: datetime) -> None:
    """Runs of whose worker nothing was heard for too long have failed."""
    lost = Replay.objects.filter(state="running", beat_at__lt=now - LOST)
    lost.exclude(pk__in=list(_runs)).update(state="failed", ended_at=now)


def _taken(now: datetime) -> Replay | None:
    """The run that waits longest, now this process's."""
    with transaction.atomic():
        row = Replay.objects.select_for_update(skip_locked=True).filter(state="waiting").order_by("asked_at").first()
        if row is not None:
            row.state, row.worker, row.beat_at = "running", ME, now
            row.save(update_fields=["state", "worker", "beat_at"])
    return row


def _begun(row: Replay, now: datetime) -> _Run:
    """Carry out the change, and record the look before the first case is read. Raises CatalogueMoved."""
    sides = change_of(Change(row.event, row.unreformed, tuple(row.levers), row.draft)).sides
    if sides.snapshots != (row.before, row.after):
        raise CatalogueMoved()
    if row.source == "past":
        what = f"{row.first}..{row.last}: {row.event} {row.total}"
        record_look(by=_starter(row), subject=None, case=None, what=what, purpose=_PURPOSE, now=now)
    # by its slug in either case: the picture before reforms has a key of its own
    tasks = _cases(row, sides) if row.source == "past" else _draws(row)
    run = _runs[row.pk] = _Run(row, sides, tasks, Worker({row.event: sides}))
    return run


def _draws(row: Replay) -> Iterator[Task]:
    yield Prove(row.event)
    for first in range(0, row.total, CHUNK):
        yield Draw(row.event, first, min(CHUNK, row.total - first), row.seed)


def _cases(row: Replay, sides: Sides) -> Iterator[Task]:
    yield Prove(row.event)
    assert row.first is not None and row.last is not None
    facts = {domain.key for domain in pair_of(sides.before, sides.after).domains}
    at = 0
    for page in past_cases(row.event, row.region, row.first, row.last, facts=facts):
        for begin in range(0, len(page), CHUNK):
            piece = page[begin : begin + CHUNK]
            yield Past(row.event, at, piece)
            at += len(piece)


def _slice(run: _Run) -> bool:
    """Do tasks until the time is up; whether all are done."""
    until = time.monotonic() + SLICE
    for task in run.tasks:
        result = run.worker.do(task)
        if isinstance(result, Tally):
            run.tally.merge(result)
        else:
            run.proofs = result
        if time.monotonic() >= until:
            return False
    return True


def _mine(row: Replay) -> QuerySet[Replay]:
    return Replay.objects.filter(pk=row.pk, state="running", worker=ME)


@transaction.atomic
def _finish(run: _Run, now: datetime) -> None:
    """Keep what came out, and record whose answers are shown as an example."""
    _runs.clear()
    assert run.proofs is not None  # the first task
    outcome = outcome_of(run.sides, run.tally, run.proofs)
    result = {lang: outcome_to_json(outcome, lang) | {"names": _names(outcome, lang)} for lang in ("zh", "en")}
    if not _mine(run.row).update(state="done", done=run.done, beat_at=now, ended_at=now, result=result):
        return
    shown = {e.case: e.person for examples in run.tally.examples.values() for e in examples if e.case and e.person}
    for case, person in shown.items():
        record_look(by=_starter(run.row), subject=person, case=case, what=_ANSWERS, purpose=_PURPOSE, now=now)


def _names(outcome: Outcome, lang: str) -> dict[str, dict[str, str]]:
    """What the services and facts that the result names are called."""
    services = {key: name.of(lang) for key, name in outcome.services.items()}
    return {"services": services, "facts": {key: outcome.label(key).of(lang) for key in outcome.tally.missing}}


def _fail(row: Replay, now: datetime, refused: Refusal | None) -> None:
    _runs.clear()
    words = None
    if refused is not None:
        words = []
        for lang in ("zh-hans", "en"):
            with override(lang):
                words.append(said(refused))
    _mine(row).update(state="failed", failure=words, ended_at=now)


def _starter(row: Replay) -> Actor:
    return Actor(row.account, None, None, row.name, Role.REFORM)
