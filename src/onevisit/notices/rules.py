"""Pure rules of notices: their kinds, titles and numbers."""

from enum import StrEnum

from onevisit.core.text import gettext_noop as _

REASON = "文书 "  # begins the signature's reason; the number follows
DEMONSTRATION = "示范"


class Kind(StrEnum):
    """Kinds of notices; each has the template of its name."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    CORRECTION = "correction"
    SUPPLIED = "supplied"
    NON_ACCEPTANCE = "non_acceptance"
    DECISION = "decision"
    REVOCATION = "revocation"
    ACCEPTANCE_REVOKED = "acceptance_revoked"
    DELIVERY = "delivery"
    ENDED = "ended"


TITLES = {
    Kind.RECEIPT: _("收件回执"),
    Kind.ACCEPTANCE: _("受理通知书"),
    Kind.CORRECTION: _("补正告知书"),
    Kind.SUPPLIED: _("补正回执"),
    Kind.NON_ACCEPTANCE: _("不予受理决定书"),
    Kind.DECISION: _("决定书"),
    Kind.REVOCATION: _("撤销决定书"),
    Kind.ACCEPTANCE_REVOKED: _("撤销受理决定书"),
    Kind.DELIVERY: _("送达回证"),
    Kind.ENDED: _("终止办理告知书"),
}
_MARKS = {
    Kind.RECEIPT: "收",
    Kind.ACCEPTANCE: "受",
    Kind.CORRECTION: "补",
    Kind.SUPPLIED: "补收",
    Kind.NON_ACCEPTANCE: "不受",
    Kind.DECISION: "决",
    Kind.REVOCATION: "撤",
    Kind.ACCEPTANCE_REVOKED: "撤受",
    Kind.DELIVERY: "送",
    Kind.ENDED: "终",
}


def notice_number(kind: Kind, about: str) -> str:
    """A plainly demonstrational number: of what it is about (case, procedure, licence), and the kind's mark.

    Unique because there is one notice of a kind about one thing (of receipts for what was supplied: about the case and
    the place of the first item in it; of an end by death: about the procedure and the place of its addressee). It needs
    no counter, so no round trip.
    """
    return f"{DEMONSTRATION}{about.removeprefix(DEMONSTRATION)}{_MARKS[kind]}"
