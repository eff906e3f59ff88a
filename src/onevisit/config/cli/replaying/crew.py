"""Work shared by several processes: each is given its next task when it has done the last, so that none piles up.

They are started afresh and not forked (a fork would share the database's connection). One whose starter is gone ends
by itself, as its pipe does.
"""

import gc
import signal
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from onevisit.config.plain import Plain
from onevisit.core.errors import Refusal
from onevisit.insight.replaying.work import Result, Sides, Task, Worker

_SPAWN = get_context("spawn")
RARELY = 200_000, 20, 100  # plans leave hardly any cycles, and looking for them takes a fifth of the time
_DEAD = "A process of the replay ended by itself, perhaps for want of memory: try --jobs 1."


def done(tasks: Iterable[Task], sides: Mapping[str, Sides], jobs: int) -> Generator[tuple[Task, Result]]:
    """Each task with its result, as they get ready. Raises Plain when a process ends, and what the tasks refuse."""
    if jobs == 1:
        worker = Worker(sides)
        yield from ((task, worker.do(task)) for task in tasks)
        return
    crew = _begun(sides, jobs)
    try:
        yield from _shared(iter(tasks), [line for _, line in crew])
    finally:
        for process, line in crew:
            line.close()
            process.terminate()  # it keeps nothing that could be lost
            process.join()


def _shared(tasks: Iterator[Task], lines: list[Connection]) -> Iterator[tuple[Task, Result]]:
    busy: dict[Connection, Task] = {}
    idle = list(lines)
    while True:
        while idle and (task := next(tasks, None)) is not None:
            busy[idle[-1]] = task
            _send(idle.pop(), task)
        if not busy:
            return
        ready = set(wait(list(busy)))
        for line in [one for one in busy if one in ready]:
            yield busy.pop(line), _result(line)
            idle.append(line)


def _send(line: Connection, task: Task) -> None:
    try:
        line.send(task)
    except OSError as error:
        raise Plain(_DEAD) from error


def _result(line: Connection) -> Result:
    try:
        refused, result = line.recv()
    except (EOFError, OSError) as error:
        raise Plain(_DEAD) from error
    if refused:
        raise Plain(refused)
    found: Result = result
    return found


def _begun(sides: Mapping[str, Sides], jobs: int) -> list[tuple[BaseProcess, Connection]]:
    """The processes with our end of the line to each, deaf to Ctrl-C: they inherit that it is blocked meanwhile."""
    crew: list[tuple[BaseProcess, Connection]] = []
    resource_tracker.ensure_running()  # which would start with the first of them, and unblock it
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        for _ in range(jobs):
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=work, args=(theirs, sides), daemon=True)
            process.start()
            theirs.close()
            crew.append((process, ours))
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return crew


def work(line: Connection, sides: Mapping[str, Sides]) -> None:
    """Do what comes over the line until it ends; Ctrl-C is for the process that started this one."""
    gc.set_threshold(*RARELY)
    worker = Worker(sides)
    with suppress(EOFError, OSError):
        while True:
            task = line.recv()
            try:
                line.send(("", worker.do(task)))
            except Refusal as refusal:
                line.send((str(refusal), None))
