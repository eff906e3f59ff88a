"""Sealing: a PAdES signature with the agency's seal key over the whole file."""

import io
from datetime import datetime
from pathlib import Path

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from onevisit.paper.authority import Authority

FIELD = "Seal"
RESERVED = 3600  # hexadecimal digits for the signature: it takes about 2100, and 400 more with the longest name
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256


def seal(pdf: bytes, *, agency: str, reason: str, at: datetime, folder: Path) -> bytes:
    """`pdf` signed with the seal of `agency`, whose key lies in `folder` (see Authority).

    `reason` is written into the signature (it names the document); `at` is the time that the signature states.
    """
    kept = Authority(folder).seal_key(agency)
    private = kept.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = _OneForm(
        signing_cert=asn1_x509.Certificate.load(kept.certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        embed_roots=False,
    )
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=agency,
        reason=reason,
    )
    writer = _OnlyTheSeal(io.BytesIO(pdf))
    signed = _Dated(about, signer, at).sign_pdf(writer, bytes_reserved=RESERVED)
    return bytes(signed.getbuffer())


class _OnlyTheSeal(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: version, dates and metadata stay those of the PDF/A-2 file.

    PDF/A-2 is PDF 1.7. pyHanko would raise a file signed with an elliptic curve to 2.0 and state the machine's time.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Leave the version."""

    def register_extension(self, ext: DeveloperExtension) -> None:
        """Only extensions of PDF 1.7 (ETSI's, for PAdES)."""
        if ext.base_version == "/1.7":
            super().register_extension(ext)

    def _update_meta(self) -> None:
        """Leave the metadata."""


class _OneForm(SimpleSigner):
    """Signs so that a signature has one form only: of s and n-s, which verify alike, it takes the smaller."""

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The signature of `data`, DER."""
        r, s = decode_dss_signature(super().sign_raw(data, digest_algorithm))
        return encode_dss_signature(r, min(s, ORDER - s))


class _Dated(PdfSigner):
    """States the time that it was given, not the machine's."""

    def __init__(self, about: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(about, signer=signer)
        self.at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """The session, at its stated time."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session
