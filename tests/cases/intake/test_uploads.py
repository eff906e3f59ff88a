"""Each kind of bad file has its own refusal, and what is kept carries nothing but what is seen."""

import contextlib
import io
import struct
import time
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from onevisit.cases import upload_errors as errors
from onevisit.cases.actions import contents
from onevisit.cases.rules.uploads import LARGEST, PDF, check_upload, tidy_name
from tests import bombs
from tests.fixtures.files import pdf, picture


def script(writer: PdfWriter) -> None:
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def launch(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})
    writer.root_object[NameObject("/OpenAction")] = action


def huge_png() -> bytes:
    """A PNG that claims 60,000 × 60,000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0" * 1000)) + chunk(b"IEND", b"")
    )


def animated() -> bytes:
    frames = [Image.new("RGB", (8, 8), (n, 0, 0)) for n in range(0, 200, 50)]
    kept = io.BytesIO()
    frames[0].save(kept, "PNG", save_all=True, append_images=frames[1:])
    return kept.getvalue()


def archive() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        file.writestr("a.txt", "x" * 100)
    return kept.getvalue()


EXE = b"MZ" + b"\0" * 58 + b"\x80\0\0\0" + b"\0" * 64 + b"PE\0\0"


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("图.jpg", picture(), "image/jpeg"),
        ("图.JPEG", picture(), "image/jpeg"),
        ("图.png", picture("PNG"), "image/png"),
        ("图.webp", picture("WEBP"), "image/webp"),
        ("其实是图.png", picture("JPEG"), "image/jpeg"),
        ("没有扩展名", pdf(), PDF),
        ("平面图.pdf", pdf(pages=3), PDF),
    ],
)
def test_taken_by_content(name: str, content: bytes, media: str) -> None:
    kept = check_upload(name, content)
    assert kept.media == media
    assert kept.name.endswith({"image/jpeg": ".jpg", PDF: ".pdf"}.get(media, "." + media[6:]))


def test_pages_are_counted() -> None:
    assert check_upload("a.pdf", pdf(pages=3)).pages == 3


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", b"", errors.EmptyUpload),
        ("a.pdf", b"%PDF-1.7\n" + b" " * LARGEST, errors.UploadTooLarge),
        ("a.docx", archive(), errors.WrongKind),
        ("a.txt", "文本".encode(), errors.WrongKind),
        ("a.exe", EXE, errors.WrongKind),
        ("营业执照.pdf", EXE, errors.DisguisedUpload),
        ("a.png", b"<svg onload=alert(1)>", errors.DisguisedUpload),
        ("a.jpg", archive(), errors.DisguisedUpload),
        ("a.pdf", picture(), errors.DisguisedUpload),
        ("a.jpg", pdf(), errors.DisguisedUpload),
        ("a.jpg", picture()[:200], errors.BrokenUpload),
        ("a.png", picture("PNG")[:60], errors.BrokenUpload),
        ("a.pdf", pdf()[:-40], errors.BrokenUpload),
        ("a.pdf", pdf() + archive(), errors.BrokenUpload),
        ("a.pdf", b"%PDF-1.7\ngarbage\n%%EOF", errors.BrokenUpload),
        ("a.png", huge_png(), errors.PictureTooLarge),
        ("a.webp", picture("WEBP", size=(7071, 7070)), errors.PictureTooLarge),
        ("a.png", picture("PNG", size=(5001, 5000)), errors.PictureTooLarge),
        ("a.jpg", picture(size=(10_002, 10_000)), errors.PictureTooLarge),
        ("a.png", animated(), errors.AnimatedPicture),
        ("a.pdf", pdf(password="secret"), errors.EncryptedPdf),
        ("a.pdf", pdf(script), errors.ActivePdf),
        ("a.pdf", pdf(lambda w: w.add_attachment("x.exe", EXE)), errors.ActivePdf),
        ("a.pdf", pdf(launch), errors.ActivePdf),
        ("a.pdf", pdf(pages=201), errors.PdfTooLong),
    ],
)
def test_each_bad_file_has_its_own_refusal(name: str, content: bytes, refusal: type[errors.UploadRefused]) -> None:
    with pytest.raises(errors.UploadRefused) as refused:
        check_upload(name, content)
    assert type(refused.value) is refusal
    assert str(refused.value).endswith("。")


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] %s >>"
TREE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def with_root(root: bytes, page: bytes = b"", *more: bytes, tree: bytes = TREE) -> bytes:
    """A PDF of one page, with these entries in its root and in its page, and with more objects (from 4 on)."""
    return bombs.listed([b"<< /Type /Catalog /Pages 2 0 R %s >>" % root, tree, PAGE % page, *more])


@pytest.mark.parametrize(
    ("root", "page", "more"),
    [
        (b"/OpenAction << /S 4 0 R /F (cmd.exe) >>", b"", (b"/Launch",)),
        (b"/OpenAction 4 0 R", b"", (b"5 0 R", b"<< /S /L#61unch /F (cmd.exe) >>")),
        (b"/OpenAction << /S /URI /URI (https://example.org) >>", b"", ()),
        (b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /URI /URI (https://example.org) >> >>", b"", ()),
        (b"/OpenAction (a place)", b"", ()),
        (b"", b"/Annots [<< /Subtype /Link /A << /S 4 0 R /F (cmd.exe) >> >>]", (b"/Launch",)),
        (b"", b"/Annots [<< /Subtype /Link /A << /S /URI /S /Launch /F (cmd.exe) >> >>]", ()),
        (b"", b"/Annots [<< /Subtype 4 0 R >>]", (b"/FileAttachment",)),
        (b"", b"/Annots 4 0 R", (b"[5 0 R]", b"<< /Type 6 0 R >>", b"/EmbeddedFile")),
        (b"", b"/Annots [<< /Subtype /Link /A << /S /GoToR /F (other.pdf) >> >>]", ()),
        (b"", b"/Annots [<< /Subtype /Link /FS << /Type /Filespec /EF << /F 4 0 R >> >> >>]", (b"<< >>",)),
        (b"/Outlines << /First << /A << /S /SubmitForm /F (https://example.org) >> >> >>", b"", ()),
    ],
)
def test_what_acts_does_not_hide(root: bytes, page: bytes, more: tuple[bytes, ...]) -> None:
    with pytest.raises((errors.ActivePdf, errors.BrokenUpload)) as refused:
        check_upload("a.pdf", with_root(root, page, *more))
    assert (type(refused.value) is errors.BrokenUpload) == (b"/URI /S" in page), "a key twice: who knows which counts"


@pytest.mark.parametrize(
    ("root", "page"),
    [
        (b"", b""),
        (b"/OpenAction [3 0 R /Fit]", b""),
        (b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", b"/Rotate 99 0 R"),
        (b"/OpenAction null", b"/Annots [<< /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>]"),
    ],
)
def test_what_only_shows_is_taken(root: bytes, page: bytes) -> None:
    assert check_upload("a.pdf", with_root(root, page)).pages == 1


@pytest.mark.parametrize(
    ("tree", "refusal"),
    [
        (b"<< /Type /Pages /Kids [%s] /Count 1 >>" % (b"3 0 R " * 201), errors.PdfTooLong),
        (b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1 >>", errors.PdfTooLong),
        (b"<< /Type /Pages /Kids [] /Count 1 >>", errors.BrokenUpload),
        (b"<< /Type /Pages /Kids [99 0 R] /Count 1 >>", errors.BrokenUpload),
    ],
)
def test_pages_are_those_that_a_reader_turns(tree: bytes, refusal: type[errors.UploadRefused]) -> None:
    assert check_upload("a.pdf", with_root(b"", tree=b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 1 >>")).pages == 2
    with pytest.raises(refusal):
        check_upload("a.pdf", with_root(b"", tree=tree))


@pytest.mark.parametrize("said", [b"/Size 9000005", b"/Size 5 /Index [0 5 10 9000000]", b"/#53ize 9000005"])
def test_an_index_that_swells_is_refused_unread(said: bytes) -> None:
    content, started = bombs.endless_index(said), time.process_time()
    with pytest.raises(errors.UploadTooCostly):
        check_upload("a.pdf", content)
    assert time.process_time() - started < 1, "read, it takes half a minute"


class Unread(SimpleUploadedFile):
    """A file that nobody may read."""

    def read(self, *_: object) -> bytes:
        raise AssertionError


@pytest.mark.parametrize(("size", "refusal"), [(0, errors.EmptyUpload), (LARGEST + 1, errors.UploadTooLarge)])
def test_a_file_is_not_read_before_its_size_is_known(size: int, refusal: type[errors.UploadRefused]) -> None:
    assert contents(SimpleUploadedFile("a.pdf", pdf())) == pdf()
    with pytest.raises(refusal):
        contents(Unread("a.pdf", bytes(size)))


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    kinds = errors.UploadRefused.__subclasses__()
    assert len({kind.sentence for kind in kinds}) == len({kind.code for kind in kinds}) == len(kinds)


def test_metadata_and_what_hides_behind_a_picture_are_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "CAMERA-OF-SOMEBODY"
    exif.get_ifd(0x8825)[1] = "N"
    kept = check_upload("a.jpg", picture(exif=exif.tobytes(), comment=b"SECRET") + archive())
    for trace in (b"CAMERA-OF-SOMEBODY", b"SECRET", b"PK\x03\x04", b"Exif"):
        assert trace not in kept.content
    with Image.open(io.BytesIO(kept.content)) as upright:
        assert upright.size == (30, 40)


def test_a_photo_of_many_pixels_is_kept_at_half_its_width() -> None:
    kept = check_upload("a.jpg", picture(size=(8000, 6000)))
    with Image.open(io.BytesIO(kept.content)) as smaller:
        assert smaller.size == (4000, 3000)


def test_the_same_picture_becomes_the_same_bytes() -> None:
    assert check_upload("a.jpg", picture()).content == check_upload("b.jpg", picture()).content


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\fakepath\\图.exe.pdf", "图.exe.pdf"),
        ("a\x00\u202eb.pdf", "ab.pdf"),
        ("", "文件.pdf"),
        ("....pdf", "文件.pdf"),
        ("长" * 300 + ".pdf", "长" * 80 + ".pdf"),
    ],
)
def test_names_lose_folders_and_invisible_characters(name: str, tidy: str) -> None:
    assert tidy_name(name, PDF) == tidy


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_breaks_the_reader(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([pdf(pages=2), picture(), picture("PNG"), picture("WEBP")])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(errors.UploadRefused):
        check_upload("a", bytes(content))
