"""What anybody reads and says about the catalogue: the two public lists, drafts under public comment, documents."""

import secrets
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from onevisit.catalogue import actions, queries
from onevisit.catalogue.errors import CommentIncomplete, CommentsClosed
from onevisit.core.comparing.differences import differences
from onevisit.people.access import Request
from onevisit.people.refused import said
from onevisit.portal.often import COMMENTS_WITHIN, CommentedTooOften, count_comment
from onevisit.ui.forms import Field
from onevisit.ui.words import say

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def document(request: Request, event: str, snapshot: str) -> HttpResponse:
    """The document of a version, whose SHA-256 is its name: it never changes, so that it may be kept for ever."""
    text = queries.document(event, snapshot)
    tag = f'"{snapshot}"'
    asked = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    response = HttpResponseNotModified() if tag in asked else HttpResponse(text, content_type="application/json")
    response["ETag"], response["Cache-Control"] = tag, FOR_EVER
    response["Content-Disposition"] = f'attachment; filename="{event}-{snapshot[:12]}.json"'
    return response


@require_safe
def proof(_request: Request, event: str, snapshot: str) -> HttpResponse:
    """The proof of a version, to be checked again. Proved again by a later program it may differ, so it is not kept."""
    response = HttpResponse(queries.proof_file(event, snapshot), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{event}-{snapshot[:12]}-proof.json"'
    return response


@require_safe
def exceptions(request: Request) -> HttpResponse:
    """Life events that the law does not let be done in one visit, each with the province's entry."""
    rows = queries.listed(settings.REGION, "exceptions")
    return render(request, "portal/list.html", {"rows": rows, "which": "exceptions"})


@require_safe
def not_yet(request: Request) -> HttpResponse:
    """Life events that could be done in one visit and are not yet, each with its causes and who has to change what."""
    return render(request, "portal/list.html", {"rows": queries.listed(settings.REGION, "not-yet"), "which": "not-yet"})


@require_safe
def consultations(request: Request) -> HttpResponse:
    """Drafts under public comment."""
    rows = queries.consultations(settings.REGION, timezone.localdate())
    return render(request, "portal/consultations.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: Request, version: UUID) -> HttpResponse:
    """A draft with what it changes, what others say of it, and a form for a comment that keeps what was typed."""
    problems: dict[str, str] = {}
    error, status = "", 200
    if request.method == "POST":
        name, text, key = (request.POST.get(field, "") for field in ("name", "text", "key"))
        try:
            count_comment(request)
            made = actions.comment(version, key, name, text, by=request.actor, now=timezone.now())
            return redirect(f"{request.path}#c-{made}")
        except CommentIncomplete as refused:
            problems, status = {field: say(one) for field, one in refused.problems.items()}, refused.status
        except (CommentsClosed, CommentedTooOften) as refused:
            error, status = said(refused), refused.status
    view = queries.public_draft(version, timezone.localdate(), settings.REGION)
    context = {
        "view": view,
        "differences": None if view.base is None else differences(view.base, view.life_event),
        "fields": [
            replace(one, value=request.POST.get(one.name, one.value), error=problems.get(one.name, ""))
            for one in _fields(request)
        ],
        "key": request.POST.get("key") or secrets.token_urlsafe(18),
        "problems": problems,
        "error": error,
    }
    response = render(request, "portal/consultation.html", context, status=status)
    if status == CommentedTooOften.status:
        response["Retry-After"] = str(COMMENTS_WITHIN)
    return response


def _fields(request: Request) -> tuple[Field, Field]:
    """The comment form's fields."""
    name = request.actor.name if request.actor else ""
    return (
        Field("name", gettext("怎么称呼您"), gettext("和意见一起公开。不想公开真名，可以写别的称呼。"), name),
        Field("text", gettext("您的意见"), gettext("最多 2000 字，会公开。请不要写证件号、电话。"), lines=6),
    )
