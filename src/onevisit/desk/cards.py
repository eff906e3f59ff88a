"""What a card reader types: one line, `name|number|…` (docs/card-reader.md)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from onevisit.core.codes import BadCode, check_ric, tidy
from onevisit.core.errors import Refusal

LONGEST = 400  # characters of a line
_FIELD = re.compile(r"[|｜\t]")


class CardUnreadable(Refusal):
    """A line of a card reader that cannot be read."""

    code = "card-unreadable"
    status = 422
    sentence: ClassVar[str] = "读卡器给的这一行看不懂：要“姓名|号码”。请再刷一次，或者照身份证在下面填。"


@dataclass(frozen=True, slots=True)
class Card:
    """Who stands on the card."""

    name: str
    id_number: str


def parse(line: str) -> Card:
    """The name and number of a line; what else the reader gives is not kept. Raises CardUnreadable.

    The number is the first field that is one, by its check digit; the name the first that has no digit before it.
    """
    fields = [" ".join(unicodedata.normalize("NFC", one).split()) for one in _FIELD.split(line[:LONGEST])]
    number = next((place for place, one in enumerate(fields) if _is_number(one)), None)
    if number is None:
        raise CardUnreadable()
    name = next((one for one in fields[:number] if one and not re.search(r"\d", one)), "")
    if not name:
        raise CardUnreadable()
    return Card(name, tidy(fields[number]))


def _is_number(text: str) -> bool:
    try:
        check_ric(text)
    except BadCode:
        return False
    return True
