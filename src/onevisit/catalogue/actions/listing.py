"""Enter a version past one visit on one of the two public lists, and put versions in force."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onevisit.catalogue.actions.recording import locked, record, standing_of
from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.models import CatalogueVersion, ListEntry
from onevisit.catalogue.queries.in_force import forget
from onevisit.catalogue.rules import gate
from onevisit.catalogue.rules.entries import checked_entry
from onevisit.catalogue.rules.gate import Command, State
from onevisit.core.china import day_of
from onevisit.people.actor import Actor


@transaction.atomic
def enter_list(version: UUID, entry: EntryInput, *, by: Actor, now: datetime) -> None:
    """Tell on a public list why the version needs more than one visit; again: told otherwise.

    Raises EntryIncomplete, NotPastOneVisit, NotNow, NotYourRole, NoSuchDraft.
    """
    row = locked(version)
    gate.entered(standing_of(row), by.role)
    kept = {key: value for key, value in asdict(checked_entry(entry)).items() if key != "declared"}
    if ListEntry.objects.filter(version=row, **kept).exists():
        return
    ListEntry.objects.update_or_create(version=row, defaults=kept)
    record(row, Command.ENTER_LIST, by=by, now=now, **{key: value for key, value in kept.items() if value})


@transaction.atomic
def put_in_force(version: UUID, day: date, *, by: Actor, now: datetime) -> None:
    """In force from that day on, after its public comment. Again with the same day, it changes nothing.

    Raises NoListEntry, CommentsOpen, Unanswered, TooEarly, NotNow, NotYourRole, NoSuchDraft.
    """
    row = locked(version)
    if row.state == State.PUBLISHED and row.in_force_from == day:
        return
    after = gate.scheduled(standing_of(row), day, by.role, day_of(now))
    row.state, row.in_force_from, row.published_at = after.state or State.PUBLISHED, day, now
    row.save()
    record(row, Command.PUT_IN_FORCE, by=by, now=now, day=day)
    transaction.on_commit(forget)


def put_at_once(row: CatalogueVersion, day: date, *, by: Actor, now: datetime) -> None:
    """In force by the operator, in his transaction. Raises NoListEntry, NotNow, NotYourRole."""
    after = gate.put_at_once(standing_of(row), day, by.role)
    row.state, row.in_force_from, row.published_at = after.state or State.PUBLISHED, day, now
    row.save()
    record(row, Command.PUT_AT_ONCE, by=by, now=now, day=day)
