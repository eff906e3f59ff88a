"""What is refused about the parties of a case: a mandate that has ended, a party who has died."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class MandateExpired(Refusal):
    """A signature by mandate after the mandate's last day (民法典 165, 173(1))."""

    code = "mandate-expired"
    status = 409
    sentence: ClassVar[str] = (
        "{who}的委托书只到{day}，过了这一天不能再凭它签字。请委托人重新办一份委托公证，再撤回这次申请，用新的委托书重新提交。"
        "到期以前签的仍然算数。"
    )


class PartyDied(Refusal):
    """An act for a party, or on an application that he makes too, after his death was recorded."""

    code = "party-died"
    status = 409
    sentence: ClassVar[str] = (
        "{who}已于{day}去世（{agency}记录），他的申请不能再办，委托也已经终止，谁都不能替他签字。"
        "还没有办完的，由承办机关终止办理；要接着办的，重新申请，房产由继承人先办继承的登记。"
    )


class WhoDiedMissing(Refusal):
    """A record of a death that names no party of the case."""

    code = "who-died-missing"
    status = 422
    sentence: ClassVar[str] = "请选是哪一位当事人去世了。"


class DeathDayWrong(Refusal):
    """A day of death that cannot be read, or lies in the future."""

    code = "death-day-wrong"
    status = 422
    sentence: ClassVar[str] = "请写去世的日期，写成 2026-11-24 这样，不能晚于今天。"


class ProofOfDeathMissing(Refusal):
    """A record of a death that does not say what it was found by."""

    code = "proof-of-death-missing"
    status = 422
    sentence: ClassVar[str] = "请写凭什么查明的，例如死亡证明的编号、户口注销证明，{most} 字以内。"
