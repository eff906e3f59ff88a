"""Take in a file for an evidence of the plan, and take it out again."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from onevisit.cases.apart.asking import check_apart
from onevisit.cases.errors import NotFound
from onevisit.cases.models import Blob, Document, Draft
from onevisit.cases.queries.loading import held_of, open_draft, plan_for, published_for
from onevisit.cases.rules.intake import effective
from onevisit.cases.rules.uploads import PER_EVIDENCE, Checked, check_size
from onevisit.cases.upload_errors import NotAskedFor, TooManyUploads
from onevisit.core.facts import slot
from onevisit.people.actor import Actor


def contents(file: "UploadedFile[Any]") -> bytes:
    """The file's bytes, if they are not too many to be read. Raises EmptyUpload, UploadTooLarge."""
    check_size(file.size or 0)
    content: bytes = file.read()
    return content


def upload(draft: UUID, own: str, name: str, content: bytes, *, by: Actor, now: datetime) -> UUID:
    """Keep the file for an evidence of a party (`own`: their slot); the same file again is the same document.

    Raises a kind of UploadRefused (each with its sentence), NotFound, AlreadySubmitted.
    """
    row = open_draft(draft, by)
    evidence, party = asked_for(row, own)
    checked = check_apart(name, content)
    with transaction.atomic():
        row = open_draft(draft, by, lock=True)
        document = keep(row, evidence, party, checked, by=by, now=now)
        Draft.objects.filter(pk=row.pk).update(updated_at=now)
    return document


def asked_for(row: Draft, own: str) -> tuple[str, str]:
    """The evidence and the party that the slot names, if the plan asks for it. Raises NotAskedFor."""
    published, held = published_for(row), held_of(row)
    plan = plan_for(published, held, effective(held, published.graph.specs))
    for need in plan.evidence:
        if slot(need.evidence, need.party) == own:
            return need.evidence, need.party
    raise NotAskedFor()


def keep(
    row: Draft, evidence: str, party: str, checked: Checked, *, by: Actor, now: datetime, case: UUID | None = None
) -> UUID:
    """Write the file's bytes, once each, and its document; the draft is locked.

    `case`: for its correction notice, not for the draft. Raises TooManyUploads (for the draft).
    """
    digest = hashlib.sha256(checked.content).digest()
    others = Document.objects.filter(draft=row, evidence=evidence, party=party, case=case)
    same = others.filter(blob_id=digest).first()
    if same is not None:
        return same.pk
    if case is None and others.count() >= PER_EVIDENCE:
        raise TooManyUploads(most=PER_EVIDENCE)
    _keep_bytes(digest, checked.content)
    return Document.objects.create(
        draft=row,
        case=case,
        evidence=evidence,
        party=party,
        name=checked.name,
        media=checked.media,
        size=len(checked.content),
        pages=checked.pages,
        blob_id=digest,
        uploaded_by=by.account,
        uploaded_at=now,
    ).pk


def _keep_bytes(digest: bytes, content: bytes) -> None:
    """Write them unless they are here; locked, so that nobody who takes out the same file elsewhere deletes them."""
    here = Blob.objects.select_for_update(no_key=True).filter(pk=digest).values_list("pk")
    while not list(here.all()):  # asked anew each time
        Blob.objects.bulk_create([Blob(sha256=digest, content=content)], ignore_conflicts=True)


@transaction.atomic
def remove_upload(document: UUID, *, by: Actor, now: datetime) -> None:
    """Take a file out of a draft; its bytes go too when nobody else has the same. Raises NotFound, AlreadySubmitted."""
    found = Document.objects.filter(pk=document).first()
    if found is None:
        raise NotFound("document")
    row = open_draft(found.draft_id, by, lock=True)
    take_out(found)
    Draft.objects.filter(pk=row.pk).update(updated_at=now)


def take_out(found: Document) -> None:
    """Delete a document that is no evidence, and its bytes when nobody else has the same; the draft is locked."""
    found.delete()
    list(Blob.objects.select_for_update().filter(pk=found.blob_id).values_list("pk"))  # waits for who keeps the same
    if not Document.objects.filter(blob_id=found.blob_id).exists():
        Blob.objects.filter(pk=found.blob_id).delete()
