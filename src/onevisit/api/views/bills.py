"""Bills of a case for its applicant's program: what is due, the way to pay, receipts."""

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Path, Router

from onevisit.api.access import ApiRequest
from onevisit.api.files import PDF, file_of
from onevisit.api.once import in_steps
from onevisit.api.operation import Key, operation
from onevisit.api.schemas.bills import BillOut, Bills, PaymentBegun, bill_out, bills_out
from onevisit.api.schemas.common import Id
from onevisit.api.schemas.work import NothingIn
from onevisit.cases import queries as cases
from onevisit.payments import actions, queries
from onevisit.payments.errors import BillNotFound
from onevisit.payments.values import BillView

router = Router()
TAG, READ, WRITE = "payments", "case:read", "case:write"
Number = Annotated[str, Path(max_length=80, description="办件编号")]


@operation(router, "GET", "/cases/{number}/bills", scope=READ, answers={200: Bills}, tag=TAG)
def bills(request: ApiRequest, number: Number) -> Bills:
    """一件的缴费单：缴给谁、多少、依据、减免、收到和退回的钱

    不收费的一件没有缴费单。
    """
    return bills_out(queries.bills_by_number(cases.reach(number, by=request.auth.actor)))


@operation(router, "GET", "/cases/{number}/bills/{bill}", scope=READ, answers={200: BillOut}, tag=TAG)
def bill(request: ApiRequest, number: Number, bill: Path[Id]) -> BillOut:
    """一张缴费单：付款以后读它，直到 state 是 paid"""
    return bill_out(_bill(request, number, bill))


@operation(
    router, "POST", "/cases/{number}/bills/{bill}/payment",
    scope=WRITE, answers={201: PaymentBegun}, problems=(503,), tag=TAG,
)  # fmt: skip
def pay(request: ApiRequest, number: Number, bill: Path[Id], given: NothingIn, key: Key) -> HttpResponse:
    """开始网上付款：得到支付平台的网址

    程序不经手钱：请付款人打开 pay_url 付。重复开始得到同一张付款单；它过期以后，用新的 Idempotency-Key 再开始。
    已经缴过的答复 409。连不上支付平台答复 503，没有扣钱。
    """

    def act() -> PaymentBegun:
        found = _bill(request, number, bill)
        where = actions.begin_payment(found.id, by=request.auth.actor, now=timezone.now())
        return PaymentBegun(pay_url=where, url=f"/api/v1/cases/{found.case_number}/bills/{found.id}")

    return in_steps(request, key, act, status=201)


@operation(
    router, "GET", "/cases/{number}/receipts/{receipt}",
    scope=READ, answers={200: None}, problems=(409,), tag=TAG, extra=PDF,
)  # fmt: skip
def receipt(request: ApiRequest, number: Number, receipt: Path[Id]) -> HttpResponse:
    """收据或退款凭证（盖章的 PDF）

    刚收到钱的几秒钟内还在生成，答复 409。
    """
    own = cases.reach(number, by=request.auth.actor)
    return file_of(queries.receipt(receipt, case_number=own)[1], "application/pdf")


def _bill(request: ApiRequest, number: str, bill: Id) -> BillView:
    """A bill of this very case. Raises NotFound, BillNotFound."""
    own = cases.reach(number, by=request.auth.actor)
    found = queries.bill(bill)
    if found.case_number != own:
        raise BillNotFound("bill")
    return found
