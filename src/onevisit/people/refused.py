"""A refusal in the reader's language."""

from django.utils.translation import gettext

from onevisit.core.errors import Refusal
from onevisit.core.text import Text
from onevisit.ui.words import say


def said(refused: Refusal) -> str:
    """Its sentence: what cannot be done, and what to do next."""
    return refused.filled(gettext(refused.sentence), _field)


def _field(value: object) -> str:
    if isinstance(value, Refusal):
        return said(value)
    return say(value) if isinstance(value, Text) else str(value)
