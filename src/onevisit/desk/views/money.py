"""Money at the window: cash or a card for a bill, and what goes back that the window took."""

from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from onevisit.core.errors import Refusal
from onevisit.desk.page import case_of
from onevisit.desk.views.cases import case_page
from onevisit.payments import actions, queries
from onevisit.payments.errors import BillNotFound
from onevisit.payments.values import Way
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said


@require_POST
@roles(Role.CLERK)
def payment(request: SignedInRequest, number: str, bill: UUID) -> HttpResponse:
    """The clerk has the money of a bill: by which way, and the number on the slip.

    The amount that the page showed comes along, so that a bill changed meanwhile is not paid unseen.
    """
    view = case_of(request, number)
    if bill not in {one.id for one in queries.bills_of(view.id)}:
        raise BillNotFound("bill")
    way = Way.CASH if request.POST.get("way") == Way.CASH else Way.POS
    try:
        amount = Decimal(request.POST.get("amount", ""))
    except InvalidOperation:
        amount = Decimal(0)
    try:
        slip = request.POST.get("slip", "")
        actions.pay_at_window(bill, way=way, amount=amount, receipt_number=slip, by=request.actor, now=timezone.now())
    except Refusal as refused:
        return case_page(request, view, error=said(refused), status=HTTPStatus.CONFLICT)
    return redirect("desk-case", number)


@require_POST
@roles(Role.CLERK)
def given_back(request: SignedInRequest, number: str, refund: UUID) -> HttpResponse:
    """The clerk has handed out money that goes back."""
    view = case_of(request, number)
    if refund not in {row.refund for one in queries.bills_of(view.id) for row in one.money}:
        raise BillNotFound("refund")
    try:
        slip = request.POST.get("slip", "")
        actions.give_back_at_window(refund, receipt_number=slip, by=request.actor, now=timezone.now())
    except Refusal as refused:
        return case_page(request, view, error=said(refused), status=HTTPStatus.CONFLICT)
    return redirect("desk-case", number)
