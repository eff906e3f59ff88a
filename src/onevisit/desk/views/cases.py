"""A case that this hall took in: its letters to print, what its applicant has to come for, its results."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import actions, queries
from onevisit.cases.values import CaseView
from onevisit.core.codes import BadCode
from onevisit.core.errors import Refusal
from onevisit.core.law.procedure import State
from onevisit.desk.page import case_of, conflict, page
from onevisit.halls.actions import check_in
from onevisit.licences import queries as licences
from onevisit.licences.errors import LicenceNotFound
from onevisit.notices import queries as notices
from onevisit.notices.actions import make_now
from onevisit.notices.errors import NoticeNotFound
from onevisit.notices.values import NoticeView
from onevisit.payments.queries import bills_of
from onevisit.payments.values import BillState, Way
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actions import register_walk_in
from onevisit.people.actor import Role
from onevisit.people.errors import NameMissing, OtherName
from onevisit.people.refused import said
from onevisit.ui.files import pdf

JUST_NOW = timedelta(minutes=2)


@require_safe
@roles(Role.CLERK)
def case(request: SignedInRequest, number: str) -> HttpResponse:
    """Where the case is, and what the window can do for it now."""
    return case_page(request, case_of(request, number))


@require_POST
@roles(Role.CLERK)
def arrival(request: SignedInRequest, number: str) -> HttpResponse:
    """The applicant has come again."""
    view = case_of(request, number)
    check_in(view.person, request.actor.hall, by=request.actor, now=timezone.now())
    return redirect("desk-steps" if request.POST.get("steps") else "desk-case", number)


@require_safe
@roles(Role.CLERK)
def steps(request: SignedInRequest, number: str) -> HttpResponse:
    """What the applicant has to come for, and can do here today."""
    return _steps_page(request, case_of(request, number))


@require_POST
@roles(Role.CLERK)
def attendance(request: SignedInRequest, number: str, procedure: UUID, step: str) -> HttpResponse:
    """He did a step for which he had to come."""
    view = case_of(request, number)
    try:
        actions.attend(procedure, step, person=view.person, by=request.actor, now=timezone.now())
    except Refusal as refused:
        return _steps_page(request, view, error=conflict(refused), status=HTTPStatus.CONFLICT)
    return redirect("desk-steps", number)


@require_POST
@roles(Role.CLERK)
def hand_over(request: SignedInRequest, number: str, licence: UUID) -> HttpResponse:
    """A licence goes into his hands."""
    view = case_of(request, number)
    try:
        actions.hand_over(licence, by=request.actor, now=timezone.now())
    except Refusal as refused:
        return case_page(request, view, error=conflict(refused), status=HTTPStatus.CONFLICT)
    return redirect("desk-case", number)


@require_POST
@roles(Role.CLERK)
def mandatary(request: SignedInRequest, number: str, licence: UUID) -> HttpResponse:
    """A licence goes into the hands of who has his mandate, who has come for it."""
    view, by, now = case_of(request, number), request.actor, timezone.now()
    name, card = (request.POST.get(one, "").strip() for one in ("taker", "taker_number"))
    try:
        taker = register_walk_in(name, card, "", by=by, now=now)
        check_in(taker, by.hall, by=by, now=now)
        actions.hand_over(licence, by=by, now=now, taker=taker)
    except (NameMissing, BadCode, OtherName) as refused:
        error, status = said(refused), HTTPStatus.UNPROCESSABLE_ENTITY
    except Refusal as refused:
        error, status = conflict(refused), HTTPStatus.CONFLICT
    else:
        return redirect("desk-case", number)
    return case_page(request, view, error=error, taking=licence, kept=f"{name} {card}".strip(), status=status)


@require_safe
@roles(Role.CLERK)
def licence_pdf(request: SignedInRequest, number: str, licence: UUID) -> HttpResponse:
    """A licence of the case, to print."""
    view = case_of(request, number)
    found = next((one for one in view.licences if one.id == licence), None)
    if found is None:
        raise LicenceNotFound("licence", subject=None, case=view.id)
    return pdf(licences.document(licence), f"{gettext(found.title)}-{found.number}.pdf")


@require_safe
@roles(Role.CLERK)
def notice_pdf(request: SignedInRequest, number: str, notice: UUID) -> HttpResponse:
    """A letter of the case, to print."""
    view = case_of(request, number)
    found = next((one for one in notices.of_case(view.id) if one.id == notice), None)
    if found is None:
        raise NoticeNotFound("notice", subject=None, case=view.id)
    return pdf(make_now(notice, now=timezone.now()), f"{gettext(found.title)}-{found.number}.pdf")


def _to_print(view: CaseView, letters: list[NoticeView]) -> UUID | None:
    """The receipt, as long as it is what the clerk prints next: the case was just handed in."""
    just_now = timezone.now() - view.submitted_at < JUST_NOW
    return next((one.id for one in letters if one.kind == "receipt" and just_now), None)


def case_page(
    request: SignedInRequest,
    view: CaseView,
    *,
    error: str = "",
    taking: UUID | None = None,
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    """The case, with what waits to be supplied, handed out or printed.

    `taking`: the licence or bill whose form comes back; `kept`: what was typed in it, shown where it is not there.
    """
    letters, states = notices.of_case(view.id), {one.id: one.state for one in view.procedures}
    held = view.licences
    granted = {one.id for one in held if states.get(one.procedure) is State.GRANTED and one.revocation is None}
    waiting = granted - queries.handed_over(view.id) if granted else granted
    missing = [one for one in view.correction.items if one.open] if view.correction else []
    bills = bills_of(view.id) if view.event.has_fees else ()
    unpaid = {one.id for one in bills if one.state is BillState.UNPAID}
    context = {
        "bills": bills, "to_pay": bool(unpaid),
        "case": view, "missing": sorted(missing, key=lambda one: one.agency.zh), "taking": taking,
        "taker": request.POST.get("taker", ""), "taker_number": request.POST.get("taker_number", ""),
        "slip": request.POST.get("slip", ""), "by_cash": request.POST.get("way") == Way.CASH,
        "first": _to_print(view, letters),
        "kept": "" if taking in waiting | unpaid else kept,
        "letters": letters, "results": [(one, one.id in waiting) for one in held], "waiting": waiting,
        "making": not (all(one.ready for one in letters) and all(one.ready for one in held)), "error": error,
        "running": any(one.state.open for one in view.procedures),
    }  # fmt: skip
    return page(request, "desk/case.html", context, status=status)


def _steps_page(request: SignedInRequest, view: CaseView, *, error: str = "", status: int = 200) -> HttpResponse:
    """Steps that can be done here today; taking a licence is handing it out, not one of them."""
    names = {one.service: one for one in view.procedures}
    found = queries.open_steps(view.id, now=timezone.now())
    rows = [
        (one, names[one.service].name, request.actor.hall in one.places) for one in found
        if names[one.service].state is not State.GRANTED
    ]  # fmt: skip
    context = {
        "case": view, "rows": rows, "error": error,
        "needed": any(here for _, _, here in rows),
    }  # fmt: skip
    return page(request, "desk/steps.html", context, status=status)
