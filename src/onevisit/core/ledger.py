"""The ledger's arithmetic: canonical bodies, salted digests, one hash chain per case, Merkle roots, checkpoints.

    digest = sha256(salt + canonical body)                    the body may be erased by law, the digest stays
    hash   = sha256(previous hash + seq + header + digest)    seq: 8 bytes big-endian; header: sha256 of time and kind
An entry keeps the previous hash beside its own, so that of two neighbours that disagree one can tell which was changed.
A chain begins with a hash of its own name, so that no entry can move to another case. core/tampering.py finds what was
done to a chain that does not hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import orjson

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]  # no fractions: they have many spellings
SALT_BYTES = 16
NO_CHECKPOINT = bytes(32)  # what the first checkpoint names as its predecessor


def canonical(body: Json) -> bytes:
    """The one spelling of a body: UTF-8, keys sorted, no spaces."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def moment(at: datetime) -> str:
    """The one spelling of a time: UTC, microseconds. Raises ValueError for a time without zone."""
    if at.tzinfo is None:
        raise ValueError("a time without zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest_of(salt: bytes, body: bytes) -> bytes:
    """The salted digest of a canonical body."""
    return sha256(salt + body).digest()


def hash_of(previous: bytes, seq: int, at: datetime, kind: str, digest: bytes) -> bytes:
    """The hash of an entry that follows the one with hash `previous`."""
    header = sha256(f"{moment(at)}\n{kind}".encode()).digest()
    return sha256(previous + seq.to_bytes(8, "big") + header + digest).digest()


def origin(case: UUID) -> bytes:
    """What the first entry of a case's chain follows."""
    return sha256(b"onevisit case " + case.bytes).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is kept. `body` and `salt` are None once they were erased, which a later entry records."""

    seq: int
    at: datetime
    kind: str
    body: bytes | None
    salt: bytes | None
    digest: bytes
    previous: bytes
    hash: bytes

    @property
    def content_holds(self) -> bool:
        """Whether the body is the one that was digested; an erased one cannot be told."""
        if self.body is None or self.salt is None:
            return self.body is None and self.salt is None
        return digest_of(self.salt, self.body) == self.digest

    def made_as(self, seq: int) -> bool:
        """Whether its hash is that of its own content as number `seq`."""
        return hash_of(self.previous, seq, self.at, self.kind, self.digest) == self.hash


def next_link(head: Head, at: datetime, kind: str, body: Json, salt: bytes) -> Link:
    """The entry that comes after `head`; `salt` is SALT_BYTES of chance. The new head is (link.seq, link.hash)."""
    text = canonical(body)
    digest = digest_of(salt, text)
    seq = head.seq + 1
    return Link(seq, at, kind, text, salt, digest, head.hash, hash_of(head.hash, seq, at, kind, digest))


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """The Merkle root of leaves in their order; a lone node moves up as it is. No leaves: the hash of nothing."""
    level = [sha256(b"\x00" + leaf).digest() for leaf in leaves]
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        pairs = [sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


@dataclass(frozen=True, slots=True)
class CaseHead:
    """A case's chain head as a checkpoint names it."""

    number: str
    seq: int
    hash: str  # hex

    def leaf(self) -> bytes:
        """The Merkle leaf."""
        return canonical([self.number, self.seq, self.hash])


@dataclass(frozen=True, slots=True)
class Seal:
    """A checkpoint: the heads that moved since the last one, their root, and the checkpoint it follows."""

    seq: int
    at: datetime
    heads: tuple[CaseHead, ...]  # sorted by case number
    root: bytes
    previous: bytes

    def message(self) -> bytes:
        """What is signed."""
        return canonical(
            {
                "checkpoint": self.seq,
                "at": moment(self.at),
                "heads": len(self.heads),
                "root": self.root.hex(),
                "previous": self.previous.hex(),
            }
        )

    @property
    def root_holds(self) -> bool:
        """Whether the root is that of the heads."""
        return merkle_root(head.leaf() for head in self.heads) == self.root


def seal(seq: int, at: datetime, heads: Iterable[CaseHead], previous: bytes) -> Seal:
    """The checkpoint number `seq`, that follows the one with hash `previous`."""
    ordered = tuple(sorted(heads, key=lambda head: head.number))
    return Seal(seq, at, ordered, merkle_root(head.leaf() for head in ordered), previous)


def seal_hash(message: bytes, signature: bytes) -> bytes:
    """What the next checkpoint names as its predecessor."""
    return sha256(message + signature).digest()
