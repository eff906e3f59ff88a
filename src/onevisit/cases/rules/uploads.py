"""What a file is, by its content; pictures are drawn anew, PDFs are read through. Pure: bytes in, bytes out."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

import filetype  # type: ignore[import-untyped]
from PIL import Image, ImageOps

from onevisit.cases.rules.pdf import check_pdf
from onevisit.cases.upload_errors import (
    AnimatedPicture,
    BrokenUpload,
    DisguisedUpload,
    EmptyUpload,
    PictureTooLarge,
    UploadRefused,
    UploadTooCostly,
    UploadTooLarge,
    WrongKind,
)

LARGEST = 10 * 1024 * 1024  # bytes
MOST_PIXELS = {"JPEG": 25_000_000, "PNG": 25_000_000, "WEBP": 16_000_000}  # WebP's coder takes twice the memory
PER_EVIDENCE = 5  # files
Image.MAX_IMAGE_PIXELS = None  # Pillow would warn of pictures that are refused, or read at half their size, below
PDF = "application/pdf"
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_EXTENSION = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_CLAIMS = {
    "pdf": PDF,
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that is safe to keep and to show."""

    name: str
    media: str
    content: bytes
    pages: int


def check_size(size: int) -> None:
    """Whether a file of so many bytes may be read at all. Raises EmptyUpload, UploadTooLarge."""
    if not size:
        raise EmptyUpload()
    if size > LARGEST:
        raise UploadTooLarge(size=f"{size / 1024 / 1024:.1f}", most=LARGEST // 1024 // 1024)


def check_upload(name: str, content: bytes) -> Checked:
    """The file as it is kept. Raises a kind of `UploadRefused`, each with its own sentence.

    What strangers send may take gigabytes or minutes: apart/ calls it within bounds.
    """
    check_size(len(content))
    media = filetype.guess_mime(content)
    if media == "image/apng":
        raise AnimatedPicture()
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    claimed = _CLAIMS.get(extension)
    if claimed is not None and (media not in _EXTENSION or (media == PDF) != (claimed == PDF)):
        raise DisguisedUpload(claimed=extension.upper())
    if media not in _EXTENSION:
        raise WrongKind()
    if media == PDF:
        return Checked(tidy_name(name, media), media, content, check_pdf(content))
    kept = redrawn(content, media)
    if zipfile.is_zipfile(io.BytesIO(kept)):  # drawn anew it cannot be; if it is, something is wrong with us
        raise BrokenUpload()
    return Checked(tidy_name(name, media), media, kept, 1)


def tidy_name(name: str, media: str) -> str:
    """The name without folders and invisible characters, with the extension of its true kind."""
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    stem = base.rpartition(".")[0] or base
    shown = "".join(char for char in stem if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*').strip(" .")
    return f"{shown[:80] or '文件'}.{_EXTENSION[media]}"


def redrawn(content: bytes, media: str) -> bytes:
    """The picture decoded and encoded again: upright, without metadata (place, camera), with nothing behind it."""
    form = PICTURES[media]
    try:
        plain = _decoded(content, form)
    except UploadRefused:
        raise
    except MemoryError as error:
        raise UploadTooCostly() from error
    except Exception as error:  # whatever a decoder of foreign bytes stumbles over
        raise BrokenUpload() from error
    plain.info = {}
    kept = io.BytesIO()
    plain.save(kept, form, **({} if form == "PNG" else {"quality": 90}))
    return kept.getvalue()


def _decoded(content: bytes, form: str) -> Image.Image:
    """A copy of the pixels; what the decoder holds besides is given back on return, before they are encoded."""
    with Image.open(io.BytesIO(content), formats=[form]) as picture:
        if form == "JPEG" and picture.width * picture.height > MOST_PIXELS[form]:
            picture.draft(None, (picture.width // 2, picture.height // 2))  # decoded at half its width and height
        if picture.width * picture.height > MOST_PIXELS[form]:
            raise PictureTooLarge(most=MOST_PIXELS[form] // 10_000)
        if form != "JPEG" and getattr(picture, "n_frames", 1) > 1:
            raise AnimatedPicture()
        picture.load()
        ImageOps.exif_transpose(picture, in_place=True)
        return picture.convert("RGBA" if picture.has_transparency_data and form != "JPEG" else "RGB")
