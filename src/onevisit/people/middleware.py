"""Sets request.actor from the session."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onevisit.people import session


class ActorMiddleware:
    """`request.actor` is who is signed in, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the actor in place."""
        request.actor = session.actor_of(request, now=timezone.now())  # type: ignore[attr-defined]
        return self.get_response(request)
