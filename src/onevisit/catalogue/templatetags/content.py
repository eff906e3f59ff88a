"""`|content`: what a row keeps in the content's Chinese words, in the reader's language."""

from django import template
from django.utils.translation import gettext

from onevisit.catalogue.queries import words_of
from onevisit.ui.words import in_source, say

register = template.Library()


@register.filter
def content(words: str) -> str:
    """The words in the reader's language, a label before 「：」 too; what nobody knows stays as it is."""
    if in_source():
        return words
    label, colon, rest = words.partition("：")
    said = say(words_of(words))
    return said if said != words or not colon else say(words_of(label)) + gettext("：") + rest
