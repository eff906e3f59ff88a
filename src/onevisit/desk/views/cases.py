"""A case that this hall took in: its receipt, where it is, and its results to be handed out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import actions, queries
from onevisit.cases.values import CaseView
from onevisit.core.law.procedure import State
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
    """The case, its letters to print, its licences to hand out."""
    view = _case(request, number)
    held = licences.of_case(view.id)
    states = {one.id: one.state for one in view.procedures}
    rows = [(one, states.get(one.procedure) is State.GRANTED and one.revocation is None) for one in held]
    context = {
        "case": view, "letters": notices.of_case(view.id), "licences": rows,
        "here": is_present(view.person, request.actor.hall, timezone.localdate()),
    }  # fmt: skip
    return render(request, "desk/case.html", context)


@require_POST
@roles(Role.CLERK)
def arrival(request: SignedInRequest, number: str) -> HttpResponse:
    """The applicant has come again."""
    view = _case(request, number)
    check_in(view.person, request.actor.hall, by=request.actor, now=timezone.now())
    return redirect("desk-case", number)


@require_POST
@roles(Role.CLERK)
def hand_over(request: SignedInRequest, number: str, licence: UUID) -> HttpResponse:
    """A licence goes into his hands."""
    actions.hand_over(licence, by=request.actor, now=timezone.now())
    return redirect("desk-case", number)


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
