"""What can be read of drafts and cases, as frozen values."""

from onevisit.cases.queries.drafts import draft, drafts_of

__all__ = ["draft", "drafts_of"]
