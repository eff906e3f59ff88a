"""Public comment (公示): open it, take a comment, answer it, hide it with a reason."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onevisit.catalogue.actions.recording import locked, record, standing_of
from onevisit.catalogue.errors import NoSuchComment
from onevisit.catalogue.models import CatalogueVersion, PublicComment
from onevisit.catalogue.rules import gate
from onevisit.catalogue.rules.entries import checked_comment, checked_words
from onevisit.catalogue.rules.gate import Command, State
from onevisit.core.china import day_of
from onevisit.people.actor import Actor


@transaction.atomic
def open_comment(version: UUID, first: date, last: date, *, by: Actor, now: datetime) -> None:
    """Make the draft public for comment from `first` to `last`; again: with a later last day.

    Raises NoListEntry, TooEarly, TooFewDays, NotNow, NotYourRole, NoSuchDraft.
    """
    row = locked(version)
    if row.state == State.COMMENTING and row.comment_until == last:
        return
    after = gate.commented_on(standing_of(row), first, last, by.role, day_of(now))
    row.state = after.state or State.COMMENTING
    row.comment_from, row.comment_until = after.comment_from, after.comment_until
    row.save()
    record(row, Command.OPEN_COMMENT, by=by, now=now, first=after.comment_from, last=after.comment_until)


@transaction.atomic
def comment(version: UUID, key: str, name: str, text: str, *, by: Actor | None, now: datetime) -> UUID:
    """Keep what somebody says of the draft; with the key of before, the comment of before.

    Raises CommentsClosed, CommentIncomplete, NoSuchDraft.
    """
    row = locked(version)
    before = row.comments.filter(key=key).first()
    if before is not None:
        return before.pk
    gate.commented(standing_of(row), by.role if by else None, day_of(now))
    name, text = checked_comment(key, name, text)
    account = by.account if by else None
    kept = PublicComment.objects.create(version=row, key=key, name=name, account=account, text=text, at=now)
    record(row, Command.COMMENT, by=by, now=now, name=name, comment=str(kept.pk))
    return kept.pk


@transaction.atomic
def answer_comment(version: UUID, number: UUID, text: str, *, by: Actor, now: datetime) -> None:
    """Answer a comment, for everybody to read; again: another answer, and the one before stays in the record.

    Raises NoSuchComment, CommentIncomplete, NotNow, NotYourRole, NoSuchDraft.
    """
    row, said = _of_office(version, number, Command.ANSWER, by)
    text = checked_words("answer", text)
    if said.answer == text:
        return
    said.answer, said.answered_at, said.answered_by = text, now, by.name
    said.save()
    record(row, Command.ANSWER, by=by, now=now, comment=str(number), answer=text)


@transaction.atomic
def hide_comment(version: UUID, number: UUID, reason: str, *, by: Actor, now: datetime) -> None:
    """Show a comment to the public no more, but the reason why. It is kept. Again, it changes nothing.

    Raises NoSuchComment, CommentIncomplete, NotNow, NotYourRole, NoSuchDraft.
    """
    row, said = _of_office(version, number, Command.HIDE, by)
    if said.hidden_at is not None:
        return
    said.hidden_reason = checked_words("reason", reason)
    said.hidden_at, said.hidden_by = now, by.name
    said.save()
    record(row, Command.HIDE, by=by, now=now, comment=str(number), reason=said.hidden_reason)


def _of_office(version: UUID, number: UUID, command: Command, by: Actor) -> tuple[CatalogueVersion, PublicComment]:
    row = locked(version)
    gate.transition(standing_of(row), command, by.role)
    said = row.comments.filter(pk=number).first()
    if said is None:
        raise NoSuchComment
    return row, said
