"""What the catalogue refuses."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from onevisit.core.errors import Refusal
from onevisit.core.text import Text


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


# --- the publishing gate


class NotNow(Refusal):
    """A command that the gate does not know in this state."""

    code = "version-not-now"
    status = 409
    sentence: ClassVar[str] = "这个版本现在是“{state}”，不能这样做。{next}"


class NoSuchDraft(Refusal):
    """No version with this id, or none that the public may see."""

    code = "no-such-draft"
    status = 404
    sentence: ClassVar[str] = "没有找到这个版本。请从版本清单或公示清单重新进入。"


class BadDraft(Refusal):
    """A document that is no life event; `problems` has them all, each with its path."""

    code = "bad-draft"
    status = 422
    sentence: ClassVar[str] = "这份文档有 {count} 处要改，没有收下：\n{list}"

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep the problems for the page."""
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems), list="\n".join(self.problems))


class NoListEntry(Refusal):
    """Past one visit, and on neither public list."""

    code = "no-list-entry"
    status = 409
    sentence: ClassVar[str] = (
        "“{event}”最多要跑 {visits} 次，超过一次。请先登记：省里的例外事项目录里有的，填那一条；"
        "没有的，登记到“尚未做到”，写明原因和谁要改什么。"
    )


class NotPastOneVisit(Refusal):
    """An entry for an event that needs none: nobody may add an exception."""

    code = "not-past-one-visit"
    status = 409
    sentence: ClassVar[str] = "“{event}”最多跑一次，不用登记，也不能列为例外（浙江规定 4）。请直接公示。"


class EntryIncomplete(Refusal):
    """An entry of a public list that lacks something. `problems`: field → the sentence beside it."""

    code = "list-entry-incomplete"
    status = 422
    sentence: ClassVar[str] = "登记还差 {count} 项。请补齐再登记。"

    def __init__(self, problems: Mapping[str, Text]) -> None:
        """Keep the sentences for the page."""
        self.problems = dict(problems)
        super().__init__(count=len(self.problems))


class TooFewDays(Refusal):
    """A period of comment that is too short, or made shorter."""

    code = "comment-too-short"
    status = 422
    sentence: ClassVar[str] = "公示至少 {least} 天，定了以后只能延长。请把最后一天定在{earliest}或以后。"


class TooEarly(Refusal):
    """A day in the past."""

    code = "too-early"
    status = 422
    sentence: ClassVar[str] = "日期不能早于今天。请选{earliest}或以后。"


class NoDay(Refusal):
    """What was typed is no day."""

    code = "no-day"
    status = 422
    sentence: ClassVar[str] = "请填日期，例如 2026-12-08。"


class CommentsOpen(Refusal):
    """The days of comment are not over."""

    code = "comments-open"
    status = 409
    sentence: ClassVar[str] = "公示到{until}才结束。请在那以后再定生效日期。"


class Unanswered(Refusal):
    """Comments that nobody has answered."""

    code = "comments-unanswered"
    status = 409
    sentence: ClassVar[str] = "还有 {count} 条意见没有答复。请先逐条答复，再定生效日期。"


class CommentsClosed(Refusal):
    """A comment outside the days of comment."""

    code = "comments-closed"
    status = 409
    sentence: ClassVar[str] = "这份草案现在不在公示期里，不收意见。要反映情况，请打 12345。"


class CommentIncomplete(Refusal):
    """A comment, answer or reason that cannot be kept. `problems`: field → the sentence beside it."""

    code = "comment-incomplete"
    status = 422
    sentence: ClassVar[str] = "还有 {count} 项要改。请看每一项旁边的话。"

    def __init__(self, problems: Mapping[str, Text]) -> None:
        """Keep the sentences for the page."""
        self.problems = dict(problems)
        super().__init__(count=len(self.problems))


class NoSuchComment(Refusal):
    """No such comment on this version."""

    code = "no-such-comment"
    status = 404
    sentence: ClassVar[str] = "没有找到这条意见。请刷新版本页再试。"
