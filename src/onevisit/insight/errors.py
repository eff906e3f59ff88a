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


class SameVersion(Refusal):
    """A draft that is in force: there is nothing to compare it with."""

    code: ClassVar[str] = "same-version"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = "这个版本就是现在在用的，没有什么可比。请选一份草案。"


class NoLevers(Refusal):
    """A replay of an event that has no levers, or no picture of what it was before."""

    code: ClassVar[str] = "no-levers"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = "这件事没有可以拉的改革手段。"


class NotInForce(Refusal):
    """The levers are written for content that is not what is in force."""

    code: ClassVar[str] = "not-in-force"
    sentence: ClassVar[str] = "content 里的这件事和现在公布的版本不一样，改革手段对不上。请先公布，再来试。"


class LeversMissing(Refusal):
    """Nothing is changed."""

    code: ClassVar[str] = "levers-missing"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "还没有选改什么。请先到改革手段里勾上几个。"


class SourceMissing(Refusal):
    """It was not said whose cases."""

    code: ClassVar[str] = "source-missing"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "请选一项：拿谁来试。"


class OnlySynthetic(Refusal):
    """Past cases under a picture that never was in force."""

    code: ClassVar[str] = "only-synthetic"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "未改革的样子只是示例，从来没有人按它办过件。请选合成的申请人，或者改用现在的版本。"


class CountWrong(Refusal):
    """No number, or too many applicants."""

    code: ClassVar[str] = "count-wrong"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "请写要多少个合成的申请人，从 1 到 {most}。"


class FirstDayWrong(Refusal):
    """The period's first day is none."""

    code: ClassVar[str] = "first-day-wrong"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "从哪天起没有看懂。请写成 2026-01-01 这样。"


class LastDayWrong(Refusal):
    """The period's last day is none, or before the first."""

    code: ClassVar[str] = "last-day-wrong"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "到哪天为止没有看懂，或者比开始的日子还早。请写成 2026-06-30 这样。"


class NoCases(Refusal):
    """Nobody applied in that period."""

    code: ClassVar[str] = "no-cases"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "这段时间里没有人提交过这件事。请换一段时间，或者用合成的申请人。"


class TooManyCases(Refusal):
    """More cases than a run takes."""

    code: ClassVar[str] = "too-many-cases"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "这段时间里有 {count} 个办件，一次最多 {most} 个。请把时间选短一些。"


class StillRunning(Refusal):
    """Another run of the same person is not over."""

    code: ClassVar[str] = "still-running"
    sentence: ClassVar[str] = "您还有一次没有算完，一个人一次只能算一个。请等它算完，或者先把它停掉。"


class NoSuchReplay(Refusal):
    """A run that is not there."""

    code: ClassVar[str] = "no-such-replay"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = "没有找到这次重放。请回清单看看。"


class ReplayOver(Refusal):
    """A run that has ended cannot be stopped, nor by anybody but who started it."""

    code: ClassVar[str] = "replay-over"
    sentence: ClassVar[str] = "这次重放已经结束，或者不是您发起的，不能停。"


class CatalogueMoved(Refusal):
    """Another version came into force between asking and beginning."""

    code: ClassVar[str] = "catalogue-moved"
    sentence: ClassVar[str] = "从您发起到开始算之间，目录变了。请重新发起。"
