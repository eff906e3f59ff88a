"""What the catalogue refuses."""

from typing import ClassVar

from onevisit.core.errors import Refusal


class NoSuchEvent(Refusal):
    """No version of this life event is in force."""

    code: ClassVar[str] = "no-such-event"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = "没有找到这件事。请回首页，用自己的话搜一搜。"


class NoSuchVersion(Refusal):
    """A case or plan names a catalogue version that is not here."""

    code: ClassVar[str] = "no-such-version"
    status: ClassVar[int] = 404
    sentence: ClassVar[str] = "找不到目录版本 {snapshot}。请联系运维，恢复目录。"


class NoProof(Refusal):
    """Nothing is published without a proof of its visits."""

    code: ClassVar[str] = "no-proof"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "“{event}”不能发布：没有完成全部情形的枚举（{why}）。"
