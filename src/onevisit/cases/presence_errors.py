"""What is refused about steps in person, and the sentence for each."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class NotPresent(Refusal):
    """A step in person of somebody whose presence at this hall nobody recorded today."""

    code = "not-present"
    status = 409
    sentence: ClassVar[str] = "{names}今天还没有在这里登记到场。请先核对身份证，点“登记到场”，再记录这一步。"


class ElsewhereOnly(Refusal):
    """A step in person that is not done at this hall."""

    code = "elsewhere-only"
    status = 409
    sentence: ClassVar[str] = "这一步不在这里办。请到：{places}。"


class NotHisStep(Refusal):
    """A step in person of somebody else, or of nobody."""

    code = "not-his-step"
    status = 409
    sentence: ClassVar[str] = "这一步不用这个人到场。请核对是谁、办哪一项。"


class StepDone(Refusal):
    """A step in person that was done already."""

    code = "step-done"
    status = 409
    sentence: ClassVar[str] = "这一步已经办过，不用再来。请刷新页面看还有什么要办。"


class TooEarly(Refusal):
    """A step in person before those that it follows."""

    code = "too-early"
    status = 409
    sentence: ClassVar[str] = "还没轮到这一步，要先办完：{steps}。办完后可以来的日子会显示在办件里。"


class OutOfDays(Refusal):
    """A step in person outside its days."""

    code = "out-of-days"
    status = 409
    sentence: ClassVar[str] = "这一步只能在规定的日子办：{days}。还没到请到时再来，过了期请联系承办机关。"


class NothingToSign(Refusal):
    """Nothing that takes the party's word is open to him now."""

    code = "nothing-to-sign"
    status = 409
    sentence: ClassVar[str] = "现在没有要您签的。已经签过的不用再签；还没轮到的，轮到时在“我的办件”里提醒您。"


class NoStepsLeft(Refusal):
    """A step in person of a procedure that failed or was withdrawn."""

    code = "no-steps-left"
    status = 409
    sentence: ClassVar[str] = "这个事项没有办成或已撤回，不用再到场。请看办件里的说明。"


class PresenceMissing(Refusal):
    """A grant before a step in person, a signature or a payment that it has to wait for."""

    code = "presence-missing"
    status = 409
    sentence: ClassVar[str] = "还要等当事人办完：{steps}。办完后才能决定。"
