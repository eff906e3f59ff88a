"""Averages before and after as bars, with the numbers beside them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from onevisit.core.reforming.averages import Averages
from onevisit.ui.svg import tag

WIDTH, HIGH = 200, 24  # of a picture
LONGEST = 198.0  # bar


@dataclass(frozen=True, slots=True)
class Mean:
    """One average: what it is called, its bars, and its numbers."""

    name: str
    picture: SafeString
    before: str
    after: str


def means(before: Averages, after: Averages) -> Iterator[Mean]:
    """Visits, papers, questions and days."""
    yield _mean(gettext("跑几次"), before.visits, after.visits)
    yield _mean(gettext("自己带的材料"), before.papers, after.papers)
    yield _mean(gettext("要答的问题"), before.questions, after.questions)
    yield _mean(gettext("承诺工作日"), before.days, after.days)


def _mean(name: str, before: float, after: float) -> Mean:
    longest = max(before, after) or 1.0
    was, now = (LONGEST * number / longest for number in (before, after))
    picture = tag(
        "svg",
        tag("rect", class_="ov-means__was", x=1, y=1, width=was, height=9),
        tag("rect", class_="ov-means__now", x=1, y=13, width=now, height=10),
        viewBox=f"0 0 {WIDTH} {HIGH}", preserveAspectRatio="none", aria_hidden="true",
    )  # fmt: skip
    return Mean(name, picture, f"{before:.1f}", f"{after:.1f}")
