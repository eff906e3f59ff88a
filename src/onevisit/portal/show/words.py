"""Numbers, days and money in the words of the pages."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from onevisit.core.catalogue import Basis, EvidenceType, Period, Unit
from onevisit.core.facts import FactSpec, Value
from onevisit.core.planning.model import Range
from onevisit.core.text import Text

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


def said(text: Text | None) -> str:
    """The sentence in the reader's language."""
    return text.of(get_language() or "zh-hans") if text else ""


def given_hint(kind: EvidenceType) -> str:
    """What to know about a document that one gives oneself: how, and who issues it."""
    issued = gettext("由%(issuer)s出具。") % {"issuer": said(kind.issuer)} if kind.issuer else ""
    return said(kind.hint) + issued


def day_words(day: date) -> tuple[str, str]:
    """A date and its weekday."""
    words = gettext("%(month)d月%(day)d日") % {"month": day.month, "day": day.day}
    return words, gettext(WEEKDAYS[day.weekday()])


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
    return "、".join(dict.fromkeys(f"{b.law}{article_words(b.article)}" for b in named))


def article_words(article: str) -> str:
    """An article as it is read: "32(1)(4)" is 第32条第1款第4项; several, as in "16、19", share their 条."""
    found = _ARTICLE.fullmatch(article)
    if found is None:
        return gettext("第%(article)s条") % {"article": article} if article else ""
    number, paragraph, item = found.groups()
    words = gettext("第%(article)s条") % {"article": number}
    if paragraph:
        words += gettext("第%(paragraph)s款") % {"paragraph": paragraph}
    return words + (gettext("第%(item)s项") % {"item": item} if item else "")


def listed(parts: Iterable[str]) -> str:
    """Several words in one: 甲、乙、丙."""
    return "、".join(parts)


def period_words(period: Period) -> str:
    """A period in words; no working day is 当场."""
    if period.amount == 0:
        return gettext("当场")
    units = {
        Unit.WORKING_DAY: gettext("%(amount)d 个工作日"),
        Unit.DAY: gettext("%(amount)d 天"),
        Unit.MONTH: gettext("%(amount)d 个月"),
        Unit.YEAR: gettext("%(amount)d 年"),
    }
    return units[period.unit] % {"amount": period.amount}


def value_words(spec: FactSpec, value: Value) -> str:
    """A fact's value in words: an option's label, yes or no, a number with its unit, a date."""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, date):
        return f"{value.year}-{value.month:02}-{value.day:02}"
    option = next((said(o.label) for o in spec.options if o.value == value), None)
    words = option or str(value)
    return f"{words} {said(spec.unit)}".strip() if isinstance(value, int | Decimal) else words
