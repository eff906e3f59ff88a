"""Checkpoints outside the database: the signing key, and one file per checkpoint under var/checkpoints.

The key is made at first use, so that two processes get the same one; only its owner may read it. Whoever can rewrite
the whole database still cannot sign, and finds the files elsewhere. Operators copy them off the machine.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from onevisit.core.ledger import CaseHead, Seal, moment, seal_hash

KEY = "ledger-key.pem"
PUBLIC_KEY = "ledger-key.public.pem"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A checkpoint with its signature."""

    seal: Seal
    signature: bytes

    def hash(self) -> bytes:
        """What the next checkpoint names."""
        return seal_hash(self.seal.message(), self.signature)

    def signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether the signature is that of the key."""
        try:
            key.verify(self.signature, self.seal.message())
        except InvalidSignature:
            return False
        return True


def folder() -> Path:
    """Where the files are."""
    return Path(settings.VAR) / "checkpoints"


def signing_key() -> Ed25519PrivateKey:
    """The key, made at first use. Raises ValueError for a file that is no such key."""
    file = Path(settings.VAR) / KEY
    if not file.exists():
        made = Ed25519PrivateKey.generate()
        text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        create_once(file, text, 0o600)
    key = load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file} is no Ed25519 key")
    public = folder() / PUBLIC_KEY
    if not public.exists():
        create_once(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)
    return key


def public_key() -> Ed25519PublicKey | None:
    """The key to verify with: the private key's, else the published one; None before the first checkpoint."""
    file = Path(settings.VAR) / KEY
    if file.exists():
        return signing_key().public_key()
    public = folder() / PUBLIC_KEY
    if not public.exists():
        return None
    key = load_pem_public_key(public.read_bytes())
    return key if isinstance(key, Ed25519PublicKey) else None


def create_once(file: Path, content: bytes, mode: int) -> bool:
    """Write a file whole, or not at all; False when it is there already (another process was first)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            os.fchmod(out.fileno(), mode)
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    entries = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(entries)
    finally:
        os.close(entries)
    return True


def file_of(seq: int) -> Path:
    """The file of a checkpoint."""
    return folder() / f"{seq:010}.json"


def write_file(sealed: Sealed) -> bool:
    """Keep a checkpoint outside the database; False when its file is there."""
    return create_once(file_of(sealed.seal.seq), orjson.dumps(to_json(sealed)) + b"\n", 0o644)


def to_json(sealed: Sealed) -> dict[str, object]:
    """The checkpoint as its file says it."""
    return {
        "checkpoint": sealed.seal.seq,
        "at": moment(sealed.seal.at),
        "heads": [[head.number, head.seq, head.hash] for head in sealed.seal.heads],
        "root": sealed.seal.root.hex(),
        "previous": sealed.seal.previous.hex(),
        "signature": sealed.signature.hex(),
    }


def read_file(file: Path) -> Sealed:
    """The checkpoint of a file. Raises ValueError for what is none."""
    try:
        kept = orjson.loads(file.read_bytes())
        seal = Seal(
            kept["checkpoint"],
            datetime.fromisoformat(kept["at"]),
            tuple(CaseHead(*head) for head in kept["heads"]),
            bytes.fromhex(kept["root"]),
            bytes.fromhex(kept["previous"]),
        )
        return Sealed(seal, bytes.fromhex(kept["signature"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from error


def files() -> Iterator[Path]:
    """The checkpoints' files in their order."""
    return iter(sorted(folder().glob("[0-9]*.json")))
