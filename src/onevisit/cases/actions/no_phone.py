"""Somebody at the window declares that he has no telephone: he gets everything on paper, and no form asks again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.errors import NotYourHall
from onevisit.cases.queries.loading import held_of, open_draft, published_for
from onevisit.cases.rules.intake import effective
from onevisit.cases.rules.on_paper import phones
from onevisit.cases.window_values import NO_PHONE
from onevisit.people.actor import Actor, Role


@transaction.atomic
def no_phone(draft: UUID, *, by: Actor, now: datetime) -> None:
    """Write down that he has none; a number that a register gave counts as wrong. A number typed later takes it back.

    Raises NotYourHall, NotFound, AlreadySubmitted.
    """
    row = open_draft(draft, by, lock=True)
    if by.role is not Role.CLERK or not row.walk_in or by.hall != row.hall:
        raise NotYourHall()
    graph = published_for(row).graph
    for key in phones(graph.event, effective(held_of(row), graph.specs)):
        row.answers[key] = NO_PHONE
        row.answered = list(dict.fromkeys([*row.answered, key]))
        row.confirmed = [one for one in row.confirmed if one != key]
        if key in row.fetched:
            row.disputed = list(dict.fromkeys([*row.disputed, key]))
    row.updated_at = now
    row.save()
