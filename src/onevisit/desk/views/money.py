"""Money at the window: cash or a card for a bill, what goes back that a window took, and the receipts.

Of the cases that this hall took in; and of whoever is checked in here, wherever his cases were handed in.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onevisit.cases.queries import bills_here
from onevisit.cases.window_values import HisBills
from onevisit.core.errors import Refusal
from onevisit.desk.page import case_of, page
from onevisit.desk.views.cases import case_page
from onevisit.payments import actions, queries
from onevisit.payments.errors import BillNotFound
from onevisit.payments.values import BillState, BillView, Way
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.ui.files import pdf

Answer = Callable[..., HttpResponse]  # the page again, with `error` and `status`


@require_safe
@roles(Role.CLERK)
def his_bills(request: SignedInRequest, person: UUID, number: str) -> HttpResponse:
    """Bills of a case of somebody who is here: to be paid, to be handed back, and the receipts."""
    return _his_page(request, _his(request, person, number))


@require_POST
@roles(Role.CLERK)
def payment(request: SignedInRequest, number: str, bill: UUID) -> HttpResponse:
    """The clerk has the money of a bill of a case of his hall."""
    view = case_of(request, number)
    refused = _take(request, bill, queries.bills_of(view.id), partial(case_page, request, view))
    return refused or redirect("desk-case", number)


@require_POST
@roles(Role.CLERK)
def his_payment(request: SignedInRequest, person: UUID, number: str, bill: UUID) -> HttpResponse:
    """The clerk has the money of a bill of somebody who is here."""
    his = _his(request, person, number)
    refused = _take(request, bill, his.bills, partial(_his_page, request, his))
    return refused or redirect("desk-his-bills", person, number)


@require_POST
@roles(Role.CLERK)
def given_back(request: SignedInRequest, number: str, refund: UUID) -> HttpResponse:
    """The clerk has handed out money that goes back, of a case of his hall."""
    view = case_of(request, number)
    refused = _hand_back(request, refund, queries.bills_of(view.id), partial(case_page, request, view))
    return refused or redirect("desk-case", number)


@require_POST
@roles(Role.CLERK)
def given_back_to_him(request: SignedInRequest, person: UUID, number: str, refund: UUID) -> HttpResponse:
    """The clerk has handed out money that goes back to somebody who is here."""
    his = _his(request, person, number)
    refused = _hand_back(request, refund, his.bills, partial(_his_page, request, his))
    return refused or redirect("desk-his-bills", person, number)


@require_safe
@roles(Role.CLERK)
def receipt(request: SignedInRequest, number: str, receipt: UUID) -> HttpResponse:
    """The sealed receipt of money of a case of his hall, to print."""
    case_of(request, number)
    return _paper(receipt, number)


@require_safe
@roles(Role.CLERK)
def his_receipt(request: SignedInRequest, person: UUID, number: str, receipt: UUID) -> HttpResponse:
    """The sealed receipt of money of somebody who is here, to print."""
    _his(request, person, number)
    return _paper(receipt, number)


def _his(request: SignedInRequest, person: UUID, number: str) -> HisBills:
    """Bills of a case of somebody who is here; the look is recorded. Raises NotFound."""
    return bills_here(person, number, by=request.actor, now=timezone.now())


def _his_page(
    request: SignedInRequest,
    his: HisBills,
    *,
    error: str = "",
    taking: UUID | None = None,
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    unpaid = {one.id for one in his.bills if one.state is BillState.UNPAID}
    context = {
        "his": his, "error": error, "taking": taking, "kept": "" if taking in unpaid else kept,
        "slip": request.POST.get("slip", ""), "by_cash": request.POST.get("way") == Way.CASH,
    }  # fmt: skip
    return page(request, "desk/his_bills.html", context, status=status)


def _take(request: SignedInRequest, bill: UUID, bills: Iterable[BillView], again: Answer) -> HttpResponse | None:
    """Record by which way it came, and the number on the slip; None when that is done.

    The amount that the page showed comes along, so that a bill changed meanwhile is not paid unseen.
    """
    if bill not in {one.id for one in bills}:
        raise BillNotFound("bill")
    way = Way.CASH if request.POST.get("way") == Way.CASH else Way.POS
    try:
        amount = Decimal(request.POST.get("amount", ""))
    except InvalidOperation:
        amount = Decimal(0)
    slip = request.POST.get("slip", "")
    return _tried(
        lambda: actions.pay_at_window(
            bill, way=way, amount=amount, receipt_number=slip, by=request.actor, now=timezone.now()
        ),
        partial(again, taking=bill, kept=slip),
    )


def _hand_back(request: SignedInRequest, refund: UUID, bills: Iterable[BillView], again: Answer) -> HttpResponse | None:
    if refund not in {row.refund for one in bills for row in one.money}:
        raise BillNotFound("refund")
    slip = request.POST.get("slip", "")
    return _tried(
        lambda: actions.give_back_at_window(refund, receipt_number=slip, by=request.actor, now=timezone.now()),
        partial(again, taking=refund),
    )


def _tried(act: Callable[[], None], again: Answer) -> HttpResponse | None:
    try:
        act()
    except Refusal as refused:
        return again(error=said(refused), status=HTTPStatus.CONFLICT)
    return None


def _paper(receipt: UUID, case_number: str) -> HttpResponse:
    name, content = queries.receipt(receipt, case_number=case_number)
    return pdf(content, f"{name}.pdf")
