"""Bytes as an answer, and how the document says it."""

from typing import Any

from django.http import HttpResponse

MEDIA = ("application/pdf", "image/jpeg", "image/png", "image/webp")
BYTES: dict[str, Any] = {
    "responses": {200: {"content": {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA}}}
}


def file_of(content: bytes, media: str) -> HttpResponse:
    """The file, to be saved and never shown by a browser."""
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = "attachment"
    return answer
