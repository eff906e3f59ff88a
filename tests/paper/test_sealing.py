"""Seals: every change of a sealed file is found, and keys are made once and kept closed."""

import io
import multiprocessing
import stat
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader, PdfWriter

from onevisit.paper import Authority, check, seal, typeset
from onevisit.paper.checking import ALTERED, MANY_SEALS, NO_ROOT, NO_SEAL, NOT_OURS, NOT_PDF, NOT_WHOLE
from onevisit.paper.sealing import ORDER
from tests import bombs
from tests.paper.samples import AT, ISSUER, SAMPLES

REASON = "电子证照 示范330521-2026-7K3M9-QXA2F-8"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("paper") / "ca"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return typeset("licence", SAMPLES["licence"], at=AT)


@pytest.fixture(scope="module")
def sealed(folder, plain) -> bytes:
    return seal(plain, agency=ISSUER, reason=REASON, at=AT, folder=folder)


def gap_of(pdf: bytes) -> tuple[int, int]:
    """Where the signature's container begins and ends."""
    _start, first, second, _rest = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0].byte_range
    return int(first), int(second)


def with_container(pdf: bytes, der: bytes) -> bytes:
    """The file with another container in the same place."""
    first, second = gap_of(pdf)
    digits = der.hex().upper().ljust(second - first - 2, "0").encode()
    assert len(digits) == second - first - 2
    return pdf[:first] + b"<" + digits + b">" + pdf[second:]


def container(pdf: bytes) -> cms.ContentInfo:
    first, second = gap_of(pdf)
    return cms.ContentInfo.load(bytes.fromhex(pdf[first + 1 : second - 1].decode()))


def test_a_sealed_file_is_genuine_and_says_by_whom_and_when(folder, sealed):
    verdict = check(sealed, folder=folder)
    assert (verdict.ok, verdict.reasons) == (True, ())
    assert (verdict.agency, verdict.reason, verdict.signed_at) == (ISSUER, REASON, AT)


def test_sealing_keeps_the_documents_bytes_and_its_conformance(plain, sealed):
    assert sealed.startswith(plain)
    before, after = PdfReader(io.BytesIO(plain)), PdfReader(io.BytesIO(sealed))
    root = after.trailer["/Root"]
    assert root["/Metadata"].get_object().get_data() == before.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert after.metadata == before.metadata
    assert "/Version" not in root, "PDF/A-2 is PDF 1.7"
    assert set(root["/Extensions"]) == {"/ESIC"}
    widget = PdfReader(io.BytesIO(sealed)).pages[0]["/Annots"][0].get_object()
    assert widget["/F"] & 4, "PDF/A: a field must be printable"
    assert not widget["/F"] & 2, "PDF/A: a field must not be hidden"


def test_the_stated_time_is_the_argument(folder, plain):
    at = datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert check(seal(plain, agency=ISSUER, reason="x", at=at, folder=folder), folder=folder).signed_at == at


def test_the_longest_names_fit(folder, plain):
    name = "示范县莫干山国家高新技术产业开发区管理委员会" * 5
    verdict = check(seal(plain, agency=name, reason="长" * 300, at=AT, folder=folder), folder=folder)
    assert verdict.ok
    assert verdict.agency == name


def test_every_211th_byte_altered(folder, sealed):
    missed = [at for at in range(0, len(sealed), 211) if check(flipped(sealed, at, 1), folder=folder).ok]
    assert missed == []


def test_every_seventh_digit_of_the_signature_altered(folder, sealed):
    first, second = gap_of(sealed)
    missed = [at for at in range(first, second, 7) if check(flipped(sealed, at, 1), folder=folder).ok]
    missed += [at for at in range(first, second, 41) if check(flipped(sealed, at, 0x20), folder=folder).ok]
    assert missed == []


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_other_file_is_not_genuine(folder, sealed, data):
    start = data.draw(st.integers(0, len(sealed) - 1))
    length = data.draw(st.integers(0, 40))
    other = sealed[:start] + data.draw(st.binary(max_size=40)) + sealed[start + length :]
    assert check(other, folder=folder).ok == (other == sealed)


def flipped(pdf: bytes, at: int, mask: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ mask]) + pdf[at + 1 :]


@pytest.mark.parametrize("more", [b"\n", b" ", b"\0", b"%%EOF", b"%%EOF\n", b"x" * 5000])
def test_appended_bytes(folder, sealed, more):
    assert check(sealed + more, folder=folder).reasons in ((NOT_WHOLE,), (NOT_PDF,))


@pytest.mark.parametrize("less", [1, 2, 7, 100, 5000, 30000])
def test_truncated(folder, sealed, less):
    assert not check(sealed[:-less], folder=folder).ok
    assert not check(sealed[less:], folder=folder).ok


def test_an_update_after_the_seal(folder, sealed):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.root["/Lang"] = writer.root.raw_get("/Type")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert check(out.getvalue(), folder=folder).reasons == (NOT_WHOLE,)


def test_a_second_seal(folder, sealed, plain):
    first = container(sealed)
    assert first["content"]["certificates"][0].chosen.subject.native["common_name"] == f"示范·{ISSUER}"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    out = io.BytesIO()
    writer.write(out)
    other = seal(out.getvalue(), agency="另一个机关", reason="x", at=AT, folder=folder)
    assert check(other, folder=folder).agency == "另一个机关"
    twice = two_seals(sealed, folder)
    assert check(twice, folder=folder).reasons == (MANY_SEALS,)


def two_seals(sealed: bytes, folder: Path) -> bytes:
    """Sealed again under another field's name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onevisit.paper.sealing.FIELD", "Second")
        return seal(sealed, agency=ISSUER, reason="x", at=AT, folder=folder)


def test_the_seal_taken_off(folder, sealed, plain):
    assert check(plain, folder=folder).reasons == (NO_SEAL,)
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(sealed)).pages:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    assert not check(out.getvalue(), folder=folder).ok


def test_another_authority_with_the_same_names(folder, plain, sealed, tmp_path):
    foreign = seal(plain, agency=ISSUER, reason=REASON, at=AT, folder=tmp_path / "ca")
    assert check(foreign, folder=tmp_path / "ca").ok
    assert check(foreign, folder=folder).reasons == (NOT_OURS,)
    assert check(with_container(sealed, container(foreign).dump()), folder=folder).reasons == (ALTERED,)


def test_the_seal_of_another_document(folder, sealed):
    other = typeset("licence", SAMPLES["licence"] | {"holder": "李四（示范）"}, at=AT)
    moved = container(seal(other, agency=ISSUER, reason=REASON, at=AT, folder=folder)).dump()
    assert check(with_container(sealed, moved), folder=folder).reasons == (ALTERED,)


@pytest.mark.parametrize("content", [b"", b"%PDF-", b"hello", b"\x89PNG\r\n", b"%PDF-1.7\n" + b"<<" * 20000])
def test_what_is_no_pdf(folder, content):
    assert check(content, folder=folder).reasons == (NOT_PDF,)


def with_gap(pdf: bytes, der: bytes) -> bytes:
    """The file with this container and a byte range that covers all the rest, as a seal's would."""
    digits = b"<%s>" % der.hex().upper().encode()
    stated = b"\n/ByteRange [0 %d %d %-9d]\n%%%%EOF\n"
    first, second = len(pdf), len(pdf) + len(digits)
    return pdf + digits + stated % (first, second, len(stated % (first, second, 0)))


@pytest.mark.parametrize(
    "bomb", [bombs.endless_index, bombs.many_dictionaries, bombs.many_numbers], ids=lambda bomb: bomb.__name__
)
def test_what_others_made_is_judged_before_it_is_read(folder, sealed, bomb):
    """Reading these takes 7 to 38 seconds; a genuine container in the right place does not help."""
    content = bomb()
    genuine = container(sealed).dump()
    started = time.process_time()
    assert check(content, folder=folder).reasons == (NO_SEAL,)
    assert check(with_gap(content, genuine), folder=folder).reasons == (ALTERED,)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("der", [b"\x30\x80" * 4000, b"\x31\x82\x1f\x00" + b"\x30\x00" * 3900, b"\x30" * (1 << 20)])
def test_containers_that_nest_or_swell(folder, der):
    started = time.process_time()
    assert check(with_gap(b"%PDF-1.7\n", der), folder=folder).reasons in ((ALTERED,), (NOT_OURS,))
    assert time.process_time() - started < 2


def test_the_other_form_of_the_same_signature(folder, sealed):
    """Of (r, s) and (r, n-s), both of which verify, only one is ours."""
    form = container(sealed)
    signer = form["content"]["signer_infos"][0]
    r, s = decode_dss_signature(signer["signature"].native)
    assert s <= ORDER // 2
    signer["signature"] = encode_dss_signature(r, ORDER - s)
    assert check(with_container(sealed, form.dump(force=True)), folder=folder).reasons == (ALTERED,)


def test_an_unsigned_attribute_slipped_in(folder, sealed):
    form = container(sealed)
    signer = form["content"]["signer_infos"][0]
    signer["unsigned_attrs"] = cms.CMSAttributes([{"type": "content_type", "values": ["data"]}])
    assert check(with_container(sealed, form.dump(force=True)), folder=folder).reasons == (ALTERED,)


def test_one_more_certificate_slipped_in(folder, sealed):
    form = container(sealed)
    extra = container(two_agencies(folder))["content"]["certificates"][0]
    form["content"]["certificates"].append(extra)
    assert check(with_container(sealed, form.dump(force=True)), folder=folder).reasons == (ALTERED,)


def two_agencies(folder: Path) -> bytes:
    return seal(typeset("licence", SAMPLES["licence"], at=AT), agency="另一个机关", reason="x", at=AT, folder=folder)


def test_private_keys_are_closed(folder, sealed):
    kept = sorted(folder.iterdir())
    assert [file.name for file in kept if file.name.startswith(".")] == []
    for file in kept:
        mode = stat.S_IMODE(file.stat().st_mode)
        assert mode == (0o644 if file.suffix == ".crt" else 0o600), file.name
    assert b"PRIVATE" not in (folder / "root.crt").read_bytes()


def test_checking_makes_no_authority_and_needs_only_the_roots_certificate(folder, sealed, tmp_path):
    elsewhere = tmp_path / "ca"
    assert check(sealed, folder=elsewhere).reasons == (NO_ROOT,)
    assert not elsewhere.exists()
    elsewhere.mkdir()
    (elsewhere / "root.crt").write_bytes((folder / "root.crt").read_bytes())
    assert check(sealed, folder=elsewhere).ok


def _start(folder: Path, gate, answers) -> None:
    gate.wait()
    authority = Authority(folder)
    answers.put((authority.root().serial_number, authority.seal_key(ISSUER).certificate.serial_number))


def test_many_processes_begin_at_once_with_one_authority(tmp_path):
    context = multiprocessing.get_context("fork")
    gate, answers = context.Barrier(6), context.Queue()
    workers = [context.Process(target=_start, args=(tmp_path / "ca", gate, answers)) for _ in range(6)]
    for worker in workers:
        worker.start()
    got = {answers.get(timeout=30) for _ in workers}
    for worker in workers:
        worker.join()
    assert len(got) == 1
