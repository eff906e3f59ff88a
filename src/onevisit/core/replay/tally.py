"""What the draft means to many applicants: sums, counts and a few examples, in memory that does not grow with them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from onevisit.core.replay.comparing import Difference, Figures, Load, Numbers, Verdict
from onevisit.core.text import Text

EXAMPLES = 3  # of each verdict
Sums = list[int]
_NOTHING = (0,) * len(Numbers._fields)
SPREAD = ("visits", "papers", "days")  # of which it is counted how many applicants have how much
OPEN = -1  # how much: depends on an answer that nobody gave


@dataclass(frozen=True, slots=True)
class Example:
    """One applicant of those to whom the draft means something: his answers in words, nothing that says who he is."""

    place: int  # which of all it is; the first ones of each effect are kept, whoever counted them
    walk_in: bool
    answers: tuple[tuple[Text, Text], ...]  # (label, value), numbers as the range that makes no difference
    difference: Difference
    case: UUID | None = None  # None: synthetic
    person: UUID | None = None  # in whose log the look is recorded


@dataclass(slots=True)
class Total:
    """Sums over all applicants, by one catalogue; what is open counts low and high."""

    low: Sums = field(default_factory=lambda: list(_NOTHING))
    high: Sums = field(default_factory=lambda: list(_NOTHING))
    agencies: dict[str, Sums] = field(default_factory=dict)  # procedures low, high; promised agency days low, high
    spread: dict[str, Counter[int]] = field(default_factory=lambda: {name: Counter() for name in SPREAD})

    def add(self, figures: Figures) -> None:
        """One applicant more."""
        self._sum(figures.low, figures.high)
        for load in figures.loads:
            self._load(load.agency, _sums_of(load))
        for name, low, high in zip(SPREAD, _spread(figures.low), _spread(figures.high), strict=True):
            self.spread[name][low if low == high else OPEN] += 1

    def merge(self, other: "Total") -> None:
        """What another has summed."""
        self._sum(other.low, other.high)
        for agency, sums in other.agencies.items():
            self._load(agency, sums)
        for name, counts in other.spread.items():
            self.spread[name].update(counts)

    def _sum(self, low: Iterable[int], high: Iterable[int]) -> None:
        self.low = [a + b for a, b in zip(self.low, low, strict=True)]
        self.high = [a + b for a, b in zip(self.high, high, strict=True)]

    def _load(self, agency: str, sums: Iterable[int]) -> None:
        self.agencies[agency] = [a + b for a, b in zip(self.agencies.get(agency, [0] * 4), sums, strict=True)]


def _spread(numbers: Numbers) -> tuple[int, int, int]:
    return numbers.visits, numbers.originals + numbers.copies + numbers.uploads, numbers.days


def _sums_of(load: Load) -> Sums:
    return [load.procedures.low, load.procedures.high, load.days.low, load.days.high]


@dataclass(slots=True)
class Tally:
    """All applicants of one life event so far. Tallies of parts merge in any order to that of the whole."""

    applicants: int = 0  # those compared
    too_open: int = 0  # not compared: too many answers are missing
    undecided: int = 0  # of those compared, whose plan by the draft needs an answer that nobody gave
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    before: Total = field(default_factory=Total)
    after: Total = field(default_factory=Total)
    gained: Counter[str] = field(default_factory=Counter)  # service → applicants who need it only by the draft
    lost: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)  # fact → applicants who did not say it
    examples: dict[Verdict, list[Example]] = field(default_factory=dict)

    def add(self, one: Difference | None) -> None:
        """One applicant more; None: too many of his answers are missing."""
        if one is None:
            self.too_open += 1
            return
        self.applicants += 1
        self.undecided += bool(one.missing)
        self.verdicts[one.verdict] += 1
        self.before.add(one.before)
        self.after.add(one.after)
        self.gained.update(one.gained)
        self.lost.update(one.lost)
        self.missing.update(one.missing)

    def wants(self, one: Difference | None) -> bool:
        """Whether an example like this one may still be kept: later ones of the same effect are not."""
        if one is None:
            return False
        known = self.examples.get(one.verdict, ())
        return len(known) < EXAMPLES and all(other.difference.effect != one.effect for other in known)

    def show(self, example: Example) -> None:
        """An example, if it is among the first."""
        verdict = example.difference.verdict
        first: dict[tuple[object, ...], Example] = {}
        for one in sorted((*self.examples.get(verdict, ()), example), key=lambda other: other.place):
            first.setdefault(one.difference.effect, one)
        self.examples[verdict] = list(first.values())[:EXAMPLES]

    def merge(self, other: "Tally") -> None:
        """What another has counted."""
        self.applicants += other.applicants
        self.too_open += other.too_open
        self.undecided += other.undecided
        self.verdicts.update(other.verdicts)
        self.before.merge(other.before)
        self.after.merge(other.after)
        self.gained.update(other.gained)
        self.lost.update(other.lost)
        self.missing.update(other.missing)
        for examples in other.examples.values():
            for example in examples:
                self.show(example)
