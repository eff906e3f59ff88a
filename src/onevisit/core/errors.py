"""Refusal: the one base of all domain errors."""

from typing import ClassVar


class Refusal(Exception):
    """An act that cannot be done, with a stable code and a sentence that says what to do next.

    `sentence` is the Chinese message id; `{name}` fields are filled from the keyword arguments.
    Pages translate `sentence` first and fill it afterwards (see config/middleware.py).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = "现在不能这样做。请返回上一页看看最新的情况。"

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.filled(self.sentence))

    def filled(self, sentence: str) -> str:
        """`sentence` (a translation of `self.sentence`) with its fields filled."""
        return sentence.format(**self.data) if self.data else sentence
