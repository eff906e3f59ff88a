"""The guide and the tiles: what holds for everybody, by the proof and the figures of the version."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop, ngettext

from onevisit.catalogue.queries import Published
from onevisit.core.basis import Mark
from onevisit.core.catalogue import Assurance, Audience, Level, ModeKind, Service
from onevisit.core.law.provisional import may_come_later
from onevisit.core.parties import all_specs
from onevisit.core.planning.guide import GuideFigures
from onevisit.core.wording import in_words, value_words
from onevisit.portal.show.words import basis_words, given_hint, yuan
from onevisit.ui.words import listed, say

ICONS = {"open-restaurant": "bowl", "newborn": "baby"}
_AUDIENCES = {Audience.INDIVIDUAL: gettext_noop("个人"), Audience.COMPANY: gettext_noop("企业")}
_LEVELS = {
    Level.PROVINCE: gettext_noop("省级"),
    Level.CITY: gettext_noop("市级"),
    Level.COUNTY: gettext_noop("县级"),
    Level.TOWNSHIP: gettext_noop("乡镇（街道）"),
    Level.VILLAGE: gettext_noop("村（社区）"),
}
_ACCOUNTS = {Assurance.PASSWORD: gettext_noop("登录账号"), Assurance.REAL_NAME: gettext_noop("实名账号")}


@dataclass(frozen=True, slots=True)
class Tile:
    """A life event on the home page."""

    slug: str
    name: str
    services: int
    worst: int
    icon: str
    summary: str

    @property
    def pill(self) -> str:
        """The proved number, in words."""
        return (
            gettext("一次不跑")
            if self.worst == 0
            else ngettext("最多跑 %(count)d 次", "最多跑 %(count)d 次", self.worst) % {"count": self.worst}
        )


def fees(figures: GuideFigures) -> str:
    """Least and most in yuan, and whether more is measured by a price; each service says what."""
    amount = yuan(*figures.fees)
    return gettext("%(amount)s，另有按成交价等算的") % {"amount": amount} if figures.rates else amount


def tile(published: Published) -> Tile:
    """The event's tile; the number is that of people who are online."""
    event, guide = published.event, published.guide
    return Tile(
        event.key,
        say(event.name),
        len(event.services),
        guide.online.worst,
        ICONS.get(event.key, "tiles"),
        say(event.summary),
    )


def matches(published: Published, query: str) -> bool:
    """Whether the event answers to what was typed: any of its words in it, or it in any of them."""
    event = published.event
    needle = "".join(query.split()).casefold()
    if not needle:
        return True
    texts = [event.name, event.summary, *event.words, *(s.name for s in event.services)]
    hay = [piece.casefold() for text in texts for piece in (*text.zh.split(), *text.of("en").split())]
    return any(needle in piece or (len(piece) > 1 and piece in needle) for piece in hay) or _shares(needle, hay)


def _shares(needle: str, hay: list[str]) -> bool:
    """Whether two characters in a row of what was typed stand in the event's words."""
    pairs = {needle[n : n + 2] for n in range(len(needle) - 1)}
    return any(pair in piece for pair in pairs if not pair.isascii() for piece in hay)


@dataclass(frozen=True, slots=True)
class Hand:
    """A document to have at hand."""

    name: str
    always: bool
    hint: str
    later: str = ""  # that it may come later at the window, and how well that is sourced (容缺受理, 浙江规定 4)


def at_hand(published: Published) -> list[Hand]:
    """What the applicant brings himself in some case; always needed first."""
    hints = {kind.key: given_hint(kind) for kind in published.event.evidence_types}
    later = _later(published)
    found = [
        Hand(say(e.name), e.always, hints.get(e.evidence, ""), later.get(e.evidence, ""))
        for e in published.guide.evidence
    ]
    return sorted(found, key=lambda hand: not hand.always)


def _later(published: Published) -> dict[str, str]:
    """Which papers may come later, in words, by evidence: as the window lets them."""
    event, found = published.event, {}
    for evidence in dict.fromkeys(one.evidence for service in event.services for one in service.evidence):
        asking = [one.key for one in event.services if any(need.evidence == evidence for need in one.evidence)]
        least = may_come_later(event, evidence, asking)
        if least is not None:
            words = gettext("窗口办可以容缺：%(days)d 个工作日内补") % {"days": least.days}
            unsure = least.basis.mark in (Mark.MEMORY, Mark.ASSUMED)
            found[evidence] = words + (gettext("（假定，待核对）") if unsure else "")
    return found


def witness(published: Published) -> list[str]:
    """The facts of an applicant who needs the most visits when he walks in, in words."""
    specs = all_specs(published.event)
    found = []
    for key, value in published.guide.walk_in.witness:
        spec = specs.get(key)
        if spec is None:
            continue
        words = {"label": say(spec.label), "value": say(value_words(spec, value))}
        found.append(gettext("%(label)s：%(value)s") % words)
    return found


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service of the event in the guide."""

    name: str
    agency: str
    why: str
    basis: str
    when: str
    promise: str
    unsure: bool  # the promised days are recalled or assumed, not read
    audience: str
    level: str
    account: str  # the account that it takes online; "" = not online
    entrusted: bool  # the window accepts for its agency


def services(published: Published) -> list[ServiceRow]:
    """The event's services with agency, legal basis, condition in words and promised days."""
    event = published.event
    agencies = {agency.key: say(agency.short) for agency in event.agencies}
    specs = all_specs(event)
    return [
        ServiceRow(
            say(s.name),
            agencies.get(s.agency, s.agency),
            say(s.why),
            basis_words(s.legal_basis),
            say(in_words(s.applies_when, specs)),
            say(s.promise.words),
            s.promise.basis.mark in (Mark.MEMORY, Mark.ASSUMED),
            listed(gettext(_AUDIENCES[one]) for one in s.audience),
            gettext(_LEVELS[s.level]),
            _account(s),
            s.window_accepts,
        )
        for s in published.graph.event.services  # with the local numbers in its conditions
    ]


def _account(service: Service) -> str:
    """The account with which all of the service's steps can be done online."""
    modes = (mode for step in service.steps for mode in step.modes if mode.kind is ModeKind.ONLINE)
    most = max((mode.assurance for mode in modes), default=None)
    return gettext(_ACCOUNTS[most]) if most else ""
