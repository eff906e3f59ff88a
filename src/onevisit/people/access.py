"""Decorators of pages: who may come in. A form whose session ended is carried over the sign-in page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from onevisit.people import carry
from onevisit.people.actor import Actor, Role
from onevisit.people.errors import NotYourRole

P = ParamSpec("P")


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor | None


class SignedInRequest(HttpRequest):
    """A request that came through `signed_in` or `roles`."""

    actor: Actor


Page = Callable[Concatenate[SignedInRequest, P], HttpResponse]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(page: Page[P]) -> Guarded[P]:
    """Only for somebody who is signed in, in whatever role; others are sent to the sign-in page."""
    return roles(*Role)(page)


def roles(*allowed: Role) -> Callable[[Page[P]], Guarded[P]]:
    """Only for these roles. Strangers are sent to the sign-in page; other roles get NotYourRole (403)."""

    def guard(page: Page[P]) -> Guarded[P]:
        @wraps(page)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor: Actor | None = request.actor  # type: ignore[attr-defined]
            if actor is None:
                return ask_to_sign_in(request)
            if actor.role not in allowed:
                raise NotYourRole()
            return page(request, *args, **kwargs)  # type: ignore[arg-type]

        return guarded

    return guard


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page and back: by address for a page, with the typed fields for a form."""
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
    context = {"carried": carry.pack(request), "next": "", "expired": True}
    return render(request, "people/sign_in.html", context, status=403)
