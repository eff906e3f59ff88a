"""What halls refuse, and the sentence for each."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class NotThisHall(Refusal):
    """Somebody who is no clerk of the hall records that a person came there."""

    code = "not-this-hall"
    status = 403
    sentence: ClassVar[str] = "只有这个大厅的窗口工作人员可以登记到场。请换窗口账号登录。"
