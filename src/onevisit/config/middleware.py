"""Refusals become pages, and every answer carries its headers."""

from collections.abc import Callable
from typing import ClassVar

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from onevisit.api.problems import problem
from onevisit.core.errors import Refusal
from onevisit.people.actions import record_refused_look
from onevisit.people.errors import NotYours
from onevisit.people.refused import said

NUL = "\0"
MACHINES = "/api/"  # addresses that answer programs
LARGEST_BODY = 56 * 1024 * 1024  # bytes: five files of 10 MB and their form
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class RefusalMiddleware:
    """Shows a Refusal as a page with its sentence; logs a look at what is somebody else's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; None leaves every other exception to Django."""
        if not isinstance(exception, Refusal):
            return None
        actor = getattr(request, "actor", None)
        if isinstance(exception, NotYours) and actor is not None:
            record_refused_look(
                by=actor, what=exception.what, subject=exception.subject, case=exception.case, now=timezone.now()
            )
        return refused(request, exception)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Its page: the sentence, and a way on; for a program its problem."""
    if request.path.startswith(MACHINES):
        return problem(refusal)
    actor = getattr(request, "actor", None)
    context = {"sentence": said(refusal), "code": refusal.code, "home": actor.home if actor else "/"}
    template = "404.html" if refusal.status == 404 else "refused.html"
    return render(request, template, context, status=refusal.status)


class BodyTooLarge(Refusal):
    """A request of more bytes than any form of ours sends; nothing of it was read."""

    code = "body-too-large"
    status = 413
    sentence: ClassVar[str] = "一次送来的文件一共超过了 {most} MB，一个也没有收下。请返回上一页，分几次传。"


class BodyMiddleware:
    """Refuses too large a request before anything reads it: Django bounds the fields of a form, not its files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or answer 413."""
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if stated.isdecimal() and int(stated[:20]) > LARGEST_BODY:
            return refused(request, BodyTooLarge(most=LARGEST_BODY // 1024 // 1024))
        return self.get_response(request)


class TextMiddleware:
    """Keeps NUL characters from the pages: PostgreSQL holds none in its texts, and nobody sees one in what he typed.

    Programs are answered by the API itself, which reads their bodies and refuses such texts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Take NUL characters out of what was typed. Raises Http404 for an address with one."""
        if NUL in request.path:
            raise Http404
        request.GET = _without_nul(request.GET)  # type: ignore[assignment]  # Django types only its immutable kind
        if not request.path.startswith(MACHINES):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _without_nul(typed: QueryDict) -> QueryDict:
    if not any(NUL in text for key, texts in typed.lists() for text in (key, *texts)):
        return typed
    clean = QueryDict(mutable=True, encoding=typed.encoding)
    for key, texts in typed.lists():
        clean.setlist(key.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
    return clean


class HeadersMiddleware:
    """Headers that Django has no setting for: permissions, and no copies of a signed-in person's pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers."""
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        if getattr(request, "actor", None) is not None and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response
