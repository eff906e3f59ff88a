"""What one process of a replay does: whole chunks of applicants, of which only the tally comes back.

Needs neither Django nor a database: past cases come as values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random

from onevisit.cases.replay_values import PastCase
from onevisit.cases.rules.answers import typed
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Value
from onevisit.core.planning.options import Context
from onevisit.core.proving.proof import Proof, prove
from onevisit.core.replay.comparing import compare
from onevisit.core.replay.outcome import Outcome
from onevisit.core.replay.pairs import Pair, drawn, in_words, known_to_one, pair_of
from onevisit.core.replay.proofs import diff_of_proofs
from onevisit.core.replay.tally import Example, Tally


@dataclass(frozen=True, slots=True)
class Sides:
    """A life event by the catalogue in force and by the draft, with their snapshots."""

    before: LifeEvent
    after: LifeEvent
    snapshots: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Prove:
    """Prove an event's visits by the catalogue in force and by the draft."""

    event: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Synthetic applicants from `first` on, so many; the same for the same seed, whoever draws them."""

    event: str
    first: int
    size: int
    seed: int


@dataclass(frozen=True, slots=True)
class Past:
    """Past cases, of which the first is the `first` of its event."""

    event: str
    first: int
    cases: tuple[PastCase, ...]


Task = Prove | Draw | Past
Proofs = tuple[Proof, Proof]  # in force, by the draft
Result = Proofs | Tally


class Worker:
    """Compiles each event once, when it is first needed."""

    def __init__(self, sides: Mapping[str, Sides]) -> None:
        self.sides = sides
        self.pairs: dict[str, Pair] = {}

    def do(self, task: Task) -> Result:
        """One task. Raises refusals of the catalogue: a draft by which somebody cannot be planned."""
        pair = self._pair(task.event)
        if isinstance(task, Prove):
            return prove(pair.before), prove(pair.after)
        return _drawn(pair, task) if isinstance(task, Draw) else _past(pair, task)

    def _pair(self, event: str) -> Pair:
        if event not in self.pairs:
            own = self.sides[event]
            self.pairs[event] = pair_of(own.before, own.after, own.snapshots)
        return self.pairs[event]


def outcome_of(own: Sides, tally: Tally, proofs: Proofs) -> Outcome:
    """What all the tasks about one event found."""
    lone = known_to_one(pair_of(own.before, own.after, own.snapshots))
    return Outcome(own.before, own.after, own.snapshots, tally, diff_of_proofs(*proofs), lone)


def _drawn(pair: Pair, task: Draw) -> Tally:
    tally = Tally()
    for place in range(task.first, task.first + task.size):
        chance = Random(f"{task.seed} {task.event} {place}")  # noqa: S311 - a draw that can be repeated, no secret
        facts = drawn(pair, chance.randrange)
        context = Context(walk_in=chance.randrange(2) == 1)
        _count(tally, pair, facts, context, partial(Example, place, context.walk_in))
    return tally


def _past(pair: Pair, task: Past) -> Tally:
    tally = Tally()
    for place, case in enumerate(task.cases, task.first):
        facts = {**typed(case.facts, pair.after.specs), **typed(case.facts, pair.before.specs)}
        context = Context(case.walk_in, case.unavailable, case.held)
        made = partial(Example, place, case.walk_in, case=case.id, person=case.person)
        _count(tally, pair, facts, context, made)
    return tally


def _count(
    tally: Tally, pair: Pair, facts: Mapping[str, Value], context: Context, example: Callable[..., Example]
) -> None:
    one = compare(pair, facts, context)
    if one is not None and tally.wants(one):
        tally.show(example(answers=in_words(pair, facts), difference=one))
    tally.add(one)
