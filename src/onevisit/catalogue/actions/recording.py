"""Lock a version, read where it stands, and write down what was done with it."""

from datetime import date, datetime
from uuid import UUID

from onevisit.catalogue.build import build
from onevisit.catalogue.errors import NoSuchDraft
from onevisit.catalogue.models import CatalogueVersion, ListEntry, VersionAct
from onevisit.catalogue.proof import worst_of
from onevisit.catalogue.rules.gate import Command, Standing, State
from onevisit.core.text import Text
from onevisit.people.actor import Actor

PROVED = (State.PROVED, State.COMMENTING, State.PUBLISHED)


def locked(version: UUID) -> CatalogueVersion:
    """The version, locked until the transaction ends. Raises NoSuchDraft."""
    row = CatalogueVersion.objects.select_for_update().filter(pk=version).first()
    if row is None:
        raise NoSuchDraft
    return row


def standing_of(row: CatalogueVersion) -> Standing:
    """Where it stands. The proof of a version that became a draft again counts no more."""
    name: Text = build(Text, row.document["name"])
    state = State(row.state)
    return Standing(
        name,
        state,
        worst_of(row.proof) if row.proof and state in PROVED else None,
        ListEntry.objects.filter(version=row).exists(),
        row.comment_from,
        row.comment_until,
        row.comments.filter(answered_at=None, hidden_at=None).count(),
        row.in_force_from,
    )


def record(
    row: CatalogueVersion, command: Command, *, by: Actor | None, now: datetime, name: str = "", **body: object
) -> None:
    """Write down an act, for good. Days are written as text."""
    VersionAct.objects.create(
        version=row,
        kind=command.value,
        at=now,
        account=by.account if by else None,
        name=by.name if by else name,
        role=by.role.value if by else "",
        body={key: value.isoformat() if isinstance(value, date) else value for key, value in body.items()},
    )
