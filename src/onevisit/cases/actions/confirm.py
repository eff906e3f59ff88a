"""Confirm or dispute what a register gave (浙江规定 7)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.cases.actions.answer import answer
from onevisit.cases.errors import AnswersRefused
from onevisit.cases.queries.loading import open_draft
from onevisit.cases.rules.sentences import BadAnswer
from onevisit.people.actor import Actor


def confirm(draft: UUID, facts: Iterable[str], *, by: Actor, now: datetime) -> None:
    """Say of fetched facts that they are right; what was disputed is so no more. Raises NotFound, AlreadySubmitted."""
    with transaction.atomic():
        row = open_draft(draft, by, lock=True)
        right = [key for key in facts if key in row.fetched]
        row.disputed = [key for key in row.disputed if key not in right]
        row.confirmed = list(dict.fromkeys([*row.confirmed, *right]))
        row.answers = {key: value for key, value in row.answers.items() if key not in right}
        row.updated_at = now
        row.save()


def dispute(draft: UUID, fact: str, value: str, *, by: Actor, now: datetime) -> None:
    """Say that a fetched fact is wrong and what is right; that register's evidence is no longer taken for it.

    Raises AnswersRefused (an empty or unreadable value, or his own identity), NotFound, AlreadySubmitted.
    """
    if not value.strip():
        raise AnswersRefused({fact: BadAnswer.empty().sentence})
    answer(draft, {fact: value}, by=by, now=now)
