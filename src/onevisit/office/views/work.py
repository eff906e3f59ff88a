"""One procedure of the own agency: just the facts and the evidence that it needs, and the document viewer."""

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onevisit.cases import queries
from onevisit.cases.values import Clock, EvidenceView, WorkView
from onevisit.core.catalogue import AcceptKind
from onevisit.core.law.articles import cite
from onevisit.office.page import page
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.ui.files import as_file
from onevisit.ui.words import say

SHOWN = "show"  # the address's word for the evidence in the viewer
CHIPS = {
    AcceptKind.RESOURCE: "gov",
    AcceptKind.LICENCE: "gov",
    AcceptKind.OUTPUT: "plan",
    AcceptKind.COMMITMENT: "promise",
    AcceptKind.COPY: "show",
    AcceptKind.ORIGINAL: "show",
}


@require_safe
@roles(Role.OFFICER)
def procedure(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """The page of a procedure; the look is recorded."""
    return show(request, queries.work(procedure, by=request.actor, now=timezone.now()))


@require_safe
@roles(Role.OFFICER)
def document(request: SignedInRequest, document: UUID) -> HttpResponse:
    """A document that a procedure of the own agency needs; shown, never run. The look is recorded."""
    view, content = queries.document(document, by=request.actor, now=timezone.now())
    return as_file(content, view.media, view.name)


def show(
    request: SignedInRequest, work: WorkView, *, error: str = "", kept: str = "", status: int = 200
) -> HttpResponse:
    """The page. `error`: why an act was not done; `kept`: what its officer had typed, so that it is not lost."""
    shown = _shown(work, request.GET.get(SHOWN, ""))
    context = {
        "work": work, "shown": shown, "chip": CHIPS.get(shown.kind, "up") if shown else "",
        "error": error, "kept": kept, "key": secrets.token_urlsafe(18), "history": work.history[::-1],
        "bases": articles(work.procedure.clock), "refuse": work.refusal,
    }  # fmt: skip
    return page(request, "office/procedure.html", context, status=status)


def _shown(work: WorkView, wanted: str) -> EvidenceView | None:
    """The evidence in the viewer: what was asked for, else the first document, else the first of all."""
    by_id = {str(one.id): one for one in work.evidence}
    documents = [one for one in work.evidence if one.document]
    return by_id.get(wanted) or next(iter(documents or work.evidence), None)


def articles(clock: Clock) -> list[tuple[str, str]]:
    """What a clock rests on: the article as it is cited, and what it says."""
    found = []
    for basis in clock.basis:
        note = say(basis.note) if basis.note else ""
        found.append((cite(basis), note) if basis.law else (gettext("本平台的约定"), note))
    return found
