"""Read a PDF through: whole, without password, and with nothing in it that acts by itself. Pure."""

import io
import re
from collections.abc import Iterator

from pyhanko.pdf_utils.decode_limits import DecodeLimits, DecodePurpose, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader

from onevisit.cases.upload_errors import (
    ActivePdf,
    BrokenUpload,
    EncryptedPdf,
    PdfTooLong,
    UploadRefused,
    UploadTooCostly,
)

MOST_PAGES = 200
MOST_VALUES = 50_000  # that are looked at
_MILLIONS = re.compile(rb"/(?:Size\s*|Index\s*\[[\d\s]*)\d{7}")  # of objects: said by a file that has no room for them
_MIB = 1024 * 1024
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_ratio=None, max_output_size=8 * _MIB),
    per_purpose={DecodePurpose.XREF_STREAM: StreamDecodeLimits(max_ratio=None, max_output_size=2 * _MIB)},
    document_budget=DocumentDecodeBudget(base_allowance=64 * _MIB, max_ratio=4),
)
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AA", "/XFA", "/AF", "/RichMediaContent"})
_KINDS = ("/S", "/Subtype", "/Type")
_ACTIVE_NAMES = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/GoToR",
        "/Thread",
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
    """The number of pages. Raises BrokenUpload, EncryptedPdf, ActivePdf, PdfTooLong or UploadTooCostly.

    A file can be made that takes gigabytes or minutes all the same: call it where both are limited.
    """
    end = content.rstrip(b"\0\t\n\f\r ")
    if not content.startswith(b"%PDF-") or not end.endswith(b"%%EOF"):
        raise BrokenUpload()  # cut off, or something stands behind it
    if _MILLIONS.search(content):
        raise UploadTooCostly()
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False, decode_limits=_LIMITS)
        if reader.encrypted:
            raise EncryptedPdf()
        reader.strict = True  # an object that readers take in different ways (a key twice) could hide from this one
        _opens_quietly(reader)
        for found in _dictionaries(reader):
            _is_still(reader, found)
        return _pages(reader)
    except UploadRefused:
        raise
    except PdfDecodeLimitError as error:
        raise UploadTooCostly() from error
    except Exception as error:  # whatever a reader of foreign bytes stumbles over (fuzzing found assertions)
        raise (UploadTooCostly() if _for_memory(error) else BrokenUpload()) from error


def _for_memory(error: BaseException | None) -> bool:
    """Whether it comes from a lack of memory, which pyHanko may take for damage and Python not even be able to say."""
    if error is None or isinstance(error, (MemoryError, SystemError)):
        return error is not None
    return _for_memory(error.__cause__ or error.__context__)


def _opens_quietly(reader: PdfFileReader) -> None:
    """Opening it may show a place in it and do nothing else. Raises ActivePdf."""
    action = _resolved(reader, dict.get(reader.root, "/OpenAction"))
    if action is None or isinstance(action, ArrayObject):
        return
    if not isinstance(action, DictionaryObject) or "/Next" in action or _name(reader, action, "/S") != "/GoTo":
        raise ActivePdf()


def _is_still(reader: PdfFileReader, found: DictionaryObject) -> None:
    """Raises ActivePdf when it is something that acts or holds a file."""
    if _ACTIVE_KEYS & found.keys() or any(_name(reader, found, key) in _ACTIVE_NAMES for key in _KINDS):
        raise ActivePdf()


def _pages(reader: PdfFileReader) -> int:
    """How many pages a reader turns: a page that the tree names twice is two. Raises PdfTooLong."""
    pages, looked, waiting = 0, 0, [dict.get(reader.root, "/Pages")]
    while waiting:
        node = _resolved(reader, waiting.pop())
        if not isinstance(node, DictionaryObject):
            raise BrokenUpload()
        looked += 1
        kids = _resolved(reader, dict.get(node, "/Kids"))
        pages += kids is None
        if pages > MOST_PAGES or looked > 10 * MOST_PAGES:  # also a tree that goes round in a circle
            raise PdfTooLong(most=MOST_PAGES)
        if isinstance(kids, ArrayObject):
            waiting.extend(list.__iter__(kids))
    if not pages:
        raise BrokenUpload()
    return pages


def _dictionaries(reader: PdfFileReader) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached from the document's root, each once. Raises UploadTooCostly."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.root]
    looked = 0
    while waiting:
        looked += 1
        if looked > MOST_VALUES:
            raise UploadTooCostly()
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = _resolved(reader, item)
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(dict.values(item))
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))


def _name(reader: PdfFileReader, found: DictionaryObject, key: str) -> str:
    return str(_resolved(reader, dict.get(found, key)))


def _resolved(reader: PdfFileReader, value: object) -> object:
    """What a reference refers to, and None for nothing: a reference into nothing is common and harmless."""
    if isinstance(value, IndirectObject):
        there = reader.xrefs[value.reference] is not None
        value = value.get_object() if there else None  # type: ignore[no-untyped-call]
    return None if isinstance(value, NullObject) else value
