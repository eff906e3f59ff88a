"""The plan page: the number and its reason, who gives which paper, money, reasons, offers, assumptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, gettext_noop, ngettext

from onevisit.core.catalogue import AcceptKind, LifeEvent
from onevisit.core.facts import Value, name_in
from onevisit.core.law.worktime import Calendar
from onevisit.core.parties import all_specs, of_party
from onevisit.core.planning.model import FeeLine, Plan, PlannedEvidence, Truth
from onevisit.core.text import Text
from onevisit.portal.show.words import basis_words, days_words, given_hint, yuan
from onevisit.ui.words import listed, say

GIVEN = (AcceptKind.RESOURCE, AcceptKind.LICENCE, AcceptKind.OUTPUT, AcceptKind.EARLIER)
_CHIPS = {
    AcceptKind.RESOURCE: "gov",
    AcceptKind.LICENCE: "gov",
    AcceptKind.EARLIER: "gov",
    AcceptKind.OUTPUT: "plan",
    AcceptKind.UPLOAD: "up",
    AcceptKind.COMMITMENT: "promise",
    AcceptKind.COPY: "show",
    AcceptKind.ORIGINAL: "show",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One document in a group, with its chip and why it is not fetched."""

    name: str
    note: str
    chip: str  # kind of source chip
    source: str  # its words


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a service is in the plan, or not, or open."""

    name: str
    status: str  # Truth
    why: str
    because: str
    basis: str
    facts: tuple[str, ...] = ()  # labels of what decides it while open


def head(plan: Plan) -> str:
    """The visit badge's sentence."""
    low, high = plan.count.worst.low, plan.count.worst.high
    if high == 0:
        return gettext("一次都不用跑")
    if low == high:
        return ngettext("跑 %(count)d 次就办好", "跑 %(count)d 次就办好", high) % {"count": high}
    return gettext("跑 %(low)d 到 %(high)d 次，看还没答的问题") % {"low": low, "high": high}


def elsewhere(plan: Plan, event: LifeEvent) -> list[str]:
    """Trips to others than government: the service and what is done there, or the document that is fetched there."""
    names = {p.service: say(p.name) for p in plan.procedures}
    far = {kind.key for kind in event.evidence_types if kind.trip}
    found = [f"{names[step.service]}：{say(step.name)}" for step in plan.steps if step.trip]
    found += [say(need.name) for need in plan.evidence if need.evidence in far and need.kind not in GIVEN]
    return list(dict.fromkeys(found))


def papers(plan: Plan, event: LifeEvent) -> dict[str, list[Paper]]:
    """Documents by group: what government has, what he uploads, what he shows."""
    groups: dict[str, list[Paper]] = {"gov": [], "up": [], "show": []}
    for need in plan.evidence:
        kind = "gov" if need.kind in GIVEN else "show" if _CHIPS[need.kind] == "show" else "up"
        groups[kind].append(_paper(need, event))
    return groups


def _paper(need: PlannedEvidence, event: LifeEvent) -> Paper:
    hints = {kind.key: given_hint(kind) for kind in event.evidence_types}
    names = {service.key: say(service.name) for service in event.services}
    hint = hints.get(need.evidence, "")
    if need.reason:
        note = say(need.reason)
        if hint and need.kind not in GIVEN:
            note = gettext("%(reason)s。%(hint)s") % {"reason": note, "hint": hint}
    elif need.kind is AcceptKind.OUTPUT:
        note = ngettext("办好后自动用于 %(count)d 项", "办好后自动用于 %(count)d 项", len(need.services)) % {
            "count": len(need.services)
        }
    elif need.kind in GIVEN:
        note = gettext("用于%(services)s") % {"services": listed(names.get(s, s) for s in need.services)}
    else:
        note = hint
    return Paper(say(of_party(event, need.party, need.name)), note, _CHIPS[need.kind], _source(need, event))


def _source(need: PlannedEvidence, event: LifeEvent) -> str:
    if need.kind is AcceptKind.RESOURCE:
        return next((say(r.holder) for r in event.resources if r.key == need.ref), gettext("共享数据"))
    return {
        AcceptKind.LICENCE: gettext("已有电子证照"),
        AcceptKind.OUTPUT: gettext("这次办出来"),
        AcceptKind.EARLIER: gettext("以前交过"),
        AcceptKind.UPLOAD: gettext("上传"),
        AcceptKind.COMMITMENT: gettext("告知承诺"),
        AcceptKind.COPY: gettext("复印件"),
        AcceptKind.ORIGINAL: gettext("原件"),
    }[need.kind]


def reasons(plan: Plan, event: LifeEvent) -> list[Reason]:
    """All services of the event: those in the plan first, then the open ones, then those not needed."""
    services = {service.key: service for service in event.services}
    labels = {key: say(spec.label) for key, spec in all_specs(event).items()}
    order = {Truth.YES: 0, Truth.OPEN: 1, Truth.NO: 2}
    found = []
    for p in sorted(plan.procedures, key=lambda p: order[p.status]):
        decided = tuple(labels[key] for key in p.decided_by if key in labels)
        why = say(services[p.service].why)
        found.append(Reason(say(p.name), p.status.value, why, say(p.because), basis_words(p.basis), decided))
    return found


@dataclass(frozen=True, slots=True)
class Money:
    """What is due to one payee, and for what."""

    payee: str
    amount: str
    what: str = ""


def fees_total(fees: Iterable[FeeLine]) -> str:
    """The sum of all fees in words; those that are measured by an answer still to be given are told as such."""
    lines = list(fees)
    low = sum((f.low for f in lines if not f.awaits), Decimal(0))
    high = sum((f.high for f in lines if not f.awaits), Decimal(0))
    if not any(f.awaits and f.high for f in lines):
        return yuan(low, high)
    if not high:
        return gettext("填了成交价等再算")
    return gettext("%(amount)s，另有按成交价等算的") % {"amount": yuan(low, high)}


def fees_by_payee(fees: Iterable[FeeLine]) -> list[Money]:
    """Fees that are more than nothing, one line a payee."""
    lines: dict[Text, list[FeeLine]] = {}
    for fee in fees:
        if fee.high:
            lines.setdefault(fee.payee, []).append(fee)
    return [
        Money(say(payee), fees_total(own), listed(dict.fromkeys(say(fee.label) for fee in own)))
        for payee, own in lines.items()
    ]


@dataclass(frozen=True, slots=True)
class When:
    """The plan's days on the calendar."""

    end: date
    days: str
    statutory: date | None
    provisional: bool


def when(plan: Plan, *, start: date, calendar: Calendar) -> When:
    """Dates of the plan; the statutory one is the latest that the law allows, where every service has one."""
    first = calendar.on_or_after(start)
    end = calendar.add(first, plan.days.high)
    ends = [p.statutory_ends for p in plan.procedures if p.status is Truth.YES]
    known = [n for n in ends if n is not None]
    statutory = calendar.add(first, max(known)) if known and len(known) == len(ends) else None
    return When(end, days_words(plan.days), statutory, calendar.provisional(statutory or end))


def assumed(plan: Plan) -> list[str]:
    """What the plan takes for granted, one sentence each."""
    return list(dict.fromkeys(say(one.text) for one in plan.assumptions))


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A commitment that he may take, or has taken."""

    fact: str
    text: str
    saves: str
    value: str  # what to answer to take it (or to take it back)


def offers(plan: Plan, event: LifeEvent) -> list[OfferRow]:
    """Commitments on offer, each with what it saves."""
    specs = all_specs(event)
    found: dict[str, OfferRow] = {}
    for offer in plan.offers:
        if offer.fact in specs:
            saved = []
            if offer.saves_visits > 0:
                saved.append(
                    ngettext("少跑 %(count)d 次", "少跑 %(count)d 次", offer.saves_visits)
                    % {"count": offer.saves_visits}
                )
            if offer.service_days > 0:
                saved.append(
                    ngettext("这一项快 %(count)d 个工作日", "这一项快 %(count)d 个工作日", offer.service_days)
                    % {"count": offer.service_days}
                )
            if offer.saves_days > 0:
                saved.append(
                    ngettext("全部办好早 %(count)d 个工作日", "全部办好早 %(count)d 个工作日", offer.saves_days)
                    % {"count": offer.saves_days}
                )
            words = listed(saved) or gettext("不多跑，也不更快，只是少交材料")
            found.setdefault(offer.fact, OfferRow(offer.fact, say(offer.text), words, "true"))
    return list(found.values())


def taken(event: LifeEvent, commitments: Iterable[str], facts: dict[str, Value]) -> list[OfferRow]:
    """Commitments that he has taken and may take back."""
    specs = all_specs(event)
    return [
        OfferRow(key, say(specs[key].label), "", "false")
        for key in commitments
        if facts.get(key) is True and key in specs
    ]


_DOWN = {
    "down": gettext_noop("现在连不上，所以先请您自己提供"),
    "absent": gettext_noop("里没有查到您的记录，请您自己提供"),
    "disputed": gettext_noop("的信息您说不对，以您提供的为准"),
}


def notices(plan: Plan, event: LifeEvent) -> list[str]:
    """Registers that could not be used for this plan, and what that means; only those that the plan would use."""
    names = {resource.key: say(resource.name) for resource in event.resources}
    used = {e.evidence for e in plan.evidence if e.fallback}
    gives = {r.key: set(r.gives_evidence) for r in event.resources}
    found = [(name_in(key), why) for key, why in plan.unavailable]
    told = [
        gettext("“%(name)s”%(why)s。") % {"name": names[key], "why": gettext(_DOWN[why.value])}
        for key, why in found
        if key in names and (gives[key] & used or why.value == "down")
    ]
    return list(dict.fromkeys(told))


def critical_words(plan: Plan) -> str:
    """Which services decide the total, and what waits for what."""
    names = {p.service: say(p.name) for p in plan.procedures}
    parts = [names[key] for key in plan.critical if key in names]
    if not parts:
        return gettext("没有互相等待的")
    if len(parts) == 1:
        return gettext("%(name)s最久，总天数由它决定；其余同时进行") % {"name": parts[0]}
    return gettext("%(names)s一环接一环，总天数由它们决定") % {"names": " → ".join(parts)}
