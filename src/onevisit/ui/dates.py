"""Days as the reader's language writes them. The patterns are Django's, so that a language needs its catalogue only."""

from datetime import date

from django.utils.dateformat import format as written
from django.utils.translation import gettext


def short(day: date) -> str:
    """A day without its year: 12月8日, 8 December."""
    return written(day, gettext("n月j日"))


def full(day: date) -> str:
    """A day with its year: 2026年12月8日, 8 December 2026."""
    return written(day, gettext("Y年n月j日"))


def in_month(day: date) -> str:
    """A day whose month is known: 8日, 8."""
    return written(day, gettext("j日"))
