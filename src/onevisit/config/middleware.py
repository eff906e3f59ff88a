"""Refusals become pages, and every answer carries its headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from onevisit.core.errors import Refusal
from onevisit.people.actions import record_refused_look
from onevisit.people.errors import NotYours

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
        context = {
            "sentence": exception.filled(gettext(exception.sentence)),
            "code": exception.code,
            "home": actor.home if actor else "/",
        }
        template = "404.html" if exception.status == 404 else "refused.html"
        response = render(request, template, context, status=exception.status)
        if "HX-Request" in request.headers:  # htmx swaps only answers of success, and only its target
            response.status_code = 200
            response["HX-Retarget"] = "body"
            response["HX-Reswap"] = "innerHTML"
        return response


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
