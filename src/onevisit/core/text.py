"""Sentences in the languages that people read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the message catalogue without translating it here (core knows no language)."""
    return sentence


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of the content in Chinese and English; `en` may be empty, then Chinese stands in."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        """In Chinese, as ledger and letters are."""
        return self.zh

    def of(self, lang: str) -> str:
        """The sentence in `lang` ("zh…", "en…"); content has no third language, so whoever reads one gets English."""
        return self.zh if lang.startswith("zh") or not self.en else self.en

    @classmethod
    def row(cls, items: Iterable[Self]) -> Self:
        """Names in a row, each once."""
        once = list(dict.fromkeys(items))
        return cls("、".join(one.zh for one in once), ", ".join(one.of("en") for one in once))

    @classmethod
    def day(cls, day: date) -> Self:
        """A day: 2026年12月2日, 2 December 2026."""
        return cls(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its English noun: 1 visit, 2 visits."""
    return f"{number} {one if number == 1 else many or one + 's'}"
