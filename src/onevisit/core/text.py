"""Sentences in the languages that people read."""

from dataclasses import dataclass


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the message catalogue without translating it here (core knows no language)."""
    return sentence


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of the content in Chinese and English; `en` may be empty, then Chinese stands in."""

    zh: str
    en: str = ""

    def of(self, lang: str) -> str:
        """The sentence in `lang` ("zh…" or "en…")."""
        return self.en if lang.startswith("en") and self.en else self.zh
