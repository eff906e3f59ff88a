"""What the people room refuses, and the sentence for each."""

from typing import ClassVar
from uuid import UUID

from onevisit.core.errors import Refusal


class NotYours(Refusal):
    """Something of somebody else, or nothing at all: the two look the same from outside, and the look is logged.

    Rooms raise it (or a subclass) where a look-up by owner finds nothing; the middleware logs it after the
    transaction has been rolled back.
    """

    code = "not-found"
    status = 404
    sentence: ClassVar[str] = "没有找到。请检查网址，或从首页重新进入。"

    def __init__(self, what: str, *, subject: UUID | None = None, case: UUID | None = None) -> None:
        self.what = what
        self.subject = subject
        self.case = case
        super().__init__()


class NotYourRole(Refusal):
    """A page of another role's face."""

    code = "not-your-role"
    status = 403
    sentence = "您登录的账号不能用这一页。请退出后换对应的账号登录。"


class OtherName(Refusal):
    """An identity number that is on file under another name."""

    code = "other-name"
    status = 409
    sentence = "这个身份证号登记的是另一个姓名。请对照身份证核对姓名和号码。"


class NameMissing(Refusal):
    """A person without a name."""

    code = "name-missing"
    status = 422
    sentence = "请填写姓名，与身份证上的一样。"


class NoSuchAccount(Refusal):
    """A program is to act for an account that is not there, or that is no applicant's."""

    code = "no-such-account"
    status = 404
    sentence: ClassVar[str] = "没有叫 {name} 的申请人账号。请核对用户名。"


class OnlyClerks(Refusal):
    """An act that only a window clerk may do."""

    code = "only-clerks"
    status = 403
    sentence = "只有窗口工作人员可以为来人登记。请换窗口账号登录。"
