"""Sentences of the content in the reader's language."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

SOURCE = "zh-hans"  # the language of the code's sentences


class Words(Protocol):
    """A sentence in the languages that people read (core's Text)."""

    def of(self, lang: str) -> str:
        """The sentence in `lang`."""


def say(words: Words | Promise | str | None) -> str:
    """The sentence in the reader's language; "" for none.

    A sentence of the code that has no English of its own (a law's words, kept in Chinese) is in the message catalogue.
    """
    if words is None or isinstance(words, str | Promise):
        return str(words or "")
    return words.of(SOURCE) if in_source() else gettext(words.of(get_language() or SOURCE))


def in_source() -> bool:
    """Whether the reader reads the language of the code's sentences, so that they are shown as they are."""
    return (get_language() or SOURCE) == SOURCE


def listed(words: Iterable[Words | Promise | str]) -> str:
    """Names in a row: 市场监管局、消防救援大队."""
    return gettext("、").join(say(one) for one in words)
