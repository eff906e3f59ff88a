"""What turns out on the way: it can be planned, enumerated and proved, but a running case cannot take it up yet."""

from collections.abc import Iterator

from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.core.catalogue import LifeEvent
from onevisit.core.text import Text

_INSTEAD = Text(
    "在草稿里看、证明都可以，先不要发布；申请人自己知道的，就当问题来问",
    "plan and prove it as a draft, and do not publish it yet; what the applicant knows himself is a question",
)


def learnt_on_the_way(event: LifeEvent) -> Iterator[Remark]:
    """Facts by which services would join a case that is already running."""
    for n, spec in enumerate(event.facts):
        if spec.learnt is not None:
            zh = f"“{spec.label.zh}”办理中才知道，办件办起来以后还不能按它加办事项"
            en = f"“{spec.label.of('en')}” is learnt on the way; a running case cannot take up yet what follows"
            yield Remark("learnt-not-run", Severity.ERROR, ("facts", n, "learnt"), Text(zh, en), _INSTEAD)
