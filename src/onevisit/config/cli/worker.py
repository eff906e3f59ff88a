"""`onevisit worker`: does what waits as rows (docs/decisions/worker.md), until it is told to end."""

import argparse
import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType

from django.db import DatabaseError, close_old_connections

from onevisit.cases import tasks as cases
from onevisit.hooks import tasks as hooks
from onevisit.insight import tasks as insight
from onevisit.licences import tasks as licences
from onevisit.machines import tasks as machines
from onevisit.notices import tasks as notices
from onevisit.payments import tasks as payments

log = logging.getLogger(__name__)
TASKS: tuple[Callable[[datetime], int], ...] = (
    licences.render_pending,
    notices.render_pending,
    payments.render_pending,
    payments.ask_provider,
    payments.ask_refunds,
    cases.settle_due,
    cases.checkpoint,
    cases.tell_machines,
    hooks.deliver,
    machines.forget_old,
    insight.examine_new,
    insight.replay,
)
PAUSE = 0.5  # seconds, when there was nothing to do


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to end when nothing is left."""
    parser.add_argument("--once", action="store_true", help="do what waits now, then end")


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; what is being done is finished first."""
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while not ended.is_set():
        done = work(ended)
        if not done and options.once:
            break
        if not done:
            ended.wait(PAUSE)
    return 0


def work(ended: threading.Event) -> int:
    """One round over all tasks; how many rows were dealt with. A task that fails does not stop the others."""
    done = 0
    for task in TASKS:
        if ended.is_set():
            break
        close_old_connections()
        try:
            done += task(datetime.now(UTC))
        except DatabaseError as error:
            log.warning("%s.%s: %s", task.__module__, task.__name__, error)
            ended.wait(1.0)
        except Exception:
            log.exception("%s.%s failed; it is tried again", task.__module__, task.__name__)
            ended.wait(1.0)
    return done
