"""Official identifiers, their check digits, and the shape of our own ids."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from stdnum.cn import ric, uscc

from onevisit.core.errors import Refusal

_RIC = re.compile(r"[0-9]{17}[0-9X]")
_USCC = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")  # GB 32100: no I, O, S, V, Z
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{9,11}")
_TAIL_BITS = 74  # of a UUID of version 7, behind its time
_TAIL = (1 << _TAIL_BITS) - 1
_LOW = (1 << 62) - 1  # the part of the tail behind the variant
LAST = "\U0010ffff"  # behind every character that a number has
_SEPARATORS = re.compile(r"[\s,;，；、]+")


class BadCode(Refusal):
    """A number that cannot be right; the base of the checks below."""

    code = "bad-code"
    status = 422
    sentence: ClassVar[str] = "号码不对。请对照证件再填一次。"


class IdNumberLength(BadCode):
    """An identity number that has not 18 characters."""

    sentence = "身份证号是18位，您填了{count}位。请对照身份证再填一次。"


class IdNumberCharacters(BadCode):
    """An identity number with a character that does not belong there."""

    sentence = "身份证号前17位是数字，最后一位是数字或字母X。请对照身份证再填一次。"


class IdNumberDate(BadCode):
    """An identity number whose birth date does not exist."""

    sentence = "身份证号第7至14位是出生日期，您填的“{text}”没有这一天。请对照身份证再填一次。"


class IdNumberCheckDigit(BadCode):
    """An identity number whose last digit does not fit the others."""

    sentence = "身份证号的最后一位和前面对不上，多半有一位填错了。请对照身份证再填一次。"


class CreditCodeLength(BadCode):
    """A unified social credit code that has not 18 characters."""

    sentence = "统一社会信用代码是18位，您填了{count}位。请对照营业执照再填一次。"


class CreditCodeCharacters(BadCode):
    """A unified social credit code with a letter that is never used."""

    sentence = "统一社会信用代码只有数字和大写字母，没有字母I、O、S、V、Z。请对照营业执照再填一次。"


class CreditCodeCheckDigit(BadCode):
    """A unified social credit code whose last character does not fit the others."""

    sentence = "统一社会信用代码的最后一位和前面对不上，多半有一位填错了。请对照营业执照再填一次。"


class BadPhone(BadCode):
    """Neither a mobile number nor a landline with its area code."""

    sentence = "电话号码不对。手机号是11位；固定电话请带区号，例如0572-8000000。"


class EmptyList(BadCode):
    """A list of identity numbers with nothing in it."""

    sentence = "请至少填一个身份证号，每行一个。"


class BadInList(BadCode):
    """One of several identity numbers is wrong."""

    sentence = "第{place}个身份证号“{text}”不对：{reason}"


def tidy(text: str) -> str:
    """`text` as it is kept: full-width characters narrowed, spaces and hyphens dropped, letters in capitals."""
    return re.sub(r"[\s\-–—]", "", unicodedata.normalize("NFKC", text)).upper()


def check_ric(text: str) -> None:
    """Check a resident identity number (GB 11643): length, characters, birth date, check digit. Raises BadCode.

    The county code is not looked up: new counties appear faster than any list of them.
    """
    number = tidy(text)
    if len(number) != 18:
        raise IdNumberLength(count=len(number))
    if not _RIC.fullmatch(number):
        raise IdNumberCharacters()
    born = number[6:14]
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        raise IdNumberDate(text=born) from None
    if ric.calc_check_digit(number) != number[-1]:
        raise IdNumberCheckDigit()


def check_uscc(text: str) -> None:
    """Check a unified social credit code (GB 32100): length, characters, check character. Raises BadCode."""
    code = tidy(text)
    if len(code) != 18:
        raise CreditCodeLength(count=len(code))
    if not _USCC.fullmatch(code):
        raise CreditCodeCharacters()
    if uscc.calc_check_digit(code[:17]) != code[-1]:
        raise CreditCodeCheckDigit()


def check_phone(text: str) -> None:
    """Check a phone number of the mainland: a mobile, or a landline with its area code. Raises BadPhone."""
    number = tidy(text).removeprefix("+86")
    if not (_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)):
        raise BadPhone()


def split_list(text: str) -> tuple[str, ...]:
    """The codes of a list typed with spaces, commas, 、 or one a line; tidied, each once, in order."""
    parts = (tidy(part) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def check_ric_list(text: str) -> None:
    """Check each identity number of a list. Raises BadInList, which names the first wrong one, or EmptyList."""
    numbers = split_list(text)
    if not numbers:
        raise EmptyList()
    for place, number in enumerate(numbers, start=1):
        try:
            check_ric(number)
        except BadCode as bad:
            raise BadInList(place=place, text=number, reason=bad) from bad


CHECKS: Mapping[str, Callable[[str], None]] = {
    "ric": check_ric,
    "uscc": check_uscc,
    "phone": check_phone,
    "ric_list": check_ric_list,
}


def uuid7(now: datetime, randomness: bytes) -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then 74 bits of the 10 bytes of `randomness`."""
    tail = int.from_bytes(randomness[:10], "big") & _TAIL
    return _version7((int(now.timestamp() * 1000) << _TAIL_BITS) | tail)


def uuid7_after(previous: UUID, step: int) -> UUID:
    """The UUID of version 7 that lies `step` (at least 1) behind `previous` (RFC 9562, 6.2, method 2)."""
    tail = (((previous.int >> 64) & 0x0FFF) << 62) | (previous.int & _LOW)
    return _version7((((previous.int >> 80) << _TAIL_BITS) | tail) + step)


def _version7(bits: int) -> UUID:
    """122 bits of time and tail, with version and variant between them."""
    high = ((bits >> _TAIL_BITS) << 16) | 0x7000 | ((bits >> 62) & 0x0FFF)
    return UUID(int=(high << 64) | (0b10 << 62) | (bits & _LOW))
