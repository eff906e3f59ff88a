"""Problems (RFC 9457): every refusal as JSON, with its stable code and its sentence in the caller's language."""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus

import orjson
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext
from ninja.errors import HttpError, ValidationError

from onevisit.api.errors import Broken, Malformed, NoSuchAddress, NotAuthenticated, TooMuch, TooOften
from onevisit.core.errors import Refusal
from onevisit.core.text import Text
from onevisit.people.actions import record_refused_look
from onevisit.people.errors import NotYours
from onevisit.people.refused import said
from onevisit.ui.words import say

MEDIA = "application/problem+json"
DOCS = "/api/v1/docs"
WITHIN = 60  # seconds of a rate limit
log = logging.getLogger("onevisit.api")


def problem(refusal: Refusal) -> HttpResponse:
    """The answer of a refusal."""
    body: dict[str, object] = {
        "type": f"{DOCS}#{refusal.code}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": said(refusal),
        "code": refusal.code,
    }
    if errors := _fields(refusal):
        body["errors"] = errors
    answer = HttpResponse(orjson.dumps(body), status=refusal.status, content_type=MEDIA)
    if isinstance(refusal, NotAuthenticated):
        answer["WWW-Authenticate"] = 'Bearer realm="onevisit"'
    if isinstance(refusal, TooOften) or refusal.status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = str(WITHIN)
    return answer


def _fields(refusal: Refusal) -> list[dict[str, str]]:
    """What is wrong with which field, or lacks in which part of a draft, where the refusal knows it."""
    errors: Mapping[object, Text | str] = getattr(refusal, "errors", {})
    found: Iterable[tuple[object, Text | str]] = getattr(refusal, "missing", ()) or errors.items()
    return [
        {"field": str(field), "message": gettext(words) if isinstance(words, str) else say(words)}
        for field, words in found
    ]


def of_exception(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The answer to whatever was raised. A look at what is somebody else's is logged, as on the pages."""
    if isinstance(error, Refusal):
        asking = getattr(request, "auth", None)
        if isinstance(error, NotYours) and asking is not None:
            record_refused_look(
                by=asking.actor, what=error.what, subject=error.subject, case=error.case, now=timezone.now()
            )
        return problem(error)
    if isinstance(error, ValidationError):
        return problem(Malformed({_where(one["loc"]): str(one["msg"]) for one in error.errors}))
    if isinstance(error, RequestDataTooBig):
        return problem(TooMuch())
    if isinstance(error, MultiPartParserError | SuspiciousOperation):
        return problem(Malformed({"body": str(error)}))
    if isinstance(error, HttpError) and error.status_code == HTTPStatus.UNAUTHORIZED:
        return problem(NotAuthenticated())
    if isinstance(error, HttpError):
        return problem(Malformed({"body": error.message}))
    if isinstance(error, Http404):
        return problem(NoSuchAddress())
    assert isinstance(error, Exception)
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(Broken())


def _where(loc: tuple[object, ...]) -> str:
    """A field's place as a path, without where it was sent and what our view calls the body: facts.matter.area."""
    parts = [str(part) for part in loc[1:]]
    return ".".join(parts[1:] if parts[:1] == ["given"] else parts) or "body"
