"""Cases after the submission: receipt, tracking, supplying what is missing, withdrawing, rating."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from onevisit.cases import actions, queries
from onevisit.cases.errors import AnswersRefused, BadGrade
from onevisit.cases.upload_errors import UploadRefused
from onevisit.cases.values import CaseView
from onevisit.licences import queries as licences
from onevisit.notices import queries as notices
from onevisit.paper.qr import qr
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.portal.show import track
from onevisit.ui.forms import field_of
from onevisit.ui.words import say

GRADES = {str(grade): grade for grade in range(1, 6)}
LATEST = 6  # steps of the history that are shown at once


@require_safe
@roles(Role.APPLICANT)
def cases(request: SignedInRequest) -> HttpResponse:
    """My cases, newest first, and drafts to go on with, on whatever device."""
    found = queries.cases_of(request.actor, before=request.GET.get("before", ""))
    drafts = queries.drafts_of(request.actor) if found.first else []
    return render(request, "portal/cases.html", {"cases": found, "drafts": drafts})


@require_safe
@roles(Role.APPLICANT)
def receipt(request: SignedInRequest, number: str) -> HttpResponse:
    """It has arrived: number, QR code, what happens next, the receipt as PDF."""
    view = queries.case(number, by=request.actor, now=timezone.now())
    paper = next((n for n in notices.of_case(view.id) if n.kind == "receipt"), None)
    address = f"{settings.PUBLIC_URL}/cases/{view.number}"
    context = {"case": view, "paper": paper, "qr": track.picture(qr(address), gettext("办件二维码"))}
    return render(request, "portal/receipt.html", context)


@require_safe
@roles(Role.APPLICANT)
def case(request: SignedInRequest, number: str) -> HttpResponse:
    """Where each procedure is, whose turn it is, by when; the history; what has come of it."""
    view = queries.case(number, by=request.actor, now=timezone.now())
    papers = notices.of_case(view.id)
    history = view.history[::-1]
    context = {
        "case": view,
        "rows": track.rows(view, licences.of_case(view.id), papers),
        "latest": history[:LATEST],
        "earlier": history[LATEST:],
        "done": sum(p.decided_at is not None for p in view.procedures),
        "notices": [one for one in papers if one.procedure is None],
    }
    return render(request, "portal/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.APPLICANT)
def supplement(request: SignedInRequest, number: str) -> HttpResponse:
    """Everything that agencies found missing, on one page; each is told once."""
    now = timezone.now()
    view = queries.case(number, by=request.actor, now=now)
    if view.correction is None:
        return redirect("case", number)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _supply(request, view)
        if not errors:
            return redirect("case", number)
        view = queries.case(number, by=request.actor, now=now)
    assert view.correction is not None
    specs = {spec.key: spec for spec in view.event.facts}
    rows = []
    for item in view.correction.items:
        name = f"item-{item.id}"
        field = None
        if item.fact in specs:
            field = track.renamed(field_of(specs[item.fact], typed=request.POST.get(name)), name, errors.get(name, ""))
        rows.append((item, name, field, errors.get(name, "")))
    context = {"case": view, "rows": rows, "errors": [(f"#{name}", words) for name, words in errors.items()]}
    return render(request, "portal/supplement.html", context, status=422 if errors else 200)


def _supply(request: SignedInRequest, view: CaseView) -> dict[str, str]:
    """Hand in what came with the form; a sentence for each item that cannot be taken."""
    assert view.correction is not None
    now, errors = timezone.now(), {}
    answers: dict[str, str] = {}
    documents: dict[UUID, UUID] = {}
    names = {item.fact: f"item-{item.id}" for item in view.correction.items}
    for item in view.correction.items:
        name = f"item-{item.id}"
        file, typed = request.FILES.get(name), request.POST.get(name, "")
        if item.fact and typed.strip():
            answers[item.fact] = typed
        elif file is not None:
            try:
                content = actions.contents(file)
                documents[item.id] = actions.upload_missing(
                    item.id, file.name or "", content, by=request.actor, now=now
                )
            except UploadRefused as refused:
                errors[name] = said(refused)
    if not answers and not documents and not errors:
        first = next((f"item-{item.id}" for item in view.correction.items if not item.supplied), "")
        return {first: gettext("还没有补任何一项。请至少补一项，再提交。")}
    if answers or documents:
        try:
            actions.supplement(view.number, answers, documents, by=request.actor, now=now)
        except AnswersRefused as refused:
            errors.update({names[key]: say(text) for key, text in refused.errors.items() if key in names})
    return errors


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.APPLICANT)
def withdrawal(request: SignedInRequest, number: str) -> HttpResponse:
    """Withdraw the application, after asking once more."""
    if request.method == "POST":
        actions.withdraw(number, by=request.actor, now=timezone.now())
        return redirect("case", number)
    return render(
        request, "portal/withdrawal.html", {"case": queries.case(number, by=request.actor, now=timezone.now())}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.APPLICANT)
def rating(request: SignedInRequest, number: str) -> HttpResponse:
    """Five grades and, if one likes, words."""
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        grade, words = request.POST.get("grade", ""), request.POST.get("words", "")
        try:
            actions.rate(number, GRADES.get(grade, 0), words, by=request.actor, now=timezone.now())
            return redirect("case", number)
        except BadGrade as refused:
            errors = [("#g1", said(refused))]
    view = queries.case(number, by=request.actor, now=timezone.now())
    context = {
        "case": view,
        "grades": track.grades(),
        "errors": errors,
        "grade": request.POST.get("grade", ""),
        "words": request.POST.get("words", ""),
    }
    return render(request, "portal/rating.html", context, status=422 if errors else 200)
