"""What this room refuses, and the sentence for each."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class NoSuchFinding(Refusal):
    """A finding that is not there, or that is another agency's."""

    code: ClassVar[str] = "no-such-finding"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = "没有找到这条体检发现。请回清单看看。"


class OnlyReformOffice(Refusal):
    """An act of the reform office by somebody else."""

    code: ClassVar[str] = "only-reform-office"
    status: ClassVar[int] = 403
    sentence: ClassVar[str] = "这件事只有改革办能做。请换改革办的账号登录。"


class StateMissing(Refusal):
    """No state was chosen."""

    code: ClassVar[str] = "state-missing"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "请选一项：怎么处理。"


class OwnerMissing(Refusal):
    """No owner was chosen, or one that has nothing to do with the event."""

    code: ClassVar[str] = "owner-missing"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "请选一个：归谁管。"


class DayUnreadable(Refusal):
    """What was typed is no day."""

    code: ClassVar[str] = "day-unreadable"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "日子没有看懂。请写成 2026-12-08 这样。"


class DueMissing(Refusal):
    """Work without a last day."""

    code: ClassVar[str] = "due-missing"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "正在改的，请写一个最迟哪天改好。"


class DuePast(Refusal):
    """A last day that has gone by."""

    code: ClassVar[str] = "due-past"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "最迟的日子已经过了。请写今天（{today}）或以后的日子。"


class ReasonMissing(Refusal):
    """Closed without a word."""

    code: ClassVar[str] = "reason-missing"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "请写一句：怎么改好的，或者为什么不改。"


class TooLong(Refusal):
    """More words than are kept."""

    code: ClassVar[str] = "too-long"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "写得太长了，最多 {most} 个字。请写短一些。"


class FindingGone(Refusal):
    """The examination does not find it any more."""

    code: ClassVar[str] = "finding-gone"
    sentence: ClassVar[str] = "最近一次体检已经没有这条了，不用再处理。"


class DecidedMeanwhile(Refusal):
    """Somebody else decided about it since the page was opened."""

    code: ClassVar[str] = "decided-meanwhile"
    sentence: ClassVar[str] = "您打开这一页以后，{name}先改过了。请看看下面的记录；还要改，就再交一次。"
