"""A case that this hall took in: its letters to print, who has to come for what, its results to hand out."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import actions, queries
from onevisit.cases.values import CaseView, OpenStep
from onevisit.core.errors import Refusal
from onevisit.core.law.procedure import State
from onevisit.desk.page import page, said
from onevisit.halls.actions import check_in
from onevisit.halls.queries import is_present
from onevisit.licences import queries as licences
from onevisit.licences.errors import LicenceNotFound
from onevisit.notices import queries as notices
from onevisit.notices.errors import NoticeNotFound
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.ui.files import pdf


@require_safe
@roles(Role.CLERK)
def case(request: SignedInRequest, number: str) -> HttpResponse:
    """Where the case is, and what the window can do for it now."""
    return _page(request, _case(request, number))


@require_POST
@roles(Role.CLERK)
def arrival(request: SignedInRequest, number: str) -> HttpResponse:
    """The applicant has come again."""
    view = _case(request, number)
    check_in(view.person, request.actor.hall, by=request.actor, now=timezone.now())
    return redirect("desk-case", number)


@require_POST
@roles(Role.CLERK)
def attendance(request: SignedInRequest, number: str, procedure: UUID, step: str) -> HttpResponse:
    """He did a step for which he had to come."""
    view = _case(request, number)
    return _attempt(
        request, view,
        lambda: actions.attend(procedure, step, person=view.person, by=request.actor, now=timezone.now()),
    )  # fmt: skip


@require_POST
@roles(Role.CLERK)
def hand_over(request: SignedInRequest, number: str, licence: UUID) -> HttpResponse:
    """A licence goes into his hands."""
    view = _case(request, number)
    return _attempt(request, view, lambda: actions.hand_over(licence, by=request.actor, now=timezone.now()))


@require_safe
@roles(Role.CLERK)
def licence_pdf(request: SignedInRequest, number: str, licence: UUID) -> HttpResponse:
    """A licence of the case, to print."""
    view = _case(request, number)
    found = next((one for one in licences.of_case(view.id) if one.id == licence), None)
    if found is None:
        raise LicenceNotFound("licence", subject=None, case=view.id)
    return pdf(licences.document(licence), f"{gettext(found.title)}-{found.number}.pdf")


@require_safe
@roles(Role.CLERK)
def notice_pdf(request: SignedInRequest, number: str, notice: UUID) -> HttpResponse:
    """A letter of the case, to print."""
    view = _case(request, number)
    found = next((one for one in notices.of_case(view.id) if one.id == notice), None)
    if found is None:
        raise NoticeNotFound("notice", subject=None, case=view.id)
    return pdf(notices.document(notice), f"{gettext(found.title)}-{found.number}.pdf")


def _case(request: SignedInRequest, number: str) -> CaseView:
    return queries.case(number, by=request.actor, now=timezone.now())


def _attempt(request: SignedInRequest, view: CaseView, perform: Callable[[], object]) -> HttpResponse:
    """Do an act; if it cannot be done now, the case's page says why and what next."""
    try:
        perform()
    except Refusal as refused:
        if refused.status != HTTPStatus.CONFLICT:
            raise
        return _page(request, view, error=said(refused), status=HTTPStatus.CONFLICT)
    return redirect("desk-case", view.number)


def _page(request: SignedInRequest, view: CaseView, *, error: str = "", status: int = 200) -> HttpResponse:
    held, letters, states = licences.of_case(view.id), notices.of_case(view.id), _states(view)
    waiting = {one.id for one in held if states.get(one.procedure) is State.GRANTED and one.revocation is None}
    results = [(one, one.id in waiting) for one in held]
    context = {
        "case": view, "letters": letters, "results": results, "waiting": waiting, "error": error,
        "making": not (all(one.ready for one in letters) and all(one.ready for one in held)),
        "steps": _steps(request, view),
        "here": is_present(view.person, request.actor.hall, timezone.localdate()),
    }  # fmt: skip
    return page(request, "desk/case.html", context, status=status)


def _states(view: CaseView) -> dict[UUID, State]:
    return {one.id: one.state for one in view.procedures}


def _steps(request: SignedInRequest, view: CaseView) -> list[tuple[OpenStep, str]]:
    """Steps that can be done here today, with their service; taking a licence is handing it out, not one of them."""
    if not any(one.state.open for one in view.procedures):
        return []
    states, names = _states(view), {one.service: gettext(one.name.zh) for one in view.procedures}
    found = queries.open_steps(view.id, now=timezone.now())
    return [
        (one, names[one.service]) for one in found
        if request.actor.hall in one.places and states[one.procedure] is not State.GRANTED
    ]  # fmt: skip
