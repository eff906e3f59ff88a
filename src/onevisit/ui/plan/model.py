"""What is drawn: lanes, bars in working days, the applicant's acts, what goes from bar to bar."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """Somebody who works on it."""

    key: str
    who: str
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One procedure: from the end of day `begins` to the end of day `ends`, counted from the start."""

    key: str
    lane: str
    name: str
    begins: int
    ends: int
    length: str  # in words: "5 天", "当场"
    gives: str = ""  # the licence that comes out of it
    critical: bool = False
    after: tuple[str, ...] = ()  # bars that must end before this one begins


@dataclass(frozen=True, slots=True)
class Act:
    """What the applicant does, on the end of a day; `visit`: he has to go there."""

    day: int
    icon: str
    title: str
    sub: str = ""
    visit: bool = False
    bars: tuple[str, ...] = ()  # the bars it serves


@dataclass(frozen=True, slots=True)
class Link:
    """A result that passes from one bar to another: before it begins (`serial`), or before it is decided."""

    source: str
    target: str
    serial: bool = False
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on one picture. `dates`: for each day from 0 to `days`, its date and weekday."""

    name: str  # id prefix, unique on the page
    title: str
    summary: str
    you: str
    you_sub: str
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    acts: tuple[Act, ...]
    links: tuple[Link, ...]
    days: int
    dates: tuple[tuple[str, str], ...]
    done: str  # "全部办好"

    def bar(self, key: str) -> Bar:
        """The bar of this key."""
        return next(bar for bar in self.bars if bar.key == key)


def tracks(spans: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """Which row each span takes, so that none touches another in its row; first fit in the order given."""
    ends: list[float] = []
    rows = []
    for start, end in spans:
        row = next((n for n, last in enumerate(ends) if last + gap <= start), len(ends))
        if row == len(ends):
            ends.append(end)
        ends[row] = end
        rows.append(row)
    return rows
