"""Files in the browser: shown under their name, never run."""

import unicodedata
from urllib.parse import quote

from django.http import HttpResponse

# A picture needs nothing and may do nothing. A PDF cannot be sandboxed: the browsers' own viewers then stay blank
# (tried with Chromium); it may load and run nothing of its own, and uploads with scripts are refused anyway.
_PICTURE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to be shown in the browser."""
    return as_file(content, "application/pdf", name)


def as_file(content: bytes, media: str, name: str) -> HttpResponse:
    """A file to be shown under its name, by a browser that may run nothing in it."""
    response = HttpResponse(content, content_type=media)
    plain = "".join(char for char in unicodedata.normalize("NFC", name) if char.isprintable() and char not in '\\/"')
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(plain or 'document')}"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _PDF if media == "application/pdf" else _PICTURE
    return response
