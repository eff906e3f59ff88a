"""The publishing gate: what may be done with a version of a life event in each state, who does it, by which article.

A row of the table is (state, command) → next state, who, article; what has no row cannot be done. Beside the table
stand the conditions that a row cannot say: the proof, the public lists (浙江规定 4(4)), the days of public comment.
Whether a published version is scheduled, in force or superseded is a matter of days, so it is nowhere kept.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from onevisit.catalogue.errors import (
    CommentsClosed,
    CommentsOpen,
    NoListEntry,
    NotNow,
    NotPastOneVisit,
    TooEarly,
    TooFewDays,
    Unanswered,
)
from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.law.articles import ZHEJIANG
from onevisit.core.text import Text
from onevisit.people.actor import Role
from onevisit.people.errors import NotYourRole

ONE_VISIT = 1


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    PROVED = "proved"  # examined without findings, and its visits proved
    COMMENTING = "commenting"  # 公示
    PUBLISHED = "published"  # in force from its day on, until a later one is
    WITHDRAWN = "withdrawn"


class Command(StrEnum):
    """What is done with a version."""

    DRAFT = "draft"
    PROVE = "prove"
    ENTER_LIST = "enter_list"
    OPEN_COMMENT = "open_comment"
    COMMENT = "comment"
    ANSWER = "answer"
    HIDE = "hide"
    PUT_IN_FORCE = "put_in_force"
    PUT_AT_ONCE = "put_at_once"  # by the operator: first installation, upgrades; without public comment
    WITHDRAW = "withdraw"


class PublicList(StrEnum):
    """Where an event past one visit is told."""

    EXCEPTIONS = "exceptions"  # 例外事项目录
    NOT_YET = "not-yet"  # 尚未做到


def _article(article: str, zh: str, en: str) -> Basis:
    return Basis(Mark.READ, ZHEJIANG, article, Text(zh, en))


ADJUSTED = _article(
    "4(1)",
    "一件事及其办事事项清单实行动态调整",
    "the list of life events and their services is adjusted as things change",
)
GUIDED = _article("4(2)", "清单附具每件事及其办事事项的办事指南", "each life event is listed with its guide")
COMMENTED = _article(
    "4(3)",
    "公布前，将清单草案予以公示，广泛征求专家和社会公众的意见",
    "before publication the draft is made public and experts and the public are asked",
)
EXCEPTED = _article(
    "4(4)",
    "依法无法实现的，由省人民政府公布例外事项目录，任何单位不得增加例外事项",
    "what the law does not allow is listed by the provincial government; nobody else may add an exception",
)
PUNISHED = _article(
    "43(1)", "违反规定增加例外事项的，责令改正，情节严重的给予处分", "whoever adds an exception unlawfully is punished"
)
ANSWERED = Basis(
    Mark.ASSUMED, note=Text("意见采纳情况要有反馈（参照优化营商环境条例62(2)）", "comments are answered, by analogy")
)
# 浙江规定 4(3) gives no number of days. 优化营商环境条例 62(2) has “一般不少于30日” for norms that concern businesses.
LEAST_COMMENT = Period(
    30,
    Unit.DAY,
    Basis(
        Mark.ASSUMED,
        "优化营商环境条例",
        "62(2)",
        Text(
            "浙江规定 4 没有规定公示天数，参照“一般不少于30日”，待核对",
            "the Zhejiang regulation names no number of days; 30 by analogy, to be verified",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Transition:
    """What a command leads to, who may give it (none: anybody, also without an account), and the article."""

    to: State
    roles: frozenset[Role]
    basis: Basis


_OFFICE = frozenset({Role.REFORM})
_EITHER = frozenset({Role.REFORM, Role.SYSTEM})
_OPERATOR = frozenset({Role.SYSTEM})
_ANYBODY: frozenset[Role] = frozenset()
_S, _C = State, Command
TABLE: dict[tuple[State | None, Command], Transition] = {
    (None, _C.DRAFT): Transition(_S.DRAFT, _EITHER, ADJUSTED),
    (_S.WITHDRAWN, _C.DRAFT): Transition(_S.DRAFT, _EITHER, ADJUSTED),
    (_S.DRAFT, _C.PROVE): Transition(_S.PROVED, _EITHER, GUIDED),
    (_S.PROVED, _C.PROVE): Transition(_S.PROVED, _EITHER, GUIDED),
    (_S.PROVED, _C.ENTER_LIST): Transition(_S.PROVED, _EITHER, EXCEPTED),
    (_S.COMMENTING, _C.ENTER_LIST): Transition(_S.COMMENTING, _OFFICE, EXCEPTED),
    (_S.PROVED, _C.OPEN_COMMENT): Transition(_S.COMMENTING, _OFFICE, COMMENTED),
    (_S.COMMENTING, _C.OPEN_COMMENT): Transition(_S.COMMENTING, _OFFICE, COMMENTED),  # longer
    (_S.COMMENTING, _C.COMMENT): Transition(_S.COMMENTING, _ANYBODY, COMMENTED),
    **{
        (state, command): Transition(state, _OFFICE, ANSWERED)
        for state in (_S.COMMENTING, _S.PUBLISHED, _S.WITHDRAWN)
        for command in (_C.ANSWER, _C.HIDE)
    },
    (_S.COMMENTING, _C.PUT_IN_FORCE): Transition(_S.PUBLISHED, _OFFICE, COMMENTED),
    (_S.PROVED, _C.PUT_AT_ONCE): Transition(_S.PUBLISHED, _OPERATOR, ADJUSTED),
    (_S.PUBLISHED, _C.PUT_AT_ONCE): Transition(_S.PUBLISHED, _OPERATOR, ADJUSTED),  # an earlier one comes back
    **{
        (state, _C.WITHDRAW): Transition(_S.WITHDRAWN, _OFFICE, ADJUSTED)
        for state in (_S.DRAFT, _S.PROVED, _S.COMMENTING, _S.PUBLISHED)
    },
}
STATES = {
    State.DRAFT: Text("草案", "draft"),
    State.PROVED: Text("已审核、已证明", "examined and proved"),
    State.COMMENTING: Text("公示", "public comment"),
    State.PUBLISHED: Text("已公布", "published"),
    State.WITHDRAWN: Text("已撤回", "withdrawn"),
}
NEXT = {
    State.DRAFT: Text("请先审核并证明。", "Examine and prove it first."),
    State.PROVED: Text("下一步是公示。", "Public comment is next."),
    State.COMMENTING: Text(
        "公示结束、意见都答复以后，可以定生效日期。", "Once comment has ended and is answered, set a day."
    ),
    State.PUBLISHED: Text("要改，请提交新的草案。", "To change it, hand in a new draft."),
    State.WITHDRAWN: Text("要再用，请重新提交草案。", "To use it again, hand it in as a draft again."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A version as far as the gate has to know it."""

    event: Text
    state: State | None = None  # none: it is not there yet
    worst: int | None = None  # visits of who is worst off, by its proof; none: not proved
    listed: bool = False  # it has an entry on one of the public lists
    comment_from: date | None = None
    comment_until: date | None = None  # the last day of comment
    unanswered: int = 0  # comments that are shown and have no answer
    in_force_from: date | None = None

    @property
    def past_one_visit(self) -> bool:
        """Whether somebody has to come more than once."""
        return self.worst is not None and self.worst > ONE_VISIT

    def commenting_on(self, today: date) -> bool:
        """Whether a comment is taken on that day."""
        if self.state is not State.COMMENTING or self.comment_from is None or self.comment_until is None:
            return False
        return self.comment_from <= today <= self.comment_until


def transition(standing: Standing, command: Command, by: Role | None) -> Transition:
    """The table's row. Raises NotNow, NotYourRole."""
    row = TABLE.get((standing.state, command))
    if row is None:
        state = standing.state or State.DRAFT
        raise NotNow(state=STATES[state], next=NEXT[state])
    if row.roles and by not in row.roles:
        raise NotYourRole
    return row


def _to(standing: Standing, command: Command, by: Role | None) -> Standing:
    return replace(standing, state=transition(standing, command, by).to)


def drafted(standing: Standing, by: Role) -> Standing:
    """A draft; one that was withdrawn begins again, without its proof, list entry and days."""
    return Standing(standing.event, _to(standing, Command.DRAFT, by).state, unanswered=standing.unanswered)


def proved(standing: Standing, worst: int, by: Role) -> Standing:
    """Examined without findings, with the most visits that its proof found."""
    return replace(_to(standing, Command.PROVE, by), worst=worst)


def found_faulty(standing: Standing, by: Role) -> Standing:
    """Examined, with findings: a draft, whatever was proved before."""
    transition(standing, Command.PROVE, by)
    return replace(standing, state=State.DRAFT, worst=None)


def entered(standing: Standing, by: Role) -> Standing:
    """Told on a public list. Raises NotPastOneVisit: what needs one visit at most belongs on none."""
    after = _to(standing, Command.ENTER_LIST, by)
    if not standing.past_one_visit:
        raise NotPastOneVisit(event=standing.event)
    return replace(after, listed=True)


def _check_listed(standing: Standing) -> None:
    if standing.past_one_visit and not standing.listed:
        raise NoListEntry(event=standing.event, visits=standing.worst)


def commented_on(standing: Standing, first: date, last: date, by: Role, today: date) -> Standing:
    """Made public for comment; again: for longer. Raises NoListEntry, TooEarly, TooFewDays."""
    after = _to(standing, Command.OPEN_COMMENT, by)
    _check_listed(standing)
    if standing.state is State.COMMENTING and standing.comment_from and standing.comment_until:
        first, earliest = standing.comment_from, standing.comment_until
    else:
        if first < today:
            raise TooEarly(earliest=Text.day(today))
        earliest = first + timedelta(days=LEAST_COMMENT.amount - 1)
    if last < earliest:
        raise TooFewDays(least=LEAST_COMMENT.amount, earliest=Text.day(earliest))
    return replace(after, comment_from=first, comment_until=last)


def commented(standing: Standing, by: Role | None, today: date) -> Standing:
    """One comment more. Raises CommentsClosed."""
    if not standing.commenting_on(today):
        raise CommentsClosed
    return replace(_to(standing, Command.COMMENT, by), unanswered=standing.unanswered + 1)


def scheduled(standing: Standing, day: date, by: Role, today: date) -> Standing:
    """In force from a day on. Raises NoListEntry, CommentsOpen, Unanswered, TooEarly."""
    after = _to(standing, Command.PUT_IN_FORCE, by)
    _check_listed(standing)
    if standing.comment_until is None or today <= standing.comment_until:
        raise CommentsOpen(until=Text.day(standing.comment_until or today))
    if standing.unanswered:
        raise Unanswered(count=standing.unanswered)
    if day < today:
        raise TooEarly(earliest=Text.day(today))
    return replace(after, in_force_from=day)


def put_at_once(standing: Standing, day: date, by: Role) -> Standing:
    """In force by the operator, without public comment. Raises NoListEntry."""
    after = _to(standing, Command.PUT_AT_ONCE, by)
    _check_listed(standing)
    return replace(after, in_force_from=day)


def withdrawn(standing: Standing, by: Role) -> Standing:
    """Taken back."""
    return _to(standing, Command.WITHDRAW, by)
