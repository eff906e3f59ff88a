"""What a reform officer may decide about a finding: who sees to it, until when, or why it stays as it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from onevisit.core.text import Text
from onevisit.insight.errors import (
    DayUnreadable,
    DueMissing,
    DuePast,
    OwnerMissing,
    ReasonMissing,
    StateMissing,
    TooLong,
)
from onevisit.insight.states import State

LONGEST = 1000  # characters of a reason


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, as it was checked."""

    state: State
    owner: str
    due: date | None
    reason: str


def decision(typed: Mapping[str, str], owners: Collection[str], today: date) -> Decision:
    """What was typed, checked. Raises StateMissing, OwnerMissing, DayUnreadable, DueMissing, DuePast and others."""
    text, reason = typed.get("due", "").strip(), typed.get("reason", "").strip()
    if typed.get("state") not in {one.value for one in State}:
        raise StateMissing()
    state, owner = State(typed["state"]), typed.get("owner", "")
    if owner not in owners:
        raise OwnerMissing()
    due = _day(text) if text else None
    if state is State.WORKING and due is None:
        raise DueMissing()
    if due is not None and due < today and state in (State.OPEN, State.WORKING):
        raise DuePast(today=Text.day(today))
    if state in (State.DONE, State.WONT) and not reason:
        raise ReasonMissing()
    if len(reason) > LONGEST:
        raise TooLong(most=LONGEST)
    return Decision(state, owner, due, reason)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayUnreadable() from None
