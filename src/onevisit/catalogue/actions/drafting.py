"""Lay down a draft, examine and prove it, take it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.catalogue.actions.recording import locked, record, standing_of
from onevisit.catalogue.build import Document, build
from onevisit.catalogue.examining.remark import Severity
from onevisit.catalogue.handing_in import examine_document, read_document
from onevisit.catalogue.load import snapshot_of
from onevisit.catalogue.models import CatalogueVersion, ListEntry
from onevisit.catalogue.proof import dump, proof_of_version, worst_of
from onevisit.catalogue.queries.in_force import forget
from onevisit.catalogue.rules import gate
from onevisit.catalogue.rules.entries import checked_words
from onevisit.catalogue.rules.gate import Command, Standing, State
from onevisit.catalogue.values import Finding
from onevisit.core.catalogue import LifeEvent
from onevisit.core.text import Text
from onevisit.people.actor import Actor


def hand_in(data: bytes, region: str, *, by: Actor, now: datetime) -> UUID:
    """The version of a document as it is downloaded, as a draft. Raises BadDraft, NotYourRole."""
    return draft_version(read_document(data, region), by=by, now=now)


@transaction.atomic
def draft_version(document: Document, *, by: Actor, now: datetime) -> UUID:
    """The version of a checked document (handing_in.read_document), as a draft. One that is here already is left as it
    is; one that was withdrawn begins again. Raises NotYourRole.
    """
    name: Text = build(Text, document["name"])
    gate.transition(Standing(name), Command.DRAFT, by.role)
    fresh = {"region": document["region"], "event": document["key"], "document": document}
    row, created = CatalogueVersion.objects.select_for_update().get_or_create(
        snapshot=snapshot_of(document), defaults=fresh
    )
    if not created and row.state != State.WITHDRAWN:
        return row.pk
    if not created:
        row.state = gate.drafted(standing_of(row), by.role).state or State.DRAFT
        row.findings, row.comment_from, row.comment_until = None, None, None
        row.save()
        ListEntry.objects.filter(version=row).delete()
    record(row, Command.DRAFT, by=by, now=now)
    return row.pk


def prove_version(version: UUID, *, by: Actor, now: datetime) -> tuple[Finding, ...]:
    """Examine a draft and, if no error is found, prove its visits; the findings. Done again, it is examined again.

    Raises NotNow, NotYourRole, NoSuchDraft; NoProof, and then nothing has changed.
    """
    with transaction.atomic():
        row = locked(version)
        gate.transition(standing_of(row), Command.PROVE, by.role)
    findings = examine_document(row.document)  # nobody waits for the row meanwhile; a document never changes
    errors = [one for one in findings if one.severity is Severity.ERROR]
    proof = None if errors else proof_of_version(build(LifeEvent, row.document), row.snapshot)
    with transaction.atomic():
        row = locked(version)
        standing = standing_of(row)
        row.findings = [dump(one) for one in findings]
        if proof is None:
            row.state = gate.found_faulty(standing, by.role).state or State.DRAFT
            record(row, Command.PROVE, by=by, now=now, findings=len(errors))
        else:
            row.state = gate.proved(standing, worst_of(proof), by.role).state or State.DRAFT
            row.proof, row.proved_at = proof, now
            record(row, Command.PROVE, by=by, now=now, findings=0, worst=worst_of(proof))
        row.save()
    return findings


@transaction.atomic
def withdraw_version(version: UUID, reason: str, *, by: Actor, now: datetime) -> None:
    """Take a version back. Of a published one, the one before it is in force again; cases go on under theirs.

    Again, it changes nothing. Raises NotNow, NotYourRole, NoSuchDraft, CommentIncomplete (no reason).
    """
    row = locked(version)
    if row.state == State.WITHDRAWN:
        return
    after = gate.withdrawn(standing_of(row), by.role)
    reason = checked_words("reason", reason)
    record(row, Command.WITHDRAW, by=by, now=now, reason=reason, published=row.state == State.PUBLISHED)
    row.state = after.state or State.WITHDRAWN
    row.save()
    transaction.on_commit(forget)
