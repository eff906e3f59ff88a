"""A drawing as events in their order: the rows of the upright picture, and the same in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from onevisit.ui.plan.model import Act, Bar, Drawing


@dataclass(frozen=True, slots=True)
class Row:
    """What happens at one moment: the applicant acts, bars begin, or a bar ends."""

    day: int
    title: str
    sub: str
    act: Act | None = None
    begins: tuple[Bar, ...] = ()
    ends: Bar | None = None


def rows_of(drawing: Drawing) -> list[Row]:
    """All events in order; on one day what sets off, then ends and beginnings, then what the applicant gets."""
    found: list[Row] = []
    done: set[str] = set()
    begun: set[str] = set()
    for day in range(drawing.days + 1):
        acts = [act for act in drawing.acts if act.day == day]
        first = [act for act in acts if day == 0]
        found += [_acting(act) for act in first]
        found += _of_day(drawing, day, begun, done)
        found += [_acting(act) for act in acts if act not in first]
    return found


def in_words(drawing: Drawing) -> list[str]:
    """The picture as sentences, in order."""
    return [
        gettext("%(date)s：%(what)s")
        % {"date": drawing.dates[row.day][0], "what": gettext("，").join(filter(None, (row.title, row.sub)))}
        for row in rows_of(drawing)
    ]


def _of_day(drawing: Drawing, day: int, begun: set[str], done: set[str]) -> Iterator[Row]:
    """Ends and beginnings of a day; a bar on the spot begins and ends, and may let others begin."""
    while True:
        ends = [b for b in drawing.bars if b.ends == day and b.key in begun and b.key not in done]
        begins = [
            b for b in drawing.bars if b.begins == day and b.key not in begun and all(key in done for key in b.after)
        ]
        if not ends and not begins:
            return
        for bar in ends:
            done.add(bar.key)
            yield Row(day, gettext("%(name)s办好") % {"name": bar.gives or bar.name}, _ending(drawing, bar), ends=bar)
        if begins:
            begun.update(bar.key for bar in begins)
            yield _beginning(day, tuple(begins))


def _beginning(day: int, bars: tuple[Bar, ...]) -> Row:
    if len(bars) == 1:
        return Row(day, gettext("开始办%(name)s") % {"name": bars[0].name}, "", begins=bars)
    return Row(
        day, gettext("%(count)d 项同时开始办") % {"count": len(bars)}, gettext("互不等待，一起往前走"), begins=bars
    )


def _ending(drawing: Drawing, bar: Bar) -> str:
    lane = next(lane for lane in drawing.lanes if lane.key == bar.lane)
    receivers = [link for link in drawing.links if link.source == bar.key]
    passed = (
        ngettext("，自动交给 %(count)d 项，不用您拿", "，自动交给 %(count)d 项，不用您拿", len(receivers))
        % {"count": len(receivers)}
        if receivers
        else ""
    )
    return gettext("，").join((lane.who, bar.length)) + passed


def _acting(act: Act) -> Row:
    return Row(act.day, act.title, act.sub, act=act)
