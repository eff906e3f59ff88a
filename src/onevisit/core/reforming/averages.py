"""What an event asks of its applicants on average: of synthetic ones, as nobody has counted real ones by kind.

They are drawn as a replay draws them: each fact's classes alike likely, one of two walks in. No promise is taken that
is only offered, as in the proofs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.applying import apply
from onevisit.core.levers.model import Lever
from onevisit.core.planning.graph import compile_event
from onevisit.core.planning.options import Context
from onevisit.core.reforming.pulled import Applicant, filled
from onevisit.core.replay.comparing import figures_of
from onevisit.core.replay.pairs import drawn, pair_of

Pick = Callable[[int], int]  # of n numbers, one from 0 to n - 1


@dataclass(frozen=True, slots=True)
class Averages:
    """What an applicant is asked, on average of so many synthetic ones."""

    applicants: int
    visits: float  # of the worst-off person of his plan
    all_visits: float  # of everybody in it
    papers: float  # originals, copies and uploads that he brings
    questions: float
    days: float  # working days, promised


def draw(event: LifeEvent, levers: Iterable[Lever], picks: Iterable[Pick]) -> tuple[Applicant, ...]:
    """Synthetic applicants, one of each `pick`, told apart by all that the event or any of its levers asks.

    So that they are the same people whichever levers are pulled.
    """
    pair = pair_of(event, apply(event, levers))
    offers = pair.before.commitments | pair.after.commitments
    found = []
    for pick in picks:
        facts = {key: value for key, value in drawn(pair, pick).items() if key not in offers}
        found.append(Applicant(pick(2) == 1, facts))
    return tuple(found)


def averages(event: LifeEvent, people: tuple[Applicant, ...]) -> Averages:
    """What the event asks of these people on average."""
    graph = compile_event(event, "")
    found = [figures_of(graph, filled(graph, one.facts), Context(one.walk_in)).high for one in people]

    def mean(numbers: Iterable[int]) -> float:
        return sum(numbers) / len(found)

    return Averages(
        len(found),
        mean(one.visits for one in found),
        mean(one.all_visits for one in found),
        mean(one.originals + one.copies + one.uploads for one in found),
        mean(one.questions for one in found),
        mean(one.days for one in found),
    )
