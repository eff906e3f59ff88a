"""Checking a sealed file: whether one of our seals covers every byte of it, and nothing came after.

Two checkers have to agree. Our own comes first and looks at bytes only: it finds the signature's container without
reading the file as PDF, demands its one canonical form (no spare bytes, no unsigned attributes, one certificate, the
smaller of the two equal ECDSA values), and has all else under the digest. So no file but our own ever reaches pyHanko,
which then validates the signature as PAdES: anybody may send files here, and one of 60 KB can be made that takes a
reader of PDF a minute and gigabytes.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import cms  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from onevisit.core.text import gettext_noop as _
from onevisit.paper.authority import NOT_AFTER, NOT_BEFORE, Authority
from onevisit.paper.sealing import ORDER

NOT_PDF = _("这不是完整的 PDF 文件：不是 PDF，或者被截断、损坏了。")
NO_SEAL = _("文件里没有电子签章。")
MANY_SEALS = _("文件里有不止一个签名：本系统的文书只有一个。")
NOT_WHOLE = _("签章没有覆盖整个文件：签章之后有人加了内容，或者删了内容。")
ALTERED = _("文件在盖章之后被改动过。")
NO_ROOT = _("这里没有本系统的根证书（root.crt），不能查验。请把它放进签章文件夹 ca 再试。")
NOT_OURS = _("签章不是本系统的机构盖的。")

LARGEST_GAP = 16 * 1024  # bytes for the container as hexadecimal digits: ours has 3600
_RANGE = re.compile(rb"/ByteRange \[(\d{1,9}) (\d{1,9}) (\d{1,9}) (\d{1,9}) {0,80}\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of a file found; with `ok`, the rest comes from the signed part and can be relied on."""

    ok: bool
    reasons: tuple[str, ...]  # Chinese message ids; empty when ok
    agency: str = ""  # whose seal
    reason: str = ""  # what the signature says the document is
    signed_at: datetime | None = None


class _Bad(Exception):
    """The file fails a check; carries the sentence."""


def check(pdf: bytes, *, folder: Path) -> Verdict:
    """Whether `pdf` is, byte for byte, a document sealed by the authority in `folder`.

    Needs no database and no network. The chain is judged at the time that the signature states.
    Raises OSError when the authority's folder cannot be read.
    """
    root = Authority(folder).known_root()
    if root is None:
        return Verdict(False, (NO_ROOT,))
    try:
        gap = _gap(pdf)
        container = _container(pdf, gap)
        _one_form(container)
        _signed_bytes(pdf, gap, container)
        _chain(container, root)
        return _standard(_the_signature(pdf, gap), root)
    except _Bad as bad:
        return Verdict(False, (str(bad),))
    except Exception:  # hostile bytes can make any reader fail in any way; each means: not as we made it
        return Verdict(False, (ALTERED,))


def _gap(pdf: bytes) -> slice:
    """Where the signature's container lies: what the last signature of the file says, if it covers all the rest."""
    at = pdf.rfind(b"/ByteRange")
    if not pdf.startswith(b"%PDF-") or (at < 0 and b"%%EOF" not in pdf[-1024:]):
        raise _Bad(NOT_PDF)
    if at < 0:
        raise _Bad(NO_SEAL)
    found = _RANGE.match(pdf, at)
    if found is None:
        raise _Bad(NOT_OURS)
    start, first, second, rest = (int(number) for number in found.groups())
    if start != 0 or not 0 < first < second or second + rest != len(pdf):
        raise _Bad(NOT_WHOLE)
    if second - first > LARGEST_GAP:
        raise _Bad(NOT_OURS)
    return slice(first, second)


def _container(pdf: bytes, gap: slice) -> bytes:
    """The signature's DER bytes; what surrounds them in the gap must be hexadecimal zeros and nothing else."""
    raw = bytes.fromhex(pdf[gap][1:-1].decode("ascii"))
    length = len(cms.ContentInfo.load(raw).dump())
    if pdf[gap] != b"<" + raw.hex().upper().encode() + b">" or any(raw[length:]):
        raise _Bad(ALTERED)
    return raw[:length]


def _one_form(container: bytes) -> None:
    """The container is what its certificate, signed attributes and signature give when it is built anew."""
    signed, signer, certificate = _parts(container)
    pair = decode_dss_signature(signer["signature"].native)
    low = pair[1] <= ORDER // 2 and encode_dss_signature(*pair) == signer["signature"].native
    fresh = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1",
                    "digest_algorithms": [{"algorithm": "sha256"}],
                    "encap_content_info": {"content_type": "data"},
                    "certificates": [certificate],
                    "signer_infos": [
                        {
                            "version": "v1",
                            "sid": {
                                "issuer_and_serial_number": {
                                    "issuer": certificate.issuer,
                                    "serial_number": certificate.serial_number,
                                }
                            },
                            "digest_algorithm": {"algorithm": "sha256"},
                            "signed_attrs": signer["signed_attrs"],
                            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                            "signature": signer["signature"],
                        }
                    ],
                }
            ),
        }
    ).dump()
    if not low or fresh != container or len(signed["certificates"]) != 1:
        raise _Bad(ALTERED)


def _signed_bytes(pdf: bytes, gap: slice, container: bytes) -> None:
    """The digest of all bytes outside the gap, the certificate's digest, and the signature over both."""
    _signed, signer, certificate = _parts(container)
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    stated = attributes["message_digest"][0].native
    bound = attributes["signing_certificate_v2"][0]["certs"][0]["cert_hash"].native
    public = load_der_x509_certificate(certificate.dump()).public_key()
    exact = b"\x31" + signer["signed_attrs"].dump()[1:]  # as a SET, the form that is signed (RFC 5652, 5.4)
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise _Bad(NOT_OURS)
    public.verify(signer["signature"].native, exact, ec.ECDSA(hashes.SHA256()))
    if hashlib.sha256(pdf[: gap.start] + pdf[gap.stop :]).digest() != stated:
        raise _Bad(ALTERED)
    if hashlib.sha256(certificate.dump()).digest() != bound:
        raise _Bad(ALTERED)


def _chain(container: bytes, root: Certificate) -> None:
    """The certificate was issued by our root."""
    _signed, _signer, certificate = _parts(container)
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(root)
    except (InvalidSignature, ValueError, TypeError) as error:
        raise _Bad(NOT_OURS) from error


def _the_signature(pdf: bytes, gap: slice) -> EmbeddedPdfSignature:
    """The signature as pyHanko finds it: the only one, and the same. Only for a file that one of our keys signed."""
    found: list[EmbeddedPdfSignature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if len(found) != 1:
        raise _Bad(MANY_SEALS)
    stated = tuple(int(number) for number in found[0].byte_range)
    if stated != (0, gap.start, gap.stop, len(pdf) - gap.stop) or found[0].pkcs7_content != bytes.fromhex(
        pdf[gap][1:-1].decode("ascii")
    ):
        raise _Bad(ALTERED)
    return found[0]


def _standard(embedded: EmbeddedPdfSignature, root: Certificate) -> Verdict:
    """PyHanko's judgement of the same file, and what the signature says."""
    at = embedded.self_reported_timestamp
    if at is None or not NOT_BEFORE <= at <= NOT_AFTER:
        raise _Bad(NOT_OURS)
    trusted = asn1_x509.Certificate.load(root.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[trusted], allow_fetching=False, moment=at)
    status = validate_pdf_signature(embedded, signer_validation_context=context)
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise _Bad(NOT_WHOLE)
    if not status.intact or not status.valid:
        raise _Bad(ALTERED)
    if not status.bottom_line:
        raise _Bad(NOT_OURS)
    about = embedded.sig_object
    return Verdict(True, (), str(about.get("/Name", "")), str(about.get("/Reason", "")), at)


def _parts(container: bytes) -> tuple[cms.SignedData, cms.SignerInfo, asn1_x509.Certificate]:
    signed = cms.ContentInfo.load(container)["content"]
    return signed, signed["signer_infos"][0], signed["certificates"][0].chosen
