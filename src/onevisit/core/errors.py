"""Refusal: the one base of all domain errors."""

from collections.abc import Callable
from typing import ClassVar


class Refusal(Exception):
    """An act that cannot be done, with a stable code and a sentence that says what to do next.

    `sentence` is the Chinese message id; `{name}` fields are filled from the keyword arguments
    (names are Texts, so that they too can be said in the reader's language).
    Pages translate `sentence` first and fill it afterwards (see config/middleware.py).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = "现在不能这样做。请返回上一页看看最新的情况。"

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.filled(self.sentence))

    def filled(self, sentence: str, say: Callable[[object], object] = str) -> str:
        """`sentence` (a translation of `self.sentence`) with its fields filled; `say` words each in its language."""
        return sentence.format(**{key: say(value) for key, value in self.data.items()}) if self.data else sentence
