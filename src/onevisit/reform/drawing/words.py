"""The drawing in words: in a sentence, and each service with what it needs, what it waits for, who comes for it."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from onevisit.core.drawing.model import Box, Origin, Picture
from onevisit.reform.drawing.cards import in_days, paper_name
from onevisit.reform.sources import source_words
from onevisit.ui.words import listed, say


@dataclass(frozen=True, slots=True)
class Told:
    """One service in words."""

    name: str
    agency: str
    days: str
    when: str  # the condition of a service that not everybody needs
    papers: tuple[tuple[str, str], ...]  # where from, and which
    waits: tuple[str, ...]
    stops: tuple[str, ...]


def origins() -> dict[Origin, str]:
    """What the signs of papers mean."""
    return {
        Origin.HELD: gettext("政府已有，不用交"),
        Origin.PASSED: gettext("这件事里办出来，部门之间直接传"),
        Origin.CARRIED: gettext("这件事里办出来，要申请人自己拿去"),
        Origin.SENT: gettext("申请人网上传"),
        Origin.BROUGHT: gettext("申请人带纸质的"),
        Origin.PROMISED: gettext("签承诺代替"),
    }


def told(picture: Picture) -> list[Told]:
    """Every service, in the order of the catalogue."""
    return [_told(picture, box) for box in picture.boxes]


def _told(picture: Picture, box: Box) -> Told:
    names = origins()
    papers = {origin: [paper_name(paper) for paper in box.papers if paper.origin is origin] for origin in Origin}
    waits = []
    for line in picture.lines:
        if line.target == box.key:
            waits.append(_wait(say(picture.box(line.source).name), say(line.name), line.serial))
            if line.serial:
                waits[-1] += gettext("（%(source)s）") % {"source": source_words(line.basis)}
    return Told(
        say(box.name),
        say(next(name for key, name in picture.agencies if key == box.agency)),
        in_days(box.days),
        say(box.when),
        tuple((names[origin], listed(some)) for origin, some in papers.items() if some),
        tuple(waits),
        tuple(gettext("第 %(number)d 次：%(step)s") % {"number": s.visit, "step": say(s.name)} for s in box.stops),
    )


def _wait(source: str, paper: str, serial: bool) -> str:
    """What it waits for: an order, a paper, or both."""
    if serial and paper:
        return gettext("「%(source)s」办完才收，要它的%(paper)s") % {"source": source, "paper": paper}
    if serial:
        return gettext("「%(source)s」办完才收") % {"source": source}
    return gettext("同时办，决定前要「%(source)s」的%(paper)s") % {"source": source, "paper": paper}


def summary(picture: Picture) -> str:
    """The drawing in a sentence."""
    services = ngettext("%(count)d 个事项", "%(count)d 个事项", len(picture.boxes)) % {"count": len(picture.boxes)}
    agencies = ngettext("%(count)d 个部门", "%(count)d 个部门", len(picture.agencies)) % {
        "count": len(picture.agencies)
    }
    if picture.who is None:
        return gettext("%(services)s，%(agencies)s") % {"services": services, "agencies": agencies}
    count = len(picture.trips)
    trips = ngettext("%(who)s跑 %(count)d 次", "%(who)s跑 %(count)d 次", count) % {
        "who": say(picture.who), "count": count,
    }  # fmt: skip
    return gettext("%(services)s，%(agencies)s，%(trips)s") % {
        "services": services, "agencies": agencies, "trips": trips,
    }  # fmt: skip
