"""Paying: what is due of a case, the way to the provider and back, receipts; and the provider's callback."""

from typing import cast
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases import queries as cases
from onevisit.payments import actions, queries
from onevisit.payments.errors import (
    AlreadyPaid,
    BillNotFound,
    ForgedCallback,
    OrderOver,
    ProviderAway,
    UnreadableCallback,
)
from onevisit.payments.values import BillState
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.ui.files import pdf

LARGEST_CALLBACK = 64 * 1024  # bytes


@require_safe
@roles(Role.APPLICANT)
def bills(request: SignedInRequest, number: str) -> HttpResponse:
    """What is due, by payee and with its basis; what was paid, and its receipts."""
    return _page(request, cases.reach(number, by=request.actor))


@require_POST
@roles(Role.APPLICANT)
def payment(request: SignedInRequest, number: str, bill: UUID) -> HttpResponse:
    """To the provider's page; when it is paid or cannot be paid now, back with a sentence."""
    number = cases.reach(number, by=request.actor)
    if queries.bill(bill).case_number != number:
        raise BillNotFound("bill")
    try:
        return redirect(actions.begin_payment(bill, by=request.actor, now=timezone.now()))
    except AlreadyPaid:
        return redirect("pay", number)
    except (ProviderAway, OrderOver) as refused:
        return _page(request, number, error=said(refused), status=refused.status)


@require_safe
@roles(Role.APPLICANT)
def receipt(request: SignedInRequest, number: str, receipt: UUID) -> HttpResponse:
    """The sealed receipt of a payment or refund."""
    number = cases.reach(number, by=request.actor)
    name, content = queries.receipt(receipt, case_number=number)
    return pdf(content, f"{name}.pdf")


def _page(request: SignedInRequest, number: str, *, error: str = "", status: int = 200) -> HttpResponse:
    found = queries.bills_by_number(number)
    if not found:
        raise Http404
    context = {
        "number": number,
        "bills": found,
        "error": error,
        "online": bool(settings.PAYMENT_URL),
        "waiting": any(bill.waiting for bill in found),
        "unpaid": any(bill.state is BillState.UNPAID for bill in found),
        "more": any(row.surplus and not row.done for bill in found for row in bill.money),
    }
    leads_to = {"form-action": [settings.PAYMENT_PAGE]} if settings.PAYMENT_PAGE else {}

    @csp_update(leads_to)  # browsers hold a form to where its answer sends them
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, "portal/pay.html", context, status=status)

    return cast(HttpResponse, page(request))


@csrf_exempt
@require_POST
def callback(request: HttpRequest) -> HttpResponse:
    """What the provider says by itself; it is believed only as far as the provider repeats it when asked.

    200 = known; 202 = noted, but the provider did not answer us; 4xx = forged or unreadable.
    """
    if request.content_type != "application/json":
        return JsonResponse({"type": UnreadableCallback.code}, status=415)
    stated = request.META.get("CONTENT_LENGTH") or "0"
    if not stated.isdecimal() or int(stated[:20]) > LARGEST_CALLBACK:
        return JsonResponse({"type": UnreadableCallback.code}, status=413)
    try:
        answered = actions.take_callback(request.body, request.headers, now=timezone.now())
    except (ForgedCallback, UnreadableCallback) as refused:
        return JsonResponse({"type": refused.code}, status=refused.status)
    return JsonResponse({"type": "known" if answered else "noted"}, status=200 if answered else 202)
