"""The page of an event drawn: whose plan, its proof, who comes most often and the chain of waits that makes him."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from onevisit.core.drawing.model import Origin, Picture, Trip
from onevisit.core.drawing.of_event import picture_of_event
from onevisit.core.drawing.of_plan import picture_of_plan
from onevisit.core.facts import spec_of
from onevisit.core.planning.explain import Forced, chain_of
from onevisit.core.proving.proof import Channel
from onevisit.core.proving.witness import telling
from onevisit.core.text import Text
from onevisit.core.wording import value_words
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.reform.drawing.draw import draw, mark
from onevisit.reform.drawing.routes import look_of
from onevisit.reform.drawing.words import origins, summary, told
from onevisit.reform.subjects import Subject, subject_of
from onevisit.ui.svg import tag
from onevisit.ui.words import say

WHOSE = {"online": False, "window": True}  # tabs besides the whole event: walking in or not


@dataclass(frozen=True, slots=True)
class Shown:
    """A channel of the proof in words."""

    channel: Channel
    name: str
    tab: str
    who: tuple[tuple[Text, Text], ...]
    chain: tuple[tuple[Text, str], ...]  # the steps that force the visits, each with why not the one before's
    trips: tuple[Trip, ...]
    others: int  # visits of other persons, in the witness's plan


def of(request: HttpRequest) -> bool:
    """Whether the address asks for the event as it was before reforms."""
    return request.GET.get("of") == "unreformed"


@require_safe
@roles(Role.REFORM)
def event(request: SignedInRequest, slug: str) -> HttpResponse:
    """The drawing and what is proved of it. `who`: whose plan is drawn; none: the whole event."""
    subject = subject_of(slug, unreformed=of(request))
    who = request.GET.get("who", "")
    who = who if who in WHOSE else ""
    pictures: dict[str, Picture] = {}
    channels = []
    for channel in subject.proved.proof.channels:
        tab = "window" if channel.walk_in else "online"
        pictures[tab] = picture_of_plan(subject.graph, subject.core(channel))
        channels.append(_shown(subject, channel, tab, pictures[tab]))
    picture = pictures.get(who) or picture_of_event(subject.graph)
    context = {
        **page_of(subject),
        "who": who,
        "picture": picture,
        "svg": draw(picture, _title(subject, who), summary(picture), _nobody(picture, who, channels)),
        "told": told(picture),
        "marks": _marks(picture),
        "looks": {look_of(line) for line in picture.lines},
        "dashed": any(box.when for box in picture.boxes),
        "summary": summary(picture),
        "channels": channels,
        "alike": _alike(channels),
        "proved": subject.proved,
        "facts": len(subject.graph.domains),
        "combinations": f"{subject.combinations:,}",
    }
    return render(request, "reform/event.html", context)


def page_of(subject: Subject) -> dict[str, Any]:
    """What both pages of an event show at their head."""
    return {
        "subject": subject,
        "event": subject.graph.event,
        "query": "unreformed" if subject.unreformed else "now",
        "source": say(subject.basis.note) if subject.basis else "",
    }


def _shown(subject: Subject, channel: Channel, tab: str, picture: Picture) -> Shown:
    graph = subject.graph
    facts = telling(graph, dict(channel.witness))
    known = ((spec_of(key, graph.specs), value) for key, value in facts.items())
    return Shown(
        channel,
        gettext("只到窗口办的人") if channel.walk_in else gettext("在网上办的人"),
        tab,
        tuple((spec.label, value_words(spec, value)) for spec, value in known if spec),
        tuple((one.name, _why(one)) for one in chain_of(subject.core(channel))),
        picture.trips,
        channel.total - channel.worst,
    )


def _why(one: Forced) -> str:
    """Why a step of the chain needs a visit of its own."""
    if one.why == "split" and not one.wait:
        return gettext("要等前一步办完")
    if one.why == "split":
        later = ngettext("要再等最多 %(count)d 个工作日", "要再等最多 %(count)d 个工作日", one.wait)
        return later % {"count": one.wait}
    said = {"place": gettext("换一个地方办"), "window": gettext("日期碰不到一起"), "order": gettext("先后合不到一次")}
    return said.get(one.why, "")


def _alike(shown: list[Shown]) -> bool:
    """Whether the same is proved of both channels, with the same chain: it is said once then."""
    one, *others = shown
    same = (one.channel.worst, one.channel.proved, one.chain, one.who)
    return all((o.channel.worst, o.channel.proved, o.chain, o.who) == same for o in others)


def _title(subject: Subject, who: str) -> str:
    name = say(subject.graph.event.name)
    if not who:
        return gettext("%(event)s：所有事项") % {"event": name}
    whose = gettext("只到窗口办的人") if WHOSE[who] else gettext("在网上办的人")
    return gettext("%(event)s：%(whose)s里跑得最多的") % {"event": name, "whose": whose}


def _nobody(picture: Picture, who: str, channels: list[Shown]) -> str:
    """What stands in the row of visits where nobody's are drawn."""
    if who:
        return "" if picture.trips else gettext("一次都不用跑。")
    online, window = (one.channel.worst for one in channels)
    return gettext("最费事的人：网上办跑 %(online)d 次，到窗口办跑 %(window)d 次。") % {
        "online": online, "window": window,
    }  # fmt: skip


def _marks(picture: Picture) -> list[tuple[str, str]]:
    """The legend of papers: those signs that the drawing has."""
    there = {paper.origin for box in picture.boxes for paper in box.papers}
    names = origins()
    return [
        (tag("svg", mark(origin, 8, 8), viewBox="0 0 16 16", aria_hidden="true", focusable="false"), names[origin])
        for origin in Origin
        if origin in there
    ]
