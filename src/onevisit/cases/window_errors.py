"""What the window's acts refuse, and the sentence for each."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class StillProvisional(Refusal):
    """A decision about a procedure that was accepted while something is missing (浙江规定 11(2))."""

    code = "still-provisional"
    status = 409
    sentence: ClassVar[str] = (
        "这一项是容缺受理的，材料还没有补齐，不能准予。补齐后这里自动就绪；逾期没有补的，撤销受理。"
    )


class NotLater(Refusal):
    """Evidence that the guide does not let come later, or without which nothing may be submitted here."""

    code = "not-later"
    status = 422
    sentence: ClassVar[str] = "“{item}”不在办事指南的容缺范围里，不能容缺受理。请改成告知补正，或者请他带来。"


class NotAsked(Refusal):
    """A paper that is said to be missing and that nobody asks the applicant for."""

    code = "not-asked"
    status = 422
    sentence: ClassVar[str] = "“{item}”不用他交，不能要求补。请刷新页面，看现在还差哪些。"


class WhatMissing(Refusal):
    """A missing thing without a word on what to bring."""

    code = "what-missing"
    status = 422
    sentence: ClassVar[str] = "请写清楚“{item}”要补什么，最多 {most} 个字。"


class NothingToCorrect(Refusal):
    """A correction of a fact that cannot be corrected any more, or never."""

    code = "nothing-to-correct"
    status = 409
    sentence: ClassVar[str] = "“{item}”现在不能在这里改：用到它的事项已经作出决定，或者它说的是谁在申请。"


class AlreadySigned(Refusal):
    """A correction of what another party has signed already."""

    code = "already-signed"
    status = 409
    sentence: ClassVar[str] = "已经有人照“{item}”原来的内容签了字，不能再改。请先撤回申请，改好以后重新提交。"


class OtherPlan(Refusal):
    """A correction that would make other procedures or papers necessary."""

    code = "other-plan"
    status = 409
    sentence: ClassVar[str] = "“{item}”这样一改，要办的事项或者要的材料就不一样了。请撤回这件，按改过的重新提交。"
