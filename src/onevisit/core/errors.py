"""Refusal: the one base of all domain errors."""

from typing import ClassVar


class Refusal(Exception):
    """An act that cannot be done, with a stable code and a sentence that says what to do next.

    `sentence` is the Chinese message id; `{name}` fields are filled from the keyword arguments.
    Pages translate `sentence` first and fill it afterwards (see config/middleware.py).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = "现在不能这样做。"

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.sentence.format(**data) if data else self.sentence)
