"""What a replay changes: a draft in place of the version in force, or levers pulled on it or on its picture before."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from onevisit.catalogue.levers import read_again, snapshot_of_event
from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.applying import apply
from onevisit.core.levers.model import Lever
from onevisit.insight.errors import LeversMissing, NoLevers, NotInForce
from onevisit.insight.replaying.work import Sides


@dataclass(frozen=True, slots=True)
class Change:
    """An event, and the draft that takes its place; or whether it is its picture before reforms, and the levers."""

    event: str
    unreformed: bool = False
    levers: tuple[str, ...] = ()
    draft: UUID | None = None  # a version on its way through the publishing gate


@dataclass(frozen=True, slots=True)
class Changed:
    """A change carried out."""

    sides: Sides
    levers: tuple[Lever, ...] = ()


def changed(folder: Path, change: Change, snapshot: str) -> Changed:
    """The event before and after its levers. `snapshot`: its version in force.

    Raises NoLevers, NotInForce (the levers are of other content), LeversMissing, and what a lever's law refuses.
    """
    levered = read_again(folder)
    content = levered.content
    reform = levered.reforms.get(change.event)
    picture = reform.illustration if reform else None
    if reform is None or (change.unreformed and picture is None):
        raise NoLevers()
    if content.snapshots[change.event] != snapshot:
        raise NotInForce()
    known = {lever.key: lever for lever in reform.levers}
    pulled = tuple(known[key] for key in change.levers if key in known)
    if not pulled:
        raise LeversMissing()
    before: LifeEvent = picture.event if change.unreformed and picture else content.events[change.event]
    was = picture.snapshot if change.unreformed and picture else snapshot
    after = apply(before, pulled)
    return Changed(Sides(before, after, (was, snapshot_of_event(after))), pulled)
