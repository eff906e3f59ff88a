"""What can be done with drafts and cases: one write a file. Append only: two people write here."""

from onevisit.cases.actions.adopt_draft import adopt_draft
from onevisit.cases.actions.answer import answer
from onevisit.cases.actions.confirm import confirm, dispute
from onevisit.cases.actions.mark_seen import mark_seen
from onevisit.cases.actions.start_draft import start_draft
from onevisit.cases.actions.upload import remove_upload, upload

__all__ = ["adopt_draft", "answer", "confirm", "dispute", "mark_seen", "remove_upload", "start_draft", "upload"]
