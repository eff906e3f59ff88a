"""The demonstration certificate authority: one root of our own, one seal certificate for each agency's name.

Whoever holds the folder can seal: private keys are files that only their owner reads (0600). Every file appears whole
or not at all, and only once, so any number of processes may start at the same moment.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ORGANISATION = "OneVisit 示范"
ROOT_NAME = "OneVisit 示范根证书"
NOT_BEFORE, NOT_AFTER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2070, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SealKey:
    """A private key with its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority whose keys lie in `folder`; made there when first needed."""

    folder: Path

    def root(self) -> x509.Certificate:
        """The root's certificate, which verifies all seals; also at `folder`/root.crt for other programs.

        Makes the authority where there is none. Raises OSError when the folder cannot be written or read.
        """
        known = self.known_root()
        if known is None:
            pem = self._root_key().certificate.public_bytes(serialization.Encoding.PEM)
            _make_once(self.folder / "root.crt", pem, 0o644)
            return x509.load_pem_x509_certificate((self.folder / "root.crt").read_bytes())
        return known

    def known_root(self) -> x509.Certificate | None:
        """The root's certificate where there is one; makes nothing. root.crt alone is enough to verify elsewhere."""
        try:
            return x509.load_pem_x509_certificate((self.folder / "root.crt").read_bytes())
        except FileNotFoundError:
            return None

    def seal_key(self, name: str) -> SealKey:
        """The key of the seal of the agency `name`, made when it is first asked for."""
        return _kept_seal_key(self.folder, name)

    def _root_key(self) -> SealKey:
        file = self.folder / "root.pem"
        if not file.exists():
            key = ec.generate_private_key(ec.SECP256R1())
            _make_once(file, _pem(key, _certificate(ROOT_NAME, key, None)))
        return _read(file)


@cache
def _kept_seal_key(folder: Path, name: str) -> SealKey:
    authority = Authority(folder)
    root = authority.root()
    file = folder / f"seal-{hashlib.sha256(name.encode()).hexdigest()[:24]}.pem"
    if not file.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        _make_once(file, _pem(key, _certificate(f"示范·{name}", key, authority._root_key())))
    kept = _read(file)
    kept.certificate.verify_directly_issued_by(root)
    return kept


def _certificate(name: str, key: ec.EllipticCurvePrivateKey, issuer: SealKey | None) -> x509.Certificate:
    """A certificate for `key`; the root's own without `issuer`."""
    subject = _name(name)
    signer = issuer.key if issuer else key
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(NOT_AFTER)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None if issuer else 0), critical=True)
        .add_extension(_usage(root=issuer is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )


def _name(name: str) -> x509.Name:
    """The distinguished name; a common name has at most 64 bytes here, so a longer one is cut."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, name.encode()[:64].decode(errors="ignore")),
        ]
    )


def _usage(*, root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=not root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=root,
        crl_sign=root,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _read(file: Path) -> SealKey:
    content = file.read_bytes()
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{file} does not hold a key of ours")
    return SealKey(key, x509.load_pem_x509_certificate(content))


def _make_once(file: Path, content: bytes, mode: int = 0o600) -> None:
    """Write `file` whole; where another process was first, its file stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.parent / f".{file.name}.{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
