"""What an officer does with a procedure: each act a resource that is posted to; typed words stay on errors."""

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from onevisit.cases import actions, queries
from onevisit.cases.errors import NothingMissing, ReasonsMissing, TooLong
from onevisit.cases.values import MissingInput, WorkView
from onevisit.core.errors import Refusal
from onevisit.core.text import Text
from onevisit.office.views.inbox import show
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@roles(Role.OFFICER)
def acceptance(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Accept: the papers are complete."""
    actions.accept(procedure, by=request.actor, now=timezone.now())
    return redirect("work", procedure)


@require_POST
@roles(Role.OFFICER)
def grant(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Grant: the licence is issued."""
    actions.grant(procedure, request.POST.get("key", ""), by=request.actor, now=timezone.now())
    return redirect("work", procedure)


@READ_OR_SEND
@roles(Role.OFFICER)
def missing(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Tell what is missing: chosen among the papers and facts of this procedure, said in words."""
    work = queries.work(procedure, by=request.actor, now=timezone.now())
    if "missing" not in work.can:
        return _not_now(request, work)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            actions.report_missing(procedure, _items(request, work), by=request.actor, now=timezone.now())
            return redirect("work", procedure)
        except (NothingMissing, TooLong) as refused:
            errors = [("#items", said(refused))]
    rows = [
        (name, label, bool(request.POST.get(f"has-{name}")), request.POST.get(f"what-{name}", ""))
        for name, label in _choices(work)
    ]
    context = {"work": work, "rows": rows, "errors": errors}
    return render(request, "office/missing.html", context, status=422 if errors else 200)


def _choices(work: WorkView) -> list[tuple[str, Text]]:
    """What can be missing: evidence first, then facts."""
    papers = [(f"evidence:{one.evidence}", one.name) for one in work.evidence]
    return papers + [(f"fact:{one.key}", one.label) for one in work.facts]


def _items(request: SignedInRequest, work: WorkView) -> list[MissingInput]:
    found = []
    for name, _ in _choices(work):
        if request.POST.get(f"has-{name}"):
            kind, _, key = name.partition(":")
            what = request.POST.get(f"what-{name}", "").strip()
            found.append(MissingInput(key if kind == "evidence" else "", key if kind == "fact" else "", what))
    return found


@READ_OR_SEND
@roles(Role.OFFICER)
def non_acceptance(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Do not accept, with reasons."""
    work = queries.work(procedure, by=request.actor, now=timezone.now())
    if "not_accept" not in work.can:
        return _not_now(request, work)
    errors: list[tuple[str, str]] = []
    reasons = request.POST.get("reasons", "")
    if request.method == "POST":
        try:
            actions.not_accept(procedure, reasons, by=request.actor, now=timezone.now())
            return redirect("work", procedure)
        except (ReasonsMissing, TooLong) as refused:
            errors = [("#reasons", said(refused))]
    context = {"work": work, "errors": errors, "reasons": reasons, "refusing": False}
    return render(request, "office/refusal.html", context, status=422 if errors else 200)


@READ_OR_SEND
@roles(Role.OFFICER)
def refusal(request: SignedInRequest, procedure: UUID) -> HttpResponse:
    """Refuse, with reasons; the remedies are printed as they stand here."""
    work = queries.work(procedure, by=request.actor, now=timezone.now())
    if "refuse" not in work.can:
        return _not_now(request, work)
    errors: list[tuple[str, str]] = []
    reasons, article = request.POST.get("reasons", ""), request.POST.get("article", "")
    key = request.POST.get("key") or secrets.token_urlsafe(18)
    if request.method == "POST":
        allowed = article if article in dict(work.grounds) else ""
        try:
            actions.refuse(procedure, reasons, allowed, key, by=request.actor, now=timezone.now())
            return redirect("work", procedure)
        except (ReasonsMissing, TooLong) as refused:
            errors = [("#reasons", said(refused))]
    context = {"work": work, "errors": errors, "reasons": reasons, "article": article, "key": key, "refusing": True}
    return render(request, "office/refusal.html", context, status=422 if errors else 200)


def _not_now(request: SignedInRequest, work: WorkView) -> HttpResponse:
    """The procedure's page, which says where it is now."""
    return show(request, work, error=gettext("这个办件现在不能这样做了，请看看它现在到了哪一步。"), status=409)


def said(refused: Refusal) -> str:
    """A refusal's sentence in the reader's language."""
    return refused.filled(gettext(refused.sentence))
