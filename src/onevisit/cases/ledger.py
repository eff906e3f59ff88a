"""Ledger entries of a case: who did what, when, on what basis. Built here, written with the act that they tell of."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from onevisit.cases.models import Case, Entry
from onevisit.core.basis import Basis
from onevisit.core.ledger import SALT_BYTES, Head, Json, Link, next_link, origin
from onevisit.people.actor import Actor

__all__ = ["NewEntry", "Top", "append", "chain", "in_json", "links"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An event to be written: its kind, who acts, on which procedure (number), on what basis, and its particulars."""

    kind: str
    by: Actor
    procedure: str = ""
    basis: tuple[Basis, ...] = ()
    data: Mapping[str, Json] = field(default_factory=dict)

    def body(self) -> Json:
        """What is digested beside the kind and the time. Names are as they were at the time."""
        body: dict[str, Json] = {
            "account": str(self.by.account),
            "who": self.by.name,
            "role": self.by.role.value,
            "agency": self.by.agency,
        }
        if self.procedure:
            body["procedure"] = self.procedure
        if self.basis:
            body["basis"] = [_basis(one) for one in self.basis]
        if self.data:
            body["data"] = dict(self.data)
        return body


def _basis(basis: Basis) -> Json:
    if basis.law:
        return {"law": basis.law, "article": basis.article}
    return {"mark": basis.mark.value, "note": basis.note.zh if basis.note else ""}


@dataclass(frozen=True, slots=True)
class Top:
    """The new head, its hash as PostgreSQL reads it from JSON."""

    seq: int
    hash: str


def links(case: UUID, entries: Sequence[NewEntry], *, now: datetime, after: Head | None = None) -> list[Link]:
    """The entries as links of the case's chain, after its head (None: the case begins)."""
    head, made = after or Head(0, origin(case)), []
    for entry in entries:
        link = next_link(head, now, entry.kind, entry.body(), os.urandom(SALT_BYTES))
        made.append(link)
        head = Head(link.seq, link.hash)
    return made


def chain(
    case: UUID, entries: Sequence[NewEntry], *, now: datetime, after: Head | None = None
) -> tuple[list[Row], Top]:
    """The entries as rows of cases_entry for a statement that takes JSON, and the head to be written to the case.

    `entries` must not be empty. The caller holds the case's lock, or makes the case.
    """
    made = links(case, entries, now=now, after=after)
    rows = [
        {
            "case_id": case,
            "seq": link.seq,
            "at": link.at,
            "kind": link.kind,
            "body": (link.body or b"").decode(),
            "salt": in_json(link.salt or b""),
            "digest": in_json(link.digest),
            "previous": in_json(link.previous),
            "hash": in_json(link.hash),
        }
        for link in made
    ]
    return rows, Top(made[-1].seq, in_json(made[-1].hash))


def append(case: Case, entries: Sequence[NewEntry], *, now: datetime) -> None:
    """Write entries to the chain of a case that the caller has locked (SELECT … FOR UPDATE)."""
    if not entries:
        return
    made = links(case.pk, entries, now=now, after=Head(case.head_seq, bytes(case.head_hash)))
    Entry.objects.bulk_create(
        Entry(
            case=case,
            seq=link.seq,
            at=link.at,
            kind=link.kind,
            body=(link.body or b"").decode(),
            salt=link.salt,
            digest=link.digest,
            previous=link.previous,
            hash=link.hash,
        )
        for link in made
    )
    case.head_seq, case.head_hash = made[-1].seq, made[-1].hash
    case.save(update_fields=["head_seq", "head_hash"])


def in_json(content: bytes) -> str:
    r"""Bytes as PostgreSQL reads them from text: \x and hexadecimal digits."""
    return rf"\x{content.hex()}"
