"""What was done with a version, in words."""

from django.utils.translation import gettext, gettext_noop, ngettext

from onevisit.catalogue.values import ActView
from onevisit.ui.words import say

_DONE = {
    "draft": gettext_noop("提交草案"),
    "prove": gettext_noop("审核、证明"),
    "enter_list": gettext_noop("登记到公开清单"),
    "open_comment": gettext_noop("公示"),
    "comment": gettext_noop("提意见"),
    "answer": gettext_noop("答复意见"),
    "hide": gettext_noop("隐藏意见"),
    "put_in_force": gettext_noop("定生效日期"),
    "put_at_once": gettext_noop("运维直接施行，未经公示"),
    "withdraw": gettext_noop("撤回"),
}
_LISTS = {"exceptions": gettext_noop("例外事项目录"), "not-yet": gettext_noop("尚未做到")}


def done(act: ActView) -> str:
    """An act in words, with what it found or set."""
    words, body = gettext(_DONE[act.kind]), act.body
    more = [str(body[key]) for key in ("first", "last", "day", "reason") if body.get(key)]
    if body.get("findings"):
        more.append(gettext("发现 %(count)s 处要改") % {"count": body["findings"]})
    if "worst" in body:
        worst = int(str(body["worst"]))
        more.append(ngettext("最多跑 %(count)s 次", "最多跑 %(count)s 次", worst) % {"count": worst})
    if "list" in body:
        more.append(gettext(_LISTS[str(body["list"])]))
    return gettext("%(what)s：%(more)s") % {"what": words, "more": gettext("，").join(more)} if more else words


def record(acts: tuple[ActView, ...]) -> list[tuple[ActView, str, str]]:
    """All acts, the latest first: the act, in words, by whom."""
    return [(act, done(act), gettext(act.name) if act.role == "system" else say(act.name)) for act in reversed(acts)]
