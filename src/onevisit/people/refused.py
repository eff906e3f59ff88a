"""A refusal in the reader's language."""

from django.utils.translation import gettext

from onevisit.core.errors import Refusal


def said(refused: Refusal) -> str:
    """Its sentence: what cannot be done, and what to do next."""
    return refused.filled(gettext(refused.sentence))
