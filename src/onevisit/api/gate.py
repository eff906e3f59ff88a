"""What every operation shares, around ninja's view: language, media type, ETag, HEAD, and problems for everything."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from onevisit.api.errors import TooMuch, WrongMedia, WrongMethod
from onevisit.api.problems import of_exception, problem

JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
MOST_JSON = 2 * 1024 * 1024  # bytes
View = Callable[..., HttpResponse]


def gate(view: View, media: str = JSON) -> View:
    """The view with what all share. `media`: what its bodies are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        wanted = language(request)
        with translation.override(wanted):
            answer = _answer(view, media, request, args, kwargs)
        answer["Content-Language"] = "en" if wanted == "en" else "zh-CN"
        patch_vary_headers(answer, ["Accept-Language", "Authorization"])
        if "Cache-Control" not in answer:
            answer["Cache-Control"] = "private, no-cache" if "ETag" in answer else "no-store"
        return answer

    return guarded


def language(request: HttpRequest) -> str:
    """English for who prefers it to Chinese, else Chinese."""
    for one, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if one.startswith(("zh", "en")):
            return "en" if one.startswith("en") else "zh-hans"
    return "zh-hans"


def _answer(
    view: View, media: str, request: HttpRequest, args: tuple[object, ...], kwargs: dict[str, object]
) -> HttpResponse:
    head = request.method == "HEAD"
    if head:
        request.method = "GET"
    try:
        _check_body(request, media)
        answer = view(request, *args, **kwargs)
    except Exception as error:  # what ninja does not see: the body's size, the token endpoint
        answer = of_exception(request, error)
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = answer["Allow"]
        answer = problem(WrongMethod())
        answer["Allow"] = allowed
    if request.method == "GET" and answer.status_code == HTTPStatus.OK:
        answer = _with_etag(request, answer)
    if head:
        length = len(answer.content)
        answer.content = b""
        answer["Content-Length"] = str(length)
    return answer


def _check_body(request: HttpRequest, media: str) -> None:
    if request.method not in ("POST", "PUT", "PATCH"):
        return
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    if sent and request.content_type != media:
        raise WrongMedia(wanted=media)
    if media != FILES and sent > MOST_JSON:
        raise TooMuch()


def _with_etag(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Its ETag: what If-Match names, if anything, and a digest. 304 for who has it already."""
    version = getattr(request, "version", None)
    digest = hashlib.sha256(answer.content).hexdigest()[:24]
    etag = f'"{digest}"' if version is None else f'"{version}-{digest}"'
    known = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if etag in known or known == ["*"]:
        answer = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        del answer["Content-Type"]
    answer["ETag"] = etag
    return answer
