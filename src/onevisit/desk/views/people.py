"""Somebody who came: who he is, what he has here, and what he wants to begin or go on with."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import actions, queries
from onevisit.catalogue.queries import events
from onevisit.core.errors import Refusal
from onevisit.desk.page import conflict, page
from onevisit.notices.actions import post
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role


@require_safe
@roles(Role.CLERK)
def person(request: SignedInRequest, person: UUID) -> HttpResponse:
    """Who stands here, what he has come for, his drafts and cases; what can be begun is one key away."""
    return _page(request, person)


@require_POST
@roles(Role.CLERK)
def attendance(request: SignedInRequest, person: UUID, procedure: UUID, step: str) -> HttpResponse:
    """He did a step for which he had to come; a joint one, together with the others who are here."""
    try:
        actions.attend(procedure, step, person=person, by=request.actor, now=timezone.now())
    except Refusal as refused:
        return _page(request, person, error=conflict(refused), status=HTTPStatus.CONFLICT)
    return redirect("desk-person", person)


def _page(request: SignedInRequest, person: UUID, *, error: str = "", status: int = 200) -> HttpResponse:
    """Who stands here, with what he has here and what he has come for."""
    now = timezone.now()
    context = {
        "him": queries.at_desk(person, by=request.actor, now=now),
        "events": [one.event for one in events(settings.REGION)],
        "coming": queries.coming(person, by=request.actor, now=now),
        "error": error,
    }
    return page(request, "desk/person.html", context, status=status)


@require_POST
@roles(Role.CLERK)
def begin(request: SignedInRequest, person: UUID) -> HttpResponse:
    """Begin a thing for him."""
    now, by = timezone.now(), request.actor
    him = queries.at_desk(person, by=by, now=now)
    event = request.POST.get("event", "")
    if event not in {one.event.key for one in events(settings.REGION)}:
        return redirect("desk-person", person)
    draft = actions.start_draft(event, settings.REGION, by=by, now=now, walk_in=True, hall=by.hall, person=him.id)
    return redirect("desk-draft", draft)


@require_POST
@roles(Role.CLERK)
def bring(request: SignedInRequest, person: UUID, draft: UUID) -> HttpResponse:
    """Go on here with what he began at home."""
    new = actions.bring_draft(draft, person, by=request.actor, now=timezone.now())
    return redirect("desk-draft", new)


@require_POST
@roles(Role.CLERK)
def posted(request: SignedInRequest, notice: UUID) -> HttpResponse:
    """A letter was posted, or handed over."""
    post(notice, by=request.actor, now=timezone.now())
    return redirect("desk")
