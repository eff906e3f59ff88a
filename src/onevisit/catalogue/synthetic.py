"""The synthetic applicants over whom averages of a reform are taken: the same every time, and nobody real."""

from random import Random

from onevisit.catalogue.levers import Reform
from onevisit.core.catalogue import LifeEvent
from onevisit.core.reforming.averages import draw
from onevisit.core.reforming.pulled import Applicant

APPLICANTS = 100


def people_of(event: LifeEvent, reform: Reform) -> tuple[Applicant, ...]:
    """So many applicants of the event, drawn by chance that can be repeated."""
    chances = (Random(f"{reform.event} {place}") for place in range(APPLICANTS))  # noqa: S311 - repeatable, no secret
    return draw(event, reform.levers, (chance.randrange for chance in chances))
