"""The part of a replay that is the same for past cases and synthetic applicants."""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from onevisit.catalogue.load import Content, read_content
from onevisit.config.cli.content import version_of
from onevisit.config.cli.replaying.crew import done
from onevisit.config.cli.replaying.progress import Progress
from onevisit.config.plain import Plain
from onevisit.core.catalogue import LifeEvent
from onevisit.core.replay.outcome import Outcome
from onevisit.core.replay.tally import Tally
from onevisit.insight.replaying.work import Proofs, Prove, Sides, Task, outcome_of

Versions = Mapping[str, tuple[LifeEvent, str]]  # slug → event, snapshot


@dataclass(frozen=True, slots=True)
class Chosen:
    """The events that the draft changes, and what else it does."""

    sides: Mapping[str, Sides]
    unchanged: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def draft_of(path: Path) -> Versions:
    """The draft: a folder, or the document of one version. Raises Plain (neither), BadContent with file and line."""
    if path.is_file():
        event, snapshot = version_of(path)
        return {event.key: (event, snapshot)}
    if not path.is_dir():
        form = "a folder of the form of content/, or a downloaded version"
        raise Plain(f"There is no folder {path}, and no such file: DRAFT is {form}.")
    return versions_of(read_content(path))


def versions_of(content: Content) -> Versions:
    """The events of a folder with their snapshots."""
    return {slug: (event, content.snapshots[slug]) for slug, event in content.events.items()}


def choose(before: Versions, after: Versions, options: argparse.Namespace) -> Chosen:
    """Which events are compared: all that differ, or the one that was asked for or that the draft is a version of.

    Raises Plain, which lists them.
    """
    event = options.event or (next(iter(after)) if options.draft.is_file() else "")
    if event:
        if event not in after:
            raise Plain(f"There is no life event {event!r}; these are: {', '.join(sorted(after))}.")
        if event not in before:
            raise Plain(f"{event} is only in the draft: there is nothing to compare it with.")
        before, after = {event: before[event]}, {event: after[event]}
    both = sorted(before.keys() & after.keys())
    changed = [slug for slug in both if before[slug][1] != after[slug][1]]
    return Chosen(
        {s: Sides(before[s][0], after[s][0], (before[s][1], after[s][1])) for s in changed},
        tuple(slug for slug in both if slug not in changed),
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
    )


def run_all(chosen: Chosen, tasks: Iterable[Task], total: int, jobs: int) -> tuple[Outcome, ...]:
    """Do the tasks and sum up by event. Tells its progress."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    proofs: dict[str, Proofs] = {}
    progress = Progress(total, "replayed")
    todo = chain((Prove(slug) for slug in chosen.sides), tasks)  # those that take seconds first
    with closing(done(todo, chosen.sides, jobs)) as results, closing(progress):
        for task, result in results:
            if isinstance(result, Tally):
                tallies[task.event].merge(result)
                progress.add(result.applicants + result.too_open)
            else:
                proofs[task.event] = result
    return tuple(outcome_of(own, tallies[slug], proofs[slug]) for slug, own in chosen.sides.items())
