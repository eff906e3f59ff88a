"""Pure rules of hooks: the events, and when a failed message is sent again."""

from datetime import timedelta
from typing import Final

from onevisit.core.text import Text

EVENTS: Final = {
    "case.submitted": Text("办件已提交", "a case was submitted"),
    "case.correction_told": Text("一次性补正告知已发出", "the one correction notice went out"),
    "procedure.accepted": Text("事项已受理（含依法视为受理）", "a procedure was accepted, by law of silence too"),
    "procedure.decided": Text("事项已作决定", "a procedure was decided"),
    "procedure.withdrawn": Text("申请已撤回或视为撤回", "an application was withdrawn, by law of silence too"),
    "licence.issued": Text("证照已颁发", "a licence was issued"),
    "licence.revoked": Text("证照已撤销", "a licence was revoked"),
    "bill.paid": Text("缴费单已缴清", "a bill was paid"),
    "bill.refunded": Text("缴过的钱已退回", "money that was paid has been given back"),
}
MOST_ENDPOINTS = 20  # of one program
LONGEST_URL = 500
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=12)
ATTEMPTS = 19  # the last one about three days after the first


def wait_after(failures: int) -> timedelta | None:
    """How long to rest after so many failures in a row: 5 s, doubling, at most 12 hours; None: given up."""
    if failures >= ATTEMPTS:
        return None
    return min(FIRST_WAIT * (1 << min(failures - 1, 20)), LONGEST_WAIT)
