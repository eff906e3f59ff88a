"""What can be read of drafts and cases, as frozen values. Append only: two people write here."""

from onevisit.cases.queries.documents import document
from onevisit.cases.queries.drafts import draft, drafts_of

__all__ = ["document", "draft", "drafts_of"]
