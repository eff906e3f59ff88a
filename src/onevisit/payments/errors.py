"""What the payments room refuses, and the sentence for each."""

from typing import ClassVar

from onevisit.core.errors import Refusal
from onevisit.people.errors import NotYours


class BillNotFound(NotYours):
    """No such bill, refund or receipt, or not his."""


class BillExists(Refusal):
    """The case has its bill; more money is asked for by a supplement."""

    code = "bill-exists"
    sentence: ClassVar[str] = "这件事已经有缴费单。没有缴的请改单，已经缴的请另开补缴单。"


class LinesRefused(Refusal):
    """A line that no bill may have: `place` counts from 1."""

    code = "lines-refused"
    status = 422
    sentence: ClassVar[str] = (
        "第 {place} 行不能这样写：金额写到分、不能是负数，减免不能超过金额，收费和减免都要写依据。"
    )


class AlreadyPaid(Refusal):
    """Somebody has paid it meanwhile, on another page or at the window."""

    code = "already-paid"
    sentence: ClassVar[str] = "这张缴费单已经缴过了，不用再缴。请刷新页面看收据。"


class AmendedTooLate(Refusal):
    """A bill that is paid is not changed."""

    code = "amended-too-late"
    sentence: ClassVar[str] = "这张缴费单已经缴了，不能再改。多收的请办退款，少收的请另开补缴单。"


class NothingDue(Refusal):
    """All lines are free or exempt."""

    code = "nothing-due"
    sentence: ClassVar[str] = "这张缴费单没有要缴的钱，不用付款。"


class ProviderAway(Refusal):
    """The provider does not answer, or none is configured; nothing has been taken."""

    code = "provider-away"
    status = 503
    sentence: ClassVar[str] = "现在连不上支付平台，没有扣您的钱。请过几分钟再点“去付款”，也可以到窗口缴。"


class OrderOver(Refusal):
    """The order ended while it was being opened; the next one can be paid."""

    code = "order-over"
    sentence: ClassVar[str] = "刚才的付款单已经过期，没有扣您的钱。请再点一次“去付款”。"


class OnlyClerks(Refusal):
    """An act of the window, tried by somebody else."""

    code = "only-clerks"
    status = 403
    sentence: ClassVar[str] = "只有窗口工作人员可以登记现场缴费和退款。请换窗口账号登录。"


class OnlyStaff(Refusal):
    """A refund that the payer tried to order himself."""

    code = "only-staff"
    status = 403
    sentence: ClassVar[str] = "退款由收费的部门办理。请联系收费部门或者打 12345。"


class AmountChanged(Refusal):
    """What the clerk counted is not what is due now."""

    code = "amount-changed"
    sentence: ClassVar[str] = "应缴的是 {due} 元，不是 {amount} 元。请刷新页面，核对后再收。"


class ReceiptNumberMissing(Refusal):
    """Money at the window without the number of its slip."""

    code = "receipt-number-missing"
    status = 422
    sentence: ClassVar[str] = "请填 POS 小票号或者现金收据号，对账要用。"


class ReasonMissing(Refusal):
    """A refund or change without a reason."""

    code = "reason-missing"
    status = 422
    sentence: ClassVar[str] = "请写明原因，收据和对账单上要写。"


class NotPaidYet(Refusal):
    """There is no money to give back."""

    code = "not-paid-yet"
    sentence: ClassVar[str] = "这张缴费单还没有缴，不能退款。不该收的请改单。"


class NotAtTheWindow(Refusal):
    """Money that came by the provider goes back by the provider."""

    code = "not-at-the-window"
    sentence: ClassVar[str] = "这笔钱是网上付的，由支付平台原路退回，窗口不用付现金。"


class ForgedCallback(Refusal):
    """A callback whose signature is not the provider's."""

    code = "forged-callback"
    status = 401
    sentence: ClassVar[str] = "签名不对，没有采信。"


class UnreadableCallback(Refusal):
    """A callback outside the contract, or of an order that is none of ours."""

    code = "unreadable-callback"
    status = 400
    sentence: ClassVar[str] = "通知的内容不合约定，没有采信。"


class NoReceiptYet(Refusal):
    """The money is recorded, the receipt's document is still being made."""

    code = "no-receipt-yet"
    sentence: ClassVar[str] = "钱已经收到，收据正在生成，通常几秒钟就好。请稍后刷新页面。"
