"""Papers that are not there: told on the spot in one list, or to come later where the guide lets them."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from onevisit.cases import actions, queries
from onevisit.cases.errors import KeyMissing, NotCheckedIn, NotReady
from onevisit.cases.window_errors import NotAsked, NotLater, WhatMissing
from onevisit.cases.window_values import Intake
from onevisit.core.errors import Refusal
from onevisit.desk.page import page
from onevisit.desk.sheet import Paper, Typed, only_papers, sheet
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.ui.words import say

LATER, LACKS = "later", "lacks"


@require_POST
@roles(Role.CLERK)
def no_phone(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """He declares that he has no telephone."""
    actions.no_phone(draft, by=request.actor, now=timezone.now())
    return redirect("desk-draft", draft)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.CLERK)
def missing(request: SignedInRequest, draft: UUID) -> HttpResponse:
    """Each paper that was not shown: what he is told of it; then all is submitted, and the list printed."""
    view = queries.draft(draft, by=request.actor, now=timezone.now())
    if view.submitted_number:
        return redirect("desk-case", view.submitted_number)
    papers = [one for one in sheet(view, Typed()).papers if not one.there]
    if not papers or not only_papers(view):
        return redirect("desk-draft", draft)
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            done = _submit(request, draft, papers)
            return redirect("desk-case", done)
        except NotReady as refused:
            problems = [("", say(sentence)) for _, sentence in refused.missing]
        except (NotCheckedIn, KeyMissing, NotAsked, NotLater, WhatMissing, _Undeclared) as refused:
            problems = [("#declared", said(refused))]
    rows = [(one, *_typed(request.POST, one)) for one in papers]
    context = {
        "view": view, "rows": rows, "errors": problems, "key": secrets.token_urlsafe(18),
        "declared": "declared" in request.POST,
    }  # fmt: skip
    return page(request, "desk/missing.html", context, status=422 if problems else 200)


class _Undeclared(Refusal):
    """Submitted without his declaration."""

    code = "undeclared"
    status = 422
    sentence = "请先请他看过并作出承诺，再提交。"


def _submit(request: SignedInRequest, draft: UUID, papers: list[Paper]) -> str:
    sent = request.POST
    if not sent.get("declared"):
        raise _Undeclared()
    lacks, later = {}, {}
    for one in papers:
        way, what = _typed(sent, one)
        if way == LATER:
            later[one.needed.slot] = what
        else:
            lacks[one.needed.slot] = what
    intake = Intake(accepts=True, lacks=lacks, later=later)
    return actions.submit(draft, sent.get("key", ""), by=request.actor, now=timezone.now(), intake=intake).number


def _typed(sent: Mapping[str, str], one: Paper) -> tuple[str, str]:
    """What is said of a paper: may come later or not, and what to bring; what the guide says, until he types."""
    key = one.needed.slot
    way = sent.get(f"way-{key}", LATER if one.later else LACKS)
    default = gettext("没有带来。请补交：%(hint)s") % {"hint": say(one.needed.hint) or say(one.needed.name)}
    return way, sent.get(f"what-{key}", default)
