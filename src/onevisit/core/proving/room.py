"""Whether linear inequalities leave room for values, and which: exact, in fractions, within a stated amount of work.

Facts are eliminated one after the other by adding inequalities up (Fourier and Motzkin): what is left of them says
whether there is room. Values are then put in one after the other, whole ones first. Pure Python, no rounding.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, gcd, lcm

MOST_LINES = 400  # inequalities at a time
MOST_TRIED = 3_000  # values put in, before the answer is given up
DIGITS = 12  # behind the point, of values of decimals

Values = dict[int, Fraction]


class NotDecided(Exception):
    """Too much work: nothing is claimed."""


@dataclass(frozen=True, slots=True)
class Line:
    """The terms and the constant together are at most 0; less, if `strict`."""

    terms: Mapping[int, Fraction]  # by the position of the fact; none of them 0
    constant: Fraction
    strict: bool = False

    def turned(self, *, strict: bool) -> "Line":
        """The same with its sign changed."""
        return Line({p: -n for p, n in self.terms.items()}, -self.constant, strict)

    def put(self, position: int, value: Fraction) -> "Line":
        """With a value for a fact."""
        if position not in self.terms:
            return self
        rest = {p: n for p, n in self.terms.items() if p != position}
        return Line(rest, self.constant + self.terms[position] * value, self.strict)

    @property
    def never(self) -> bool:
        """Whether no values can make it so."""
        return not self.terms and (self.constant >= 0 if self.strict else self.constant > 0)


@dataclass(frozen=True, slots=True)
class Interval:
    """What a fact lies between: (end, whether the end itself is left out); None where there is no end."""

    low: tuple[Fraction, bool] | None
    high: tuple[Fraction, bool] | None

    def holds(self, value: Fraction) -> bool:
        """Whether the value is inside."""
        over = self.low is None or value > self.low[0] or (value == self.low[0] and not self.low[1])
        under = self.high is None or value < self.high[0] or (value == self.high[0] and not self.high[1])
        return over and under


def tightened(line: Line, whole: frozenset[int]) -> Line:
    """The same where all its facts are whole numbers: the constant moves to the next whole one."""
    if not line.terms or not whole >= line.terms.keys():
        return line
    times = lcm(*(n.denominator for n in line.terms.values()))
    common = gcd(*(int(n * times) for n in line.terms.values()))
    most = -line.constant * times / common
    limit = ceil(most) - 1 if line.strict else floor(most)
    return Line({p: n * times / common for p, n in line.terms.items()}, Fraction(-limit))


def is_room(lines: Iterable[Line], whole: frozenset[int]) -> bool:
    """Whether fractions fit; where all facts are whole numbers, what is left out by rounding counts."""
    left = [tightened(line, whole) for line in lines]
    for position in {p for line in left for p in line.terms}:
        left = _eliminated(left, position, whole)
        if any(line.never for line in left):
            return False
    return not any(line.never for line in left)


def values_in(lines: list[Line], whole: frozenset[int], wanted: Mapping[int, Fraction]) -> Values | None:
    """Values that fit, those wanted first; None if none do. Raises `NotDecided`."""
    search = _Search(whole, wanted)
    order = sorted({p for line in lines for p in line.terms}, key=lambda p: (p not in whole, p))
    found = search.found([tightened(line, whole) for line in lines], order)
    if found is None and not search.exhausted:
        raise NotDecided
    return found


@dataclass(slots=True)
class _Search:
    whole: frozenset[int]
    wanted: Mapping[int, Fraction]
    left: int = MOST_TRIED
    exhausted: bool = True  # whether all that was left out cannot fit

    def found(self, lines: list[Line], order: list[int]) -> Values | None:
        """Values for the facts in this order."""
        if any(line.never for line in lines):
            return None
        if not order:
            return {}
        position, *rest = order
        room = _interval(lines, position, self.whole)
        if room is None:
            return None
        for value in self._tried(room, position):
            self.left -= 1
            if self.left < 0:
                raise NotDecided
            own = [tightened(line.put(position, value), self.whole) for line in lines]
            found = self.found(own, rest)
            if found is not None:
                return {position: value, **found}
        return None

    def _tried(self, room: Interval, position: int) -> Iterator[Fraction]:
        """Values in the interval; where they are not all, what is found wanting is not exhausted."""
        wanted = self.wanted[position]
        if position not in self.whole:
            if room.holds(wanted):
                yield wanted
            yield from _decimals(room)
            self.exhausted &= room.low is not None and room.high is not None and room.low[0] == room.high[0]
            return
        low = None if room.low is None else ceil(room.low[0])
        high = None if room.high is None else floor(room.high[0])
        first = int(wanted) if room.holds(wanted) else high if low is None else low
        number = int(wanted) if first is None else first
        yield Fraction(number)
        for step in range(1, MOST_TRIED):
            under, over = low is None or number - step >= low, high is None or number + step <= high
            if not under and not over:
                return
            yield from (Fraction(number + sign * step) for sign, fits in ((1, over), (-1, under)) if fits)
        self.exhausted = False


def _decimals(room: Interval) -> Iterator[Fraction]:
    """The decimals with the fewest digits in the interval, from each of its ends."""
    if room.low is None and room.high is None:
        yield Fraction(0)
    for end, sign in ((room.low, 1), (room.high, -1)):
        if end is None:
            continue
        for digits in range(DIGITS):
            unit = Fraction(1, 10**digits)
            number = (ceil(end[0] / unit) if sign == 1 else floor(end[0] / unit)) * unit
            fitting = next((value for value in (number, number + sign * unit) if room.holds(value)), None)
            if fitting is not None:
                yield fitting
                break


def as_decimal(value: Fraction) -> Decimal:
    """The number as a decimal; those found here have an end."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _interval(lines: list[Line], position: int, whole: frozenset[int]) -> Interval | None:
    """What all of the inequalities leave to one fact; None if nothing."""
    for other in {p for line in lines for p in line.terms} - {position}:
        lines = _eliminated(lines, other, whole)
    if any(line.never for line in lines):
        return None
    ends: dict[bool, tuple[Fraction, bool] | None] = {True: None, False: None}
    for line in lines:
        times = line.terms.get(position)
        if times is not None:
            end, up = (-line.constant / times, line.strict), times > 0
            before = ends[up]
            if before is None or (end[0] < before[0] if up else end[0] > before[0]):
                ends[up] = end
            elif end[0] == before[0]:
                ends[up] = (end[0], end[1] or before[1])
    return Interval(ends[False], ends[True])


def _eliminated(lines: list[Line], position: int, whole: frozenset[int]) -> list[Line]:
    """What the inequalities say of all other facts."""
    kept = [line for line in lines if position not in line.terms]
    upper = [line for line in lines if line.terms.get(position, 0) > 0]
    lower = [line for line in lines if line.terms.get(position, 0) < 0]
    if len(kept) + len(upper) * len(lower) > MOST_LINES:
        raise NotDecided
    found: dict[tuple[tuple[tuple[int, Fraction], ...], Fraction, bool], Line] = {}
    for line in [*kept, *(_added(one, other, position) for one in upper for other in lower)]:
        own = tightened(line, whole)
        found[(tuple(sorted(own.terms.items())), own.constant, own.strict)] = own
    return list(found.values())


def _added(upper: Line, lower: Line, position: int) -> Line:
    """The two added up so that the fact is gone."""
    one, other = Fraction(1) / upper.terms[position], Fraction(-1) / lower.terms[position]
    terms: dict[int, Fraction] = {}
    for line, times in ((upper, one), (lower, other)):
        for p, n in line.terms.items():
            terms[p] = terms.get(p, Fraction(0)) + n * times
    constant = upper.constant * one + lower.constant * other
    return Line({p: n for p, n in terms.items() if n and p != position}, constant, upper.strict or lower.strict)
