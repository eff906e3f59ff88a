"""`|content`: what a row keeps in the content's Chinese words, in the reader's language."""

import re

from django import template
from django.utils.translation import gettext

from onevisit.catalogue.queries import words_of
from onevisit.ui.words import in_source, say

register = template.Library()
WHOSE = re.compile(r"(.+)（([^（）]+?)((?: [0-9]+)?)）")  # as rows name a paper of one party: 身份证明（买方 1）


@register.filter
def content(words: str) -> str:
    """The words in the reader's language, also a label before 「：」 or a party behind 「（」; unknown words stay."""
    if in_source():
        return words
    said = say(words_of(words))
    if said != words:
        return said
    whose = WHOSE.fullmatch(words)
    if whose and words_of(whose[1]).en:  # the name of somebody （示范） is nobody's paper
        return f"{say(words_of(whose[1]))} ({say(words_of(whose[2]))}{whose[3]})"
    label, colon, rest = words.partition("：")
    return say(words_of(label)) + gettext("：") + rest if colon else words
