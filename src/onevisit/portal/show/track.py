"""Tracking: each procedure with its clock, its results and what comes next."""

import re
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from onevisit.cases.values import CaseView, ProcedureView
from onevisit.core.law.articles import cite_all
from onevisit.licences.values import LicenceView
from onevisit.notices.values import NoticeView
from onevisit.ui.words import say

GRADES = (  # GB/T 39046 A.8, best first
    gettext_noop("非常满意"),
    gettext_noop("满意"),
    gettext_noop("基本满意"),
    gettext_noop("不满意"),
    gettext_noop("非常不满意"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One procedure on the tracking page."""

    procedure: ProcedureView
    licences: tuple[LicenceView, ...]  # twins have each their own
    chip: str  # kind of the clock chip
    words: str  # its words; "" = from the clock
    basis: str
    notices: tuple[NoticeView, ...]


def rows(case: CaseView, notices: list[NoticeView]) -> list[Row]:
    """The case's procedures: those that run first, by what is due first, then what is done."""
    ordered = sorted(case.procedures, key=lambda p: (p.decided_at is not None, p.clock.left if p.clock.due else 999))
    return [
        _row(
            p,
            tuple(one for one in case.licences if one.procedure == p.id),
            tuple(one for one in notices if one.procedure == p.id),
        )
        for p in ordered
    ]


def _row(procedure: ProcedureView, licences: tuple[LicenceView, ...], notices: tuple[NoticeView, ...]) -> Row:
    """The chip says the clock while one runs, the outcome once there is one, the state otherwise."""
    clock, words, chip = procedure.clock, "", procedure.clock.status
    if procedure.outcome in ("refused", "not_accepted", "ended"):
        chip, words = "overdue", say(procedure.state_words)
    elif procedure.outcome != "granted" and (procedure.decided_at is not None or not clock.cells):
        chip, words = "waiting", say(procedure.state_words)
    return Row(procedure, licences, chip, words, cite_all(tuple(one for one in clock.basis if one.law)), notices)


def picture(svg: str, label: str) -> SafeString:
    """A drawing of our own with its name; it takes the size of its box."""
    svg = re.sub(r'width="(\d+)" height="(\d+)"', r'viewBox="0 0 \1 \2"', svg, count=1)
    return format_html('<div class="ov-qr" role="img" aria-label="{}">{}</div>', label, SafeString(svg))


def grades() -> list[tuple[int, str]]:
    """The five grades, 1 the best."""
    return [(n, gettext(words)) for n, words in enumerate(GRADES, 1)]
