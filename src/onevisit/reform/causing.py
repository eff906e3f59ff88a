"""The page of causes: who comes more often than once, why, by which article, and which levers remove each cause."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from onevisit.core.reforming.pulled import Undecided
from onevisit.core.reforming.rules import Rule
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.reform.reasons import TARGET, Cause, Reasons, reasons_of
from onevisit.reform.showing import of, page_of
from onevisit.reform.sources import source_words
from onevisit.reform.subjects import Subject, subject_of
from onevisit.ui.words import say


@dataclass(frozen=True, slots=True)
class Row:
    """A rule in words."""

    says: str
    source: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A cause in words, with its levers."""

    rules: tuple[Row, ...]
    levers: tuple[tuple[str, str], ...]  # key, name


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit past the target."""

    number: int
    causes: tuple[Shown, ...]
    all_found: bool


@require_safe
@roles(Role.REFORM)
def causes(request: SignedInRequest, slug: str) -> HttpResponse:
    """Causes of every visit past the target. What was not decided is said to be undecided."""
    subject = subject_of(slug, unreformed=of(request))
    reasons = _reasons(subject)
    context = {
        **page_of(subject),
        "undecided": reasons is None,
        "helpless": reasons is not None and reasons.helpless,
        "comers": [
            (
                gettext("只到窗口办的人") if comer.walk_in else gettext("在网上办的人"),
                comer.visits,
                comer.who,
                [Visit(one.number, tuple(map(_shown, one.causes)), one.all_found) for one in comer.past],
            )
            for comer in (reasons.comers if reasons else ())
        ],
        "target": TARGET,
        "made": subject.proved.made,
    }
    return render(request, "reform/causes.html", context)


def _reasons(subject: Subject) -> Reasons | None:
    """None where the solver did not decide."""
    try:
        return reasons_of(subject)
    except Undecided:
        return None


def _shown(cause: Cause) -> Shown:
    return Shown(tuple(map(_row, cause.rules)), tuple((lever.key, say(lever.name)) for lever in cause.levers))


def _row(rule: Rule) -> Row:
    return Row(say(rule.says), source_words(rule.basis), say(rule.remedy))
