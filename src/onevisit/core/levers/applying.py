"""Apply levers to a life event, and undo reforms in it."""

from collections.abc import Iterable

from onevisit.core.basis import Basis
from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.easing import EASING
from onevisit.core.levers.lawful import check_lawful
from onevisit.core.levers.model import Change, ChangeKind, Lever
from onevisit.core.levers.undoing import UNDOING


def apply(event: LifeEvent, levers: Iterable[Lever]) -> LifeEvent:
    """The event with these levers pulled: the same in whatever order they are given, and when given twice.

    Raises a kind of `ExcludedByLaw` for one that the law excludes. Changes are made in the order of their kinds, so
    that `merge` sees all ways that the others have opened; it is repeated until it finds no more to join. Where two
    levers open the same way, the basis of the first by key is its basis.
    """
    pulled = {lever.key: lever for lever in levers}
    for lever in pulled.values():
        check_lawful(event, lever)
    every = [(change.kind.rank, key, number, change, lever.basis)
             for key, lever in pulled.items() for number, change in enumerate(lever.changes)]  # fmt: skip
    for _, _, _, change, basis in sorted(every, key=lambda one: one[:3]):
        event = EASING[change.kind](event, change, basis)
    merges = [(change, basis) for *_, change, basis in every if change.kind is ChangeKind.MERGE]
    while (joined := _each(event, merges)) != event:
        event = joined
    return event


def _each(event: LifeEvent, changes: Iterable[tuple[Change, Basis]]) -> LifeEvent:
    for change, basis in changes:
        event = EASING[change.kind](event, change, basis)
    return event


def undone(event: LifeEvent, changes: Iterable[Change], basis: Basis) -> LifeEvent:
    """The event before reforms that these changes undo, one after the other; `basis` says what the picture rests on."""
    for change in changes:
        event = UNDOING[change.kind](event, change, basis)
    return event
