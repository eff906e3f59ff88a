"""The forms of a version's page: what stands in each field, as it was typed or as it is suggested."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.errors import NoDay
from onevisit.catalogue.queries import VersionView
from onevisit.catalogue.values import CommentView
from onevisit.ui.forms import Field
from onevisit.ui.words import say

NOT_YET, EXCEPTIONS = "not-yet", "exceptions"
Typed = Mapping[str, str]
Problems = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent and cannot be done as it is: what was typed, and what is wrong."""

    form: str  # which form of the page
    typed: Typed
    problems: Problems


def day(typed: str) -> date:
    """A day as it was typed. Raises NoDay."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as wrong:
        raise NoDay from wrong


def entry_of(typed: Typed) -> EntryInput:
    """The entry of a public list as it was typed; a day that is none is left out, which the rules then miss."""

    def day_or_none(name: str) -> date | None:
        try:
            return day(typed.get(name, ""))
        except NoDay:
            return None

    texts = {name: typed.get(name, "") for name in ("list", "law", "article", "entry", "causes", "who", "change")}
    return EntryInput(
        **texts,
        declared=bool(typed.get("declared")),
        entry_date=day_or_none("entry_date"),
        until=day_or_none("until"),
    )


def forms(view: VersionView, today: date, sent: Sent | None) -> dict[str, list[Field]]:
    """The fields of each form of the page, by the form's name as templates write it."""
    longest = today + timedelta(days=view.least_days - 1)
    until = view.row.comment_until
    kept = view.entry
    causes = kept.causes if kept and kept.causes else _causes(view)
    later = max(today, until + timedelta(days=1)) if until else today
    wanted = {
        NOT_YET: [
            Field("causes", gettext("为什么现在做不到"), gettext("按证明先写好了，请改得好懂。"), causes, lines=4),
            Field("who", gettext("谁要改"), gettext("哪个部门，或者要改的法律、法规。"), kept.who if kept else ""),
            Field("change", gettext("要改什么"), value=kept.change if kept else "", lines=3),
            _day("until", gettext("哪天以前改好"), kept.until if kept else None),
        ],
        EXCEPTIONS: [
            Field("law", gettext("哪部法律、法规"), value=kept.law if kept else ""),
            Field("article", gettext("第几条"), gettext("例如 38(1)"), kept.article if kept else ""),
            Field("entry", gettext("省例外事项目录里的名称和编号"), value=kept.entry if kept else ""),
            _day("entry_date", gettext("省里哪天公布的"), kept.entry_date if kept else None),
        ],
        "comment-days": [
            *([] if until else [_day("first", gettext("公示从哪天起"), today)]),
            _day("last", gettext("公示到哪天（含这天）"), until or longest),
        ],
        "force": [_day("day", gettext("从哪天起施行"), later)],
        "withdrawal": [Field("reason", gettext("为什么撤回"), gettext("会写进这个版本的经过。"), lines=2)],
    }  # fmt: skip
    return {
        name.replace("-", "_"): [_as_sent(one, sent if sent and sent.form == name else None) for one in fields]
        for name, fields in wanted.items()
    }


def comment_fields(view: VersionView, sent: Sent | None) -> list[tuple[CommentView, Field, Field]]:
    """Each comment with the fields of its answer and of its hiding."""
    found = []
    for one in view.comments:
        answer = Field(f"answer-{one.id}", gettext("答复"), gettext("会公开在意见下面。"), one.answer, lines=3)
        reason = Field(f"reason-{one.id}", gettext("隐藏的原因"), gettext("原因会公开，原话只有改革办看得到。"))
        found.append((one, _as_sent(answer, sent), _as_sent(reason, sent)))
    return found


def _day(name: str, label: str, value: date | None) -> Field:
    return Field(name, label, value=value.isoformat() if value else "", type="date")


def _as_sent(field: Field, sent: Sent | None) -> Field:
    if sent is None or (field.name not in sent.typed and field.name not in sent.problems):
        return field
    return Field(
        field.name, field.label, field.hint, sent.typed.get(field.name, field.value), sent.problems.get(field.name, ""),
        lines=field.lines, type=field.type,
    )  # fmt: skip


def _causes(view: VersionView) -> str:
    """Why somebody has to come more than once, in the words of the proof."""
    if view.figures is None:
        return ""
    worst = max((view.figures.online, view.figures.walk_in), key=lambda one: one.worst)
    return say(worst.explanation)
