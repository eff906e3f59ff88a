"""Cases after the submission: receipt, tracking, supplying what is missing, withdrawing, rating."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from onevisit.cases import actions, queries
from onevisit.cases.errors import BadGrade, ItemsRefused, NotYetToRate
from onevisit.cases.values import CaseView
from onevisit.notices import queries as notices
from onevisit.notices.values import NoticeView
from onevisit.paper.qr import qr
from onevisit.payments.queries import bill_of
from onevisit.payments.values import BillView
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.portal.show import track
from onevisit.ui import supply

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
    paper = next((one for one in _letters(request, view) if one.kind == "receipt"), None)
    address = f"{settings.PUBLIC_URL}/cases/{view.number}"
    context = {"case": view, "paper": paper, "qr": track.picture(qr(address), gettext("办件二维码"))}
    return render(request, "portal/receipt.html", context)


@require_safe
@roles(Role.APPLICANT)
def case(request: SignedInRequest, number: str) -> HttpResponse:
    """Where each procedure is, whose turn it is, by when; the history; what has come of it."""
    view = queries.case(number, by=request.actor, now=timezone.now())
    papers = _letters(request, view)
    history = view.history[::-1]
    context = {
        "case": view,
        "rows": track.rows(view, papers),
        "latest": history[:LATEST],
        "earlier": history[LATEST:],
        "done": sum(p.decided_at is not None for p in view.procedures),
        "notices": [one for one in papers if one.procedure is None],
        "own": next((one for one in view.parties if one.you and one.can_sign), None),
        "bill": _bill(view),
    }
    return render(request, "portal/case.html", context)


def _letters(request: SignedInRequest, view: CaseView) -> list[NoticeView]:
    """The case's letters to who reads it; other parties are not led to what they may not open."""
    return [one for one in notices.of_case(view.id) if one.recipient == request.actor.person]


def _bill(view: CaseView) -> BillView | None:
    """The case's bill; events without fees have none, and it is not looked for."""
    return bill_of(view.id) if view.event.has_fees else None


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.APPLICANT)
def supplement(request: SignedInRequest, number: str) -> HttpResponse:
    """Everything that agencies found missing, on one page; each is told once."""
    view = queries.case(number, by=request.actor, now=timezone.now())
    refused: ItemsRefused | None = None
    if request.method == "POST" and view.correction is not None:
        given = supply.sent(request, view.correction.items)
        try:
            actions.supply(number, given.answers, given.files, by=request.actor, now=timezone.now())
            return redirect("case", number)
        except ItemsRefused as some:
            refused = some
            view = queries.case(number, by=request.actor, now=timezone.now())
    if view.correction is None or not any(item.open for item in view.correction.items):
        return redirect("case", number)
    rows = supply.rows(view.correction.items, view.event.facts, request, refused.errors if refused else {})
    context = {"case": view, "rows": rows, "errors": supply.summary(rows), "refused": said(refused) if refused else ""}
    return render(request, "portal/supplement.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.APPLICANT)
def signature(request: SignedInRequest, number: str) -> HttpResponse:
    """What another party of the case is asked to sign online; he reads it, declares, and signs once for all of it."""
    undeclared = False
    if request.method == "POST":
        undeclared = not request.POST.get("declared")
        if not undeclared:
            actions.sign(number, by=request.actor, now=timezone.now())
            return redirect("case", number)
    view = queries.case(number, by=request.actor, now=timezone.now())
    own = next((one for one in view.parties if one.you and one.can_sign), None)
    if own is None:
        return redirect("case", number)
    context = {
        "case": view,
        "own": own,
        "errors": [("#declared", gettext("请先勾选“我看过了”，再签字。"))] if undeclared else [],
    }
    return render(request, "portal/signature.html", context, status=422 if undeclared else 200)


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
    errors, status = list[tuple[str, str]](), 200
    if request.method == "POST":
        grade, words = request.POST.get("grade", ""), request.POST.get("words", "")
        try:
            actions.rate(number, GRADES.get(grade, 0), words, by=request.actor, now=timezone.now())
            return redirect("case", number)
        except BadGrade as refused:
            errors, status = [("#g1", said(refused))], refused.status
        except NotYetToRate as refused:  # as when he has rated it in another window
            errors, status = [("", said(refused))], refused.status
    view = queries.case(number, by=request.actor, now=timezone.now())
    context = {
        "case": view,
        "grades": track.grades(),
        "errors": errors,
        "grade": request.POST.get("grade", ""),
        "words": request.POST.get("words", ""),
    }
    return render(request, "portal/rating.html", context, status=status)
