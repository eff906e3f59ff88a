"""Check that no domain is left open: a number that decides has both its bounds, so that everybody can be looked at.

What is proved of everybody is proved of the values that a fact may have. A choice has its options, a role its numbers
(`most` is 1 unless it says more), a date the days of the calendar; a number has what its author writes.
"""

from collections.abc import Iterator

from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import Condition, facts_of
from onevisit.core.facts import FactSpec, FactType, of_any, without_number
from onevisit.core.parties import MATTER
from onevisit.core.planning.services import conditions_of

Problem = tuple[Path_, str]
_OPEN = ", so that its domain is open and nothing can be proved of everybody; write the least and the most it can be"
_NUMBERS = (FactType.INTEGER, FactType.DECIMAL)


def check_bounds(event: LifeEvent) -> Iterator[Problem]:
    """Numbers that a condition reads and that have no `minimum` or no `maximum`."""
    read = {without_number(key) for condition in _conditions(event) for key in facts_of(condition)}
    counts = {f"{role.key}.count" for role in event.roles}
    for n, spec in enumerate(event.facts):
        decides = spec.key in read or (spec.role != MATTER and of_any(spec.key) in read)
        if spec.type in _NUMBERS and decides and spec.key not in counts and (missing := _missing(spec)):
            yield ("facts", n), f"`{spec.key}` decides something and has no {missing}{_OPEN}"


def _missing(spec: FactSpec) -> str:
    ends = (("`minimum`", spec.minimum), ("`maximum`", spec.maximum))
    return " and no ".join(name for name, end in ends if end is None)


def _conditions(event: LifeEvent) -> Iterator[Condition]:
    for service in event.services:
        yield from conditions_of(service)
    yield from event.constraints
    yield from (role.when for role in event.roles if role.when is not None)
