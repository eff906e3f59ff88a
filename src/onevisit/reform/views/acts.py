"""What the reform office does with a version: each act a resource that is posted to. Typed words are never lost."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onevisit.catalogue import actions
from onevisit.catalogue.errors import CommentIncomplete, EntryIncomplete, NoDay, NoProof, TooEarly, TooFewDays
from onevisit.core.errors import Refusal
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.reform.show.forms import Sent, day, entry_of
from onevisit.reform.views.versions import show
from onevisit.ui.words import say

OF_DAY = (NoDay, TooEarly, TooFewDays)


@require_POST
@roles(Role.REFORM)
def proof(request: SignedInRequest, version: UUID) -> HttpResponse:
    """Examine it and prove its visits."""
    return _attempt(
        request, version, "proof", lambda: actions.prove_version(version, by=request.actor, now=timezone.now())
    )


@require_POST
@roles(Role.REFORM)
def entry(request: SignedInRequest, version: UUID) -> HttpResponse:
    """Enter it on a public list."""
    form = request.POST.get("list", "")
    typed = entry_of(request.POST.dict())
    return _attempt(
        request, version, form, lambda: actions.enter_list(version, typed, by=request.actor, now=timezone.now())
    )


@require_POST
@roles(Role.REFORM)
def comment_days(request: SignedInRequest, version: UUID) -> HttpResponse:
    """Make it public for comment, or for longer."""

    def act() -> None:
        now = timezone.now()
        first = day(request.POST["first"]) if "first" in request.POST else timezone.localdate()
        actions.open_comment(version, first, day(request.POST.get("last", "")), by=request.actor, now=now)

    return _attempt(request, version, "comment-days", act, field="last")


@require_POST
@roles(Role.REFORM)
def force(request: SignedInRequest, version: UUID) -> HttpResponse:
    """In force from a day on."""
    return _attempt(
        request, version, "force",
        lambda: actions.put_in_force(
            version, day(request.POST.get("day", "")), by=request.actor, now=timezone.now()
        ),
        field="day",
    )  # fmt: skip


@require_POST
@roles(Role.REFORM)
def withdrawal(request: SignedInRequest, version: UUID) -> HttpResponse:
    """Take it back."""
    reason = request.POST.get("reason", "")
    return _attempt(
        request, version, "withdrawal",
        lambda: actions.withdraw_version(version, reason, by=request.actor, now=timezone.now()),
    )  # fmt: skip


@require_POST
@roles(Role.REFORM)
def answer(request: SignedInRequest, version: UUID, number: UUID) -> HttpResponse:
    """Answer a comment."""
    text = request.POST.get(f"answer-{number}", "")
    return _attempt(
        request, version, "comments",
        lambda: actions.answer_comment(version, number, text, by=request.actor, now=timezone.now()),
        number=number,
    )  # fmt: skip


@require_POST
@roles(Role.REFORM)
def hiding(request: SignedInRequest, version: UUID, number: UUID) -> HttpResponse:
    """Show a comment to the public no more."""
    reason = request.POST.get(f"reason-{number}", "")
    return _attempt(
        request, version, "comments",
        lambda: actions.hide_comment(version, number, reason, by=request.actor, now=timezone.now()),
        number=number,
    )  # fmt: skip


def _attempt(
    request: SignedInRequest,
    version: UUID,
    form: str,
    act: Callable[[], object],
    *,
    field: str = "",
    number: UUID | None = None,
) -> HttpResponse:
    """Do it; what cannot be done is said on the version's page, beside its field, with all that was typed.

    `field`: to which a refused day belongs. `number`: the comment whose own fields the form has.
    """
    problems: dict[str, str] = {}
    error, status = "", 422
    try:
        act()
    except (EntryIncomplete, CommentIncomplete) as refused:
        problems = {f"{name}-{number}" if number else name: say(text) for name, text in refused.problems.items()}
    except OF_DAY as refused:
        problems = {field: said(refused)}
    except Refusal as refused:
        if refused.status not in (409, NoProof.status):
            raise
        error, status = said(refused), refused.status
    if problems or error:
        return show(request, version, Sent(form, request.POST.dict(), problems), error, status)
    where = f"#c-{number}" if number else ""
    return redirect(reverse("version", args=[version]) + where)
