"""Read a PDF through: whole, without password, and with nothing in it that acts by itself. Pure."""

import io
from collections.abc import Iterator

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject
from pyhanko.pdf_utils.reader import PdfFileReader

from onevisit.cases.upload_errors import ActivePdf, BrokenUpload, EncryptedPdf, PdfTooLong, UploadRefused

MOST_PAGES = 200
MOST_OBJECTS = 50_000  # values that are looked at
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/AA", "/XFA", "/AF", "/RichMediaContent"})
_ACTIVE_NAMES = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/GoToR",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMedia",
        "/RichMediaExecute",
        "/EmbeddedFile",
        "/FileAttachment",
        "/3D",
        "/Screen",
    }
)


def check_pdf(content: bytes) -> int:
    """The number of pages. Raises BrokenUpload, EncryptedPdf, ActivePdf or PdfTooLong."""
    end = content.rstrip(b"\0\t\n\f\r ")
    if not content.startswith(b"%PDF-") or not end.endswith(b"%%EOF"):
        raise BrokenUpload()  # cut off, or something stands behind it
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            raise EncryptedPdf()
        pages = sum(_is_page(found) for found in _dictionaries(reader))
    except UploadRefused:
        raise
    except Exception as error:  # whatever a reader of foreign bytes stumbles over (fuzzing found assertions)
        raise BrokenUpload() from error
    if not pages:
        raise BrokenUpload()
    if pages > MOST_PAGES:
        raise PdfTooLong(most=MOST_PAGES)
    return pages


def _is_page(found: DictionaryObject) -> bool:
    """Whether it is a page; raises ActivePdf when it is something that acts."""
    if _ACTIVE_KEYS & found.keys():
        raise ActivePdf()
    for key in ("/S", "/Subtype", "/Type"):
        name = dict.get(found, key)
        if isinstance(name, NameObject) and str(name) in _ACTIVE_NAMES:
            raise ActivePdf()
    return str(dict.get(found, "/Type", "")) == "/Page"


def _dictionaries(reader: PdfFileReader) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached from the document's root, each once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.root]
    looked = 0
    while waiting:
        looked += 1
        if looked > MOST_OBJECTS:
            raise PdfTooLong(most=MOST_PAGES)
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()  # type: ignore[no-untyped-call]
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(dict.values(item))
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))
