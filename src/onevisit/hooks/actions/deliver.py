"""Send what waits in the outbox. An address that fails rests, with all its messages, longer each time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from onevisit.hooks.actions.endpoints import end
from onevisit.hooks.models import Endpoint, Message
from onevisit.hooks.rules import wait_after
from onevisit.hooks.sending import Outcome, send

BATCH = 8  # at once, so that one slow address holds up the worker's other tasks by no more than its time
LEASE = timedelta(seconds=60)
RESTS_AT_MOST = timedelta(minutes=10)  # an address; then it is tried with whatever waits for it


def deliver(now: datetime) -> int:
    """Try the messages that wait, at most BATCH; how many. A worker that dies leaves them to the next after LEASE."""
    claimed = _claim(now)
    if not claimed:
        return 0
    with ThreadPoolExecutor(len(claimed)) as pool:
        outcomes = list(pool.map(lambda row: _send(row, now), claimed))
    for row, outcome in zip(claimed, outcomes, strict=True):
        _note(row, outcome, now)
    return len(claimed)


@transaction.atomic
def _claim(now: datetime) -> list[Message]:
    waiting = Message.objects.filter(next_try_at__lte=now, endpoint__rests_until__lte=now, endpoint__removed_at=None)
    rows = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("endpoint")
    found = list(rows.order_by("next_try_at", "pk")[:BATCH])
    Message.objects.filter(pk__in=[row.pk for row in found]).update(next_try_at=now + LEASE, attempts=F("attempts") + 1)
    return found


def _send(row: Message, now: datetime) -> Outcome:
    of = row.endpoint
    return send(of.url, of.secret, f"msg_{row.pk.hex}", row.body, now=now, local=settings.HOOKS_LOCAL)


@transaction.atomic
def _note(row: Message, outcome: Outcome, now: datetime) -> None:
    of = Endpoint.objects.select_for_update().get(pk=row.endpoint_id)
    mine = Message.objects.filter(pk=row.pk)
    if outcome.delivered:
        mine.update(next_try_at=None, delivered_at=now, said=outcome.said)
        Endpoint.objects.filter(pk=of.pk).update(failures=0, rests_until=now)
    elif outcome.gone:
        mine.update(next_try_at=None, said=outcome.said)
        end(of, now)
    else:
        wait = wait_after(row.attempts + 1)
        mine.update(next_try_at=now + wait if wait else None, said=outcome.said)
        failures = of.failures + (of.failures == row.endpoint.failures)  # as claimed: a batch that fails counts once
        rest = wait_after(max(failures, 1))
        until = now + min(rest, RESTS_AT_MOST) if rest else now + RESTS_AT_MOST
        Endpoint.objects.filter(pk=of.pk).update(failures=failures, rests_until=until)
