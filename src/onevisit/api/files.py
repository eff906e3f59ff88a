"""Bytes as an answer, and how the document says it."""

from typing import Any

from django.http import HttpResponse

MEDIA = ("application/pdf", "image/jpeg", "image/png", "image/webp")


def _bytes(*media: str) -> dict[str, Any]:
    return {"responses": {200: {"content": {one: {"schema": {"type": "string", "format": "binary"}} for one in media}}}}


BYTES, PDF = _bytes(*MEDIA), _bytes(*MEDIA[:1])


def file_of(content: bytes, media: str) -> HttpResponse:
    """The file, to be saved and never shown by a browser."""
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = "attachment"
    return answer
