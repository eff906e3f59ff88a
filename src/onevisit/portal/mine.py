"""Which drafts this browser began: before sign-in, that is what makes them its own."""

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from onevisit.cases import actions, queries
from onevisit.cases.values import DraftView
from onevisit.people.access import Request, SignedInRequest
from onevisit.people.actor import Role

_KEY, _MOST = "drafts", 8


def remember(request: HttpRequest, draft: UUID) -> None:
    """Note the draft in the signed session; the oldest is forgotten when there are many."""
    kept = [one for one in request.session.get(_KEY, []) if one != draft.hex]
    request.session[_KEY] = [*kept[1 - _MOST :], draft.hex]


def began_here(request: HttpRequest, draft: UUID) -> bool:
    """Whether this browser began it."""
    return draft.hex in request.session.get(_KEY, [])


def open_draft(request: Request | SignedInRequest, draft: UUID) -> DraftView:
    """The draft for a page. A visitor who has signed in meanwhile gets it into his account, with what government has.

    Raises cases' NotFound for somebody else's.
    """
    now, here = timezone.now(), began_here(request, draft)
    view = queries.draft(draft, by=request.actor, now=now, token_ok=here)
    if request.actor and request.actor.role is Role.APPLICANT and not view.signed_in and not view.submitted_number:
        actions.adopt_draft(draft, by=request.actor, now=now)
        view = queries.draft(draft, by=request.actor, now=now, token_ok=here)
    return view
