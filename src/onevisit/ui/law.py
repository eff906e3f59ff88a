"""Citations of laws in the reader's language.

Ledger, letters and forms keep one as Chinese law writes it, 《行政许可法》第三十二条第一款第四项; here it is read back.
"""

import re

from django.utils.translation import gettext

from onevisit.ui.words import in_source

_CITED = re.compile(
    r"《(?:中华人民共和国)?([^》]+)》"
    r"(?:第([0-9零一二三四五六七八九十百、]+)条)?(?:第([0-9一二三四五六七八九十]+)款)?(?:第([0-9一二三四五六七八九十]+)项)?"
)
_DIGITS = {han: value for value, han in enumerate("零一二三四五六七八九")}
_PLACES = {"十": 10, "百": 100}


def cited(citation: str) -> str:
    """The citation in the reader's language: Administrative Licensing Law, art. 32(1)(4). What is none stays."""
    if in_source():
        return citation
    return _CITED.sub(_one, re.sub("、(?=《)", gettext("；"), citation))


def _one(found: re.Match[str]) -> str:
    law, article, paragraph, item = found.groups()
    if not article:
        return gettext(law)
    where = gettext("第%(article)s条") % {"article": _numbers(article)}
    where += gettext("第%(paragraph)s款") % {"paragraph": _numbers(paragraph)} if paragraph else ""
    where += gettext("第%(item)s项") % {"item": _numbers(item)} if item else ""
    return gettext("%(law)s%(article)s") % {"law": gettext(law), "article": where}


def _numbers(text: str) -> str:
    return ", ".join(part if part.isdecimal() else str(_number(part)) for part in text.split("、"))


def _number(han: str) -> int:
    """A number below 1000 as articles are counted: 三十二 is 32."""
    total, digit = 0, 0
    for one in han:
        if one in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[one], 0
        else:
            digit = _DIGITS[one]
    return total + digit
