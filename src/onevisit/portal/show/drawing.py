"""The plan's drawing from the plan: lanes, bars, what the applicant does, what passes between agencies."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext, ngettext

from onevisit.core.catalogue import LifeEvent, ModeKind, Service
from onevisit.core.law.worktime import Calendar
from onevisit.core.planning.model import Plan, PlannedProcedure, PlannedStep, Truth
from onevisit.portal.show.words import day_words
from onevisit.ui.plan.model import Act, Bar, Drawing, Lane, Link
from onevisit.ui.words import listed, say


def drawing_of(plan: Plan, event: LifeEvent, *, start: date, calendar: Calendar) -> Drawing | None:
    """The picture of what is needed for certain; None while nothing is."""
    needed = sorted((p for p in plan.procedures if p.status is Truth.YES), key=lambda p: (p.begins, p.ends))
    if not needed:
        return None
    days = max(1, *(p.ends for p in needed))
    first = calendar.on_or_after(start)
    dates = tuple(day_words(calendar.add(first, n)) for n in range(days + 1))
    services = {service.key: service for service in event.services}
    bars = tuple(_bar(p, services[p.service], event) for p in needed)
    acts = (*_online(plan, needed), *_visits(plan, event), *_given(plan, days))
    return Drawing(
        name="plan",
        title=gettext("%(event)s的办理方案") % {"event": say(event.name)},
        summary=_summary(bars, dates, plan),
        you=gettext("您"),
        you_sub=ngettext("跑 %(count)d 次", "跑 %(count)d 次", plan.count.worst.high)
        % {"count": plan.count.worst.high},
        lanes=_lanes(needed, event),
        bars=bars,
        acts=acts,
        links=_links(needed),
        days=days,
        dates=dates,
        done=gettext("全部办好"),
    )


def _bar(planned: PlannedProcedure, service: Service, event: LifeEvent) -> Bar:
    days = planned.ends - planned.begins
    length = ngettext("%(days)d 个工作日", "%(days)d 个工作日", days) % {"days": days} if days else gettext("当场")
    if planned.on_promise:
        length = gettext("告知承诺，%(length)s") % {"length": length}
    return Bar(
        key=planned.service,
        lane=planned.agency,
        name=say(planned.name),
        begins=planned.begins,
        ends=planned.ends,
        length=length,
        gives=_gives(service, event),
        critical=planned.critical,
        after=planned.ordered_after,
    )


def _gives(service: Service, event: LifeEvent) -> str:
    """The licence that comes out of it; "" when it has the service's own name."""
    names = {kind.key: say(kind.name) for kind in event.licence_types}
    given = next((names[o.licence_type] for o in service.outputs if o.licence_type in names), "")
    return "" if given == say(service.name) else given


def _lanes(needed: Sequence[PlannedProcedure], event: LifeEvent) -> tuple[Lane, ...]:
    names = {agency.key: say(agency.short) for agency in event.agencies}
    keys = dict.fromkeys(p.agency for p in needed)
    count = {key: sum(p.agency == key for p in needed) for key in keys}
    return tuple(
        Lane(key, names.get(key, key), ngettext("%(count)d 项", "%(count)d 项", count[key]) % {"count": count[key]})
        for key in keys
    )


def _links(needed: Sequence[PlannedProcedure]) -> tuple[Link, ...]:
    """What an article orders first, and outputs that a decision takes."""
    by_key = {p.service: p for p in needed}
    found = []
    for target in needed:
        for source in dict.fromkeys((*target.ordered_after, *target.waits_for)):
            if source in by_key:
                serial = source in target.ordered_after
                found.append(Link(source, target.service, serial, by_key[source].critical and target.critical))
    return tuple(found)


def _online(plan: Plan, needed: Sequence[PlannedProcedure]) -> list[Act]:
    """The one submission, when something of it can be done online."""
    if not any(step.mode is ModeKind.ONLINE and not _collects(step) for step in plan.steps):
        return []
    agencies = len({p.agency for p in needed})
    sub = ngettext("一张表，%(count)d 个部门一起收", "一张表，%(count)d 个部门一起收", agencies) % {"count": agencies}
    return [Act(0, "phone", gettext("网上提交一次"), sub)]


def _visits(plan: Plan, event: LifeEvent) -> list[Act]:
    places = {place.key: say(place.name) for place in event.places}
    names = {(step.service, step.step): say(step.name) for step in plan.steps}
    acts = []
    for visit in plan.visits:
        what = listed(dict.fromkeys(names.get(key, key[1]) for key in visit.steps))
        served = tuple(dict.fromkeys(service for service, _ in visit.steps))
        where = places.get(visit.place, visit.place)
        acts.append(
            Act(visit.earliest_day, "pin", gettext("去%(place)s") % {"place": where}, what, visit=True, bars=served)
        )
    return acts


def _given(plan: Plan, days: int) -> list[Act]:
    """How the results come, at the end, when nobody has to fetch them."""
    modes = {step.mode for step in plan.steps if _collects(step)}
    if ModeKind.ONLINE in modes:
        return [Act(days, "licence", gettext("网上领证"), gettext("电子证照，不用取"))]
    if ModeKind.COURIER in modes:
        return [Act(days, "courier", gettext("证照快递到"), gettext("不用取"))]
    return []


def _collects(step: PlannedStep) -> bool:
    return step.mode is not None and step.step == "collect"


def _summary(bars: Sequence[Bar], dates: Sequence[tuple[str, str]], plan: Plan) -> str:
    parts = [
        gettext("%(name)s，%(length)s，%(date)s办好") % {"name": b.name, "length": b.length, "date": dates[b.ends][0]}
        for b in bars
    ]
    end = ngettext(
        "%(date)s全部办好，您跑 %(count)d 次", "%(date)s全部办好，您跑 %(count)d 次", plan.count.worst.high
    ) % {"date": dates[-1][0], "count": plan.count.worst.high}
    begins = gettext("从%(date)s开始。") % {"date": dates[0][0]}
    return begins + gettext("%(parts)s。%(end)s。") % {"parts": gettext("；").join(parts), "end": end}
