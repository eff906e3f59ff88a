"""What stands in one box of the drawing, line by line, and how high that makes it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from onevisit.core.drawing.model import Box, Paper, Picture, Stop
from onevisit.ui.svg import wrapped
from onevisit.ui.words import say

TITLE, SMALL = 15.0, 13.0  # sizes of letters
PAD, ICON = 12.0, 22.0
TITLE_LINE, LINE, STOP_LINE = 20.0, 18.0, 25.0


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper in its lines; `y`: the middle of the first, from the box's top."""

    paper: Paper
    lines: tuple[str, ...]
    y: float


@dataclass(frozen=True, slots=True)
class StopRow:
    """A step that is done at a visit."""

    stop: Stop
    lines: tuple[str, ...]
    y: float


@dataclass(slots=True)
class Card:
    """A box as it is drawn; `left` and `top` are set once all boxes are known."""

    box: Box
    width: float
    title: list[str] = field(default_factory=list)
    sub: list[str] = field(default_factory=list)
    papers: list[PaperRow] = field(default_factory=list)
    stops: list[StopRow] = field(default_factory=list)
    stops_top: float = 0.0
    height: float = 0.0
    left: float = 0.0
    top: float = 0.0

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    def port(self, paper: str) -> float:
        """Where a line for this paper comes in; none: the order alone, at the title."""
        row = next((row for row in self.papers if row.paper.key == paper), None)
        return self.top + (row.y if row else PAD + TITLE_LINE / 2)


def card_of(picture: Picture, box: Box, width: float) -> Card:
    """The box, measured."""
    card = Card(box, width)
    room = width - 2 * PAD - 4  # a comma may hang over
    card.title = wrapped(say(box.name), room, TITLE)
    agency = say(next(name for key, name in picture.agencies if key == box.agency))
    card.sub = wrapped(gettext("%(who)s · %(days)s") % {"who": agency, "days": in_days(box.days)}, room, SMALL)
    y = PAD + TITLE_LINE * len(card.title) + LINE * len(card.sub) + (12 if box.papers else 4)
    for paper in box.papers:
        lines = tuple(wrapped(paper_name(paper), room - ICON, SMALL))
        card.papers.append(PaperRow(paper, lines, y + LINE / 2))
        y += LINE * len(lines) + 3
    if box.stops:
        y += 8
        card.stops_top = y
        y += 5
        for stop in box.stops:
            lines = tuple(wrapped(say(stop.name), room - ICON - 6, SMALL))
            card.stops.append(StopRow(stop, lines, y + STOP_LINE / 2))
            y += STOP_LINE + LINE * (len(lines) - 1)
        y += 5
    card.height = y if box.stops else y + 8
    return card


def in_days(days: int) -> str:
    """How long it takes at most, by promise."""
    if not days:
        return gettext("当场办结")
    return ngettext("最多 %(count)d 个工作日", "最多 %(count)d 个工作日", days) % {"count": days}


def paper_name(paper: Paper) -> str:
    """Its name, and of how many persons."""
    return say(paper.name) if paper.count == 1 else f"{say(paper.name)} × {paper.count}"
