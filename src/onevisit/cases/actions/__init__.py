"""What can be done with drafts and cases: one write a file."""

from onevisit.cases.actions.accept import accept
from onevisit.cases.actions.adopt_draft import adopt_draft
from onevisit.cases.actions.answer import answer, check_readable
from onevisit.cases.actions.attend import attend
from onevisit.cases.actions.bring_draft import bring_draft
from onevisit.cases.actions.checkpoint import checkpoint
from onevisit.cases.actions.confirm import confirm, dispute
from onevisit.cases.actions.correct_answer import correct_answer
from onevisit.cases.actions.correct_name import correct_name
from onevisit.cases.actions.end import end
from onevisit.cases.actions.grant import grant
from onevisit.cases.actions.hand_over import hand_over
from onevisit.cases.actions.mark_seen import mark_seen, unmark_seen
from onevisit.cases.actions.no_phone import no_phone
from onevisit.cases.actions.not_accept import not_accept
from onevisit.cases.actions.rate import rate
from onevisit.cases.actions.refuse import refuse
from onevisit.cases.actions.report_missing import report_missing
from onevisit.cases.actions.revoke import revoke
from onevisit.cases.actions.settle_due import settle_due
from onevisit.cases.actions.sign import sign
from onevisit.cases.actions.start_draft import start_draft
from onevisit.cases.actions.submit import submit
from onevisit.cases.actions.supplement import supplement, upload_missing
from onevisit.cases.actions.supply import supply
from onevisit.cases.actions.tell_machines import tell_machines
from onevisit.cases.actions.upload import contents, remove_upload, upload
from onevisit.cases.actions.withdraw import withdraw

__all__ = [
    "accept",
    "adopt_draft",
    "answer",
    "attend",
    "bring_draft",
    "check_readable",
    "checkpoint",
    "confirm",
    "contents",
    "correct_answer",
    "correct_name",
    "dispute",
    "end",
    "grant",
    "hand_over",
    "mark_seen",
    "no_phone",
    "not_accept",
    "rate",
    "refuse",
    "remove_upload",
    "report_missing",
    "revoke",
    "settle_due",
    "sign",
    "start_draft",
    "submit",
    "supplement",
    "supply",
    "tell_machines",
    "unmark_seen",
    "upload",
    "upload_missing",
    "withdraw",
]
