"""What each kind of notice must be told, and what others read of notices.

The data is JSON, in words as they are to be printed; days are ISO dates. Number, issuer and day of a notice are the
row's own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict
from uuid import UUID


class ReceivedProcedure(TypedDict):
    """One procedure on a receipt."""

    name: str
    agency: str
    state: NotRequired[str]  # received, accepted, … in words
    term: NotRequired[str]  # until when it is decided, as promised, in words


class Later(TypedDict):
    """A paper that comes later (容缺受理)."""

    name: str
    due: str


class Receipt(TypedDict):
    """收件回执, about a case."""

    applicant: str
    event: str
    title: str
    procedures: list[ReceivedProcedure]
    check_due: str  # last day to say what is missing; "": nothing is left to be checked
    way: str  # online, or at which hall
    evidence: list[str]
    missing: NotRequired[list[str]]  # what a window said is missing
    missing_due: NotRequired[str]  # the last day for that; "": the notice goes out later
    later: NotRequired[list[Later]]  # what comes later


class Acceptance(TypedDict):
    """受理通知书, about a procedure."""

    applicant: str
    service: str
    case_number: str
    received: str
    accepted: str
    term: str  # e.g. 5 个工作日（法定 20 个工作日）
    due: str
    basis: str
    deemed: bool  # accepted because nobody said anything for five days (行政许可法 32)
    deemed_at_once: bool  # because nobody said anything on the spot (不动产登记暂行条例 17)
    later: NotRequired[list[Later]]  # accepted without these (浙江规定 11(2))


class MissingItem(TypedDict):
    """One line of the correction notice."""

    name: str
    agency: str
    service: str
    what: str  # why, and what to supply


class Correction(TypedDict):
    """补正告知书, about a case: one list for all agencies."""

    applicant: str
    event: str
    due: str
    items: list[MissingItem]
    way: NotRequired[str]  # the hall, where a window checked for all agencies and told it on the spot


class SuppliedItem(TypedDict):
    """One line of the receipt for what was supplied."""

    name: str
    agency: str
    way: str  # typed, a file, a paper that was looked at


class Supplied(TypedDict):
    """补正回执, about what came in at once for the correction notice of a case."""

    applicant: str
    event: str
    case_number: str
    way: str  # online, or at which hall
    items: list[SuppliedItem]
    left: list[str]  # what to supply still, in words
    later: NotRequired[list[Later]]  # likewise what was accepted without it; neither: all is there
    accepted: NotRequired[bool]  # all that came was for what is accepted already (容缺受理)
    due: str  # the last day for that; if nothing is left, the last day to check what came


class AcceptanceRevoked(TypedDict):
    """撤销受理决定书, about a procedure that was accepted provisionally (浙江规定 11(2))."""

    applicant: str
    service: str
    accepted: str
    due: str  # the last day, which has passed
    items: list[str]  # what never came
    basis: str
    review_body: str  # as in NonAcceptance
    remedy: str  # likewise


class Delivery(TypedDict):
    """送达回证: who took a result at a window, to be signed."""

    applicant: str
    service: str
    licence_title: str
    licence_number: str
    hall: str
    taker: str
    id_number: str  # masked
    by_mandate: bool


class Remedies(TypedDict):
    """How the act that a letter tells of is contested."""

    review_body: str  # who hears the 行政复议, by name; "" if nobody knows (行政复议法实施条例 17)
    remedy: str  # general, tax, service


class Ended(Remedies):
    """终止办理告知书, about a procedure of which somebody who applied has died."""

    applicant: str  # to whom this one goes
    event: str
    case_number: str
    service: str
    procedure: str  # its number
    with_it: list[str]  # services that take its result and end with it
    who: str  # 卖方 1何**
    died: str
    basis: str
    agent: str  # who signed for him by mandate, masked; else ""
    estate: bool  # real estate: who inherits it is registered first
    money: bool  # whether there is something to pay, that may go back


class NonAcceptance(TypedDict):
    """不予受理决定书, about a procedure."""

    applicant: str
    service: str
    received: str
    reasons: str
    basis: str
    competent: str  # who is competent if this agency is not (行政许可法 32(1)(2)), else ""
    review_body: str  # who hears the 行政复议, by name; "" if nobody knows (行政复议法实施条例 17)
    remedy: str  # general, tax, service


class Decision(TypedDict):
    """What grants or refuses, about a procedure."""

    applicant: str
    service: str
    outcome: str  # "granted", "refused"
    accepted: str
    reasons: str
    basis: str
    title: str  # as its regime calls it, e.g. 准予行政许可决定书
    done: str  # what is decided, a sentence
    came: str  # 受理, or 收到 for what needs no acceptance
    licence_title: NotRequired[str]
    licence_number: NotRequired[str]
    validity: NotRequired[str]  # in words
    conditions: NotRequired[list[str]]  # what the holder must keep
    conditions_en: NotRequired[list[str]]  # the same in English, for the text version
    review_body: str  # as in NonAcceptance
    remedy: str  # as in NonAcceptance


class Revocation(TypedDict):
    """撤销决定书, about a licence."""

    applicant: str
    act: str  # RevocationLaw.act
    licence_title: str
    licence_number: str
    issued: str
    basis: str  # Ground.article
    ground: str  # Ground.words
    effect: str  # Ground.effect
    after: str  # RevocationLaw.after
    reasons: str
    review_body: str  # as in NonAcceptance


NoticeData = (
    Receipt
    | Acceptance
    | AcceptanceRevoked
    | Correction
    | Supplied
    | NonAcceptance
    | Decision
    | Delivery
    | Ended
    | Revocation
)


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice, for its recipient and the staff."""

    id: UUID
    kind: str
    title: str  # a Chinese message id, e.g. 受理通知书
    number: str
    case: UUID
    procedure: UUID | None
    agency_name: str
    recipient: UUID
    created_at: datetime
    ready: bool  # the document is there
    about: str = ""  # number of the case, procedure or licence
    paper_at: str = ""  # hall that prints and posts it, for somebody without telephone
    posted_at: datetime | None = None  # when that was done
