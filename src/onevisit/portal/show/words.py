"""Numbers, days and money in the words of the pages."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, gettext_noop, ngettext

from onevisit.core.basis import Basis
from onevisit.core.catalogue import EvidenceType
from onevisit.core.planning.model import Range
from onevisit.ui import dates
from onevisit.ui.words import listed, say

_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?(?:\((\d+)\))?")
WEEKDAYS = (
    gettext_noop("周一"),
    gettext_noop("周二"),
    gettext_noop("周三"),
    gettext_noop("周四"),
    gettext_noop("周五"),
    gettext_noop("周六"),
    gettext_noop("周日"),
)


def given_hint(kind: EvidenceType) -> str:
    """What to know about a document that one gives oneself: how, and who issues it."""
    issued = gettext("由%(issuer)s出具。") % {"issuer": say(kind.issuer)} if kind.issuer else ""
    return say(kind.hint) + issued


def day_words(day: date) -> tuple[str, str]:
    """A date and its weekday."""
    return dates.short(day), gettext(WEEKDAYS[day.weekday()])


def range_words(value: Range) -> str:
    """One number, or from – to."""
    return str(value.high) if value.exact else f"{value.low}–{value.high}"


def days_words(value: Range) -> str:
    """Working days; nothing to wait for is 当场."""
    if value.high == 0:
        return gettext("当场")
    words = ngettext("%(days)s 个工作日", "%(days)s 个工作日", value.high) % {"days": range_words(value)}
    return gettext("当场到 %(days)s") % {"days": days_words(Range(value.high, value.high))} if value.low == 0 else words


def yuan(low: Decimal, high: Decimal) -> str:
    """An amount of money, or a range of them; nothing is 不收费."""
    if high == 0:
        return gettext("不收费")
    amount = f"{high:,.2f}".removesuffix(".00")
    if low == high:
        return gettext("%(amount)s 元") % {"amount": amount}
    first = f"{low:,.2f}".removesuffix(".00")
    return gettext("%(low)s–%(high)s 元") % {"low": first, "high": amount}


def basis_words(bases: Iterable[Basis]) -> str:
    """The articles, shortly: 食品安全法第35条、行政许可法第32条第1款第4项."""
    named = (b for b in bases if b.law)
    words = [
        gettext("%(law)s%(article)s") % {"law": gettext(b.law), "article": article_words(b.article)} for b in named
    ]
    return listed(dict.fromkeys(words))


def article_words(article: str) -> str:
    """An article as it is read: "32(1)(4)" is 第32条第1款第4项; several, as in "16、19", share their 条."""
    found = _ARTICLE.fullmatch(article)
    if found is None:
        return gettext("第%(article)s条") % {"article": article.replace("、", gettext("、"))} if article else ""
    number, paragraph, item = found.groups()
    words = gettext("第%(article)s条") % {"article": number}
    if paragraph:
        words += gettext("第%(paragraph)s款") % {"paragraph": paragraph}
    return words + (gettext("第%(item)s项") % {"item": item} if item else "")
