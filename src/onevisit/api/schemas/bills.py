"""Bills: what is due to whom and why, what came, what went back, and the way to pay. All money is in yuan (CNY)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext
from ninja import Schema
from pydantic import Field

from onevisit.catalogue.templatetags.content import content
from onevisit.payments.values import BillState, BillView, LineView, MoneyRow
from onevisit.ui.law import cited
from onevisit.ui.words import say

Money = Annotated[str, Field(pattern=r"^-?[0-9]+[.][0-9]{2}$", examples=["80.00"])]


class LineOut(Schema):
    """A line of a bill; its reduction is 0.00 or negative, with a basis of its own."""

    id: UUID
    label: str
    service: str
    amount: Money
    reduction: Money = Field(description="减免，0.00 或负数")
    due: Money = Field(description="应缴：amount 加 reduction")
    basis: str
    reduction_basis: str = Field(description="减免的依据；没有减免为空")
    refund: str = Field(description="退这一行的退款编号；没有退为空")
    refunded: bool = Field(description="已经退到")


class PayeeOut(Schema):
    """What is for one payee."""

    payee: str = Field(description="收费部门的键")
    name: str
    due: Money
    lines: list[LineOut]


class MoneyOut(Schema):
    """Money that came, or goes back."""

    kind: str = Field(description="payment 收到的钱，refund 退回的钱")
    number: str = Field(description="付款单或退款的编号")
    way: str = Field(description="online 网上、cash 现金、pos 刷卡")
    amount: Money = Field(description="退回的为负数")
    at: datetime
    reason: str = Field(description="为什么退；收到的钱为空")
    done: bool = Field(description="退款还没有确认的是 false")
    surplus: bool = Field(description="多收到的一笔，会自动退回；或者正是退它的")
    receipt: UUID | None = Field(description="收据或退款凭证；用它取 PDF")
    ready: bool = Field(description="PDF 已经生成")


class BillOut(Schema):
    """A bill whole."""

    id: UUID
    number: str
    supplement: bool = Field(description="补缴单")
    state: str = Field(
        description="nothing_due 不用缴、unpaid 要缴、paid 已缴、partly_refunded 部分退回、refunded 全部退回"
    )
    waiting: bool = Field(description="付款人去过支付平台，还不知道付成没有：先不要再付，过几秒再读")
    online: bool = Field(description="现在可以网上付；否则到窗口缴")
    total: Money
    payees: list[PayeeOut]
    money: list[MoneyOut]


class Bills(Schema):
    """All bills of a case: the first, then the supplements."""

    items: list[BillOut]


class PaymentBegun(Schema):
    """Where to send who pays, and where to read how it ended."""

    pay_url: str = Field(description="支付平台的网址：请付款人用浏览器打开，付完自动回到办件的缴费页")
    url: str = Field(description="这张缴费单：读它的 state，直到 paid")


def bills_out(views: Sequence[BillView]) -> Bills:
    """All bills as JSON."""
    return Bills(items=[bill_out(view) for view in views])


def bill_out(view: BillView) -> BillOut:
    """A bill as JSON."""
    return BillOut(
        id=view.id,
        number=view.number,
        supplement=view.supplement,
        state=view.state.value,
        waiting=view.waiting,
        online=view.state is BillState.UNPAID and bool(settings.PAYMENT_URL),
        total=_yuan(view.total),
        payees=[
            PayeeOut(payee=one.payee, name=say(one.name), due=_yuan(one.due), lines=[_line(line) for line in one.lines])
            for one in view.payees
        ],
        money=[_money(row) for row in view.money],
    )


def _line(view: LineView) -> LineOut:
    return LineOut(
        id=view.id,
        label=say(view.label),
        service=view.service,
        amount=_yuan(view.amount),
        reduction=_yuan(view.reduction),
        due=_yuan(view.due),
        basis=cited(content(view.basis)),
        reduction_basis=cited(content(view.reduction_basis)),
        refund=view.refund,
        refunded=view.refunded,
    )


def _money(row: MoneyRow) -> MoneyOut:
    return MoneyOut(
        kind=row.kind,
        number=row.number,
        way=row.way.value,
        amount=_yuan(row.amount),
        at=row.at,
        reason=gettext(row.reason) if row.reason else "",
        done=row.done,
        surplus=row.surplus,
        receipt=row.receipt,
        ready=row.ready,
    )


def _yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"
