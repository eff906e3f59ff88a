"""What can be read of drafts and cases, as frozen values."""

from onevisit.cases.queries.cases import case, cases_of
from onevisit.cases.queries.clock import clock
from onevisit.cases.queries.coming import coming
from onevisit.cases.queries.documents import document
from onevisit.cases.queries.drafts import draft, drafts_of
from onevisit.cases.queries.ledger import ledger
from onevisit.cases.queries.paying import bills_here
from onevisit.cases.queries.presence import open_steps
from onevisit.cases.queries.reaching import reach
from onevisit.cases.queries.replaying import past_cases, submitted_cases
from onevisit.cases.queries.revocable import revocable
from onevisit.cases.queries.verifying import verify
from onevisit.cases.queries.version import version
from onevisit.cases.queries.waiting import waiting
from onevisit.cases.queries.window import at_desk, handed_over
from onevisit.cases.queries.work import inbox, work

__all__ = [
    "at_desk",
    "bills_here",
    "case",
    "cases_of",
    "clock",
    "coming",
    "document",
    "draft",
    "drafts_of",
    "handed_over",
    "inbox",
    "ledger",
    "open_steps",
    "past_cases",
    "reach",
    "revocable",
    "submitted_cases",
    "verify",
    "version",
    "waiting",
    "work",
]
