"""A draft laid out for the window: what is still to be asked, heard, shown, and what can be corrected."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext

from onevisit.cases.values import DraftView, KnownFact, Needed
from onevisit.core.basis import Basis
from onevisit.core.catalogue import AcceptKind
from onevisit.core.facts import FactSpec, spec_of
from onevisit.core.law.articles import cite
from onevisit.core.parties import all_specs
from onevisit.core.planning.model import PlannedProcedure, Truth, Unavailable
from onevisit.core.text import Text
from onevisit.ui.forms import Field, as_typed, field_of
from onevisit.ui.words import say

NONE = "无"  # as the guide lets people answer who have no such number
OTHER = "other-"  # before the name of a field in which he says what is right instead


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent and could not be taken, to be shown again."""

    answers: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Text] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    other_errors: Mapping[str, Text] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    absent: bool = False  # nobody recorded today that he came


@dataclass(frozen=True, slots=True)
class Heard:
    """What a register says, and the field for what he says instead."""

    known: KnownFact
    other: Field
    open: bool


@dataclass(frozen=True, slots=True)
class Standard:
    """Which service demands a paper, on what basis."""

    service: Text
    basis: Text  # the article, or what is noted in its place


@dataclass(frozen=True, slots=True)
class Unknown:
    """A number under which a register has nothing."""

    field: str  # of the answer
    label: Text
    value: str
    register: Text


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that he shows."""

    needed: Needed
    ask: str  # what to do with it
    button: str  # "": only a scan will do
    seen: bool
    standard: tuple[Standard, ...] = ()  # who demands it, and by what (受理标准)
    later: int = 0  # working days within which it may come later (容缺受理); 0: not without it
    focus: bool = False  # the next one to be looked at

    @property
    def there(self) -> bool:
        """Whether it was seen or scanned."""
        return self.seen or bool(self.needed.uploads)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page's parts."""

    procedures: tuple[tuple[PlannedProcedure, Text], ...]  # with the agency's short name
    asked: tuple[Field, ...]
    corrected: tuple[Field, ...]
    correcting: bool
    heard: tuple[Heard, ...]
    papers: tuple[Paper, ...]
    unknown: tuple[Unknown, ...]  # numbers that registers do not know
    asks_phone: bool  # he may say that he has none
    entrusted: bool  # the window may accept for every agency of the plan
    focus: str  # the part that is next, which has the focus: "asked", "heard", "papers", "submit"; "" on an error
    papers_known: bool  # what papers it takes depends on no question any more
    errors: tuple[tuple[str, Text | str], ...]
    absent: bool
    key: str


def askable(view: DraftView) -> tuple[str, ...]:
    """Facts that the window may answer: what is asked now, and what was answered before."""
    return tuple(dict.fromkeys([*(question.fact for question in view.plan.questions), *view.answered]))


def only_papers(view: DraftView) -> bool:
    """Whether nothing but papers stands in the way of submitting: then what lacks can be told on the spot."""
    return bool(view.missing) and all(code == "uploads" for code, _ in view.missing)


def sheet(view: DraftView, typed: Typed) -> Sheet:
    """Lay the draft out."""
    specs = all_specs(view.event)
    agencies = {agency.key: agency.short for agency in view.event.agencies}
    asked = tuple(question.fact for question in view.plan.questions if question.fact not in view.answered)
    wrong = [(key, text) for key, text in typed.errors.items()]
    wrong += [(OTHER + key, text) for key, text in typed.other_errors.items()]
    errors: tuple[tuple[str, Text | str], ...] = (*wrong, *typed.problems)
    heard = tuple(_heard(one, typed) for one in view.known if one.status == "open")
    focus = "" if errors else _next(view, asked, heard)
    return Sheet(
        procedures=tuple(
            (one, agencies.get(one.agency, Text(one.agency)))
            for one in view.plan.procedures if one.status is not Truth.NO
        ),
        asked=_focused(_fields(asked, view, specs, typed), focus == "asked"),
        corrected=_fields(view.answered, view, specs, typed),
        correcting=any(key in view.answered for key in typed.errors),
        heard=heard,
        papers=_papers(view, focus == "papers"),
        unknown=_unknown(view, specs),
        asks_phone=any(key in view.phones for key in asked),
        entrusted=_entrusted(view),
        focus=focus,
        papers_known=not any(question.deciding for question in view.plan.questions),
        errors=errors,
        absent=typed.absent,
        key=secrets.token_urlsafe(18),
    )  # fmt: skip


def _next(view: DraftView, asked: tuple[str, ...], heard: tuple[Heard, ...]) -> str:
    """The part of the page that is next."""
    if asked:
        return "asked"
    if heard:
        return "heard"
    return "papers" if any(code == "uploads" for code in view.ready) else "submit"


def _entrusted(view: DraftView) -> bool:
    """Whether acceptance of every procedure is entrusted to the window (浙江规定 5)."""
    needed = {one.service for one in view.plan.procedures if one.status is Truth.YES}
    return all(service.window_accepts for service in view.event.services if service.key in needed)


def _unknown(view: DraftView, specs: Mapping[str, FactSpec]) -> tuple[Unknown, ...]:
    """Answers by which a register was asked in vain: typed wrong, or not on it."""
    absent = {key for key, why in view.plan.unavailable if why is Unavailable.ABSENT}
    found = []
    for register in view.event.resources:
        value, spec = str(view.facts.get(register.by_fact, "")), specs.get(register.by_fact)
        if register.key in absent and spec is not None and register.by_fact in view.answered and value != NONE:
            found.append(Unknown(register.by_fact, spec.label, value, register.name))
    return tuple(found)


def _focused(fields: tuple[Field, ...], here: bool) -> tuple[Field, ...]:
    return (replace(fields[0], focus=True), *fields[1:]) if here and fields else fields


def _papers(view: DraftView, here: bool) -> tuple[Paper, ...]:
    """The papers with what the guide says of each; the first that was not seen is next."""
    papers = [_paper(view, one) for one in view.needed]
    first = next((place for place, one in enumerate(papers) if not one.there and one.button), None)
    return tuple(replace(one, focus=here and place == first) for place, one in enumerate(papers))


def _fields(keys: tuple[str, ...], view: DraftView, specs: Mapping[str, FactSpec], typed: Typed) -> tuple[Field, ...]:
    found = []
    for key in keys:
        spec = spec_of(key, specs)
        if spec is not None:
            shown = typed.answers.get(key, as_typed(view.facts.get(key)))
            found.append(replace(field_of(spec, typed=shown, error=typed.errors.get(key)), name=key))
    return tuple(found)


def _heard(one: KnownFact, typed: Typed) -> Heard:
    key = one.spec.key
    label = gettext("正确的%(label)s") % {"label": say(one.spec.label)}
    other = field_of(one.spec, typed=typed.others.get(key, ""), error=typed.other_errors.get(key))
    return Heard(one, replace(other, name=OTHER + key, label=label), key in typed.other_errors)


def _standard(basis: Basis) -> Text:
    return Text(cite(basis)) if basis.law else basis.note or Text("")


def _paper(view: DraftView, needed: Needed) -> Paper:
    ask, button = {
        AcceptKind.ORIGINAL: (gettext("看原件，当场退还"), gettext("原件看过了")),
        AcceptKind.COPY: (gettext("收一份复印件"), gettext("复印件收下了")),
    }.get(needed.kind, (gettext("扫描上传"), ""))
    planned = next(one for one in view.plan.evidence if one.evidence == needed.evidence)
    demands = [
        Standard(service.name, _standard(one.basis))
        for service in view.event.services
        if service.key in planned.services
        for one in service.evidence
        if one.evidence == needed.evidence
    ]
    return Paper(needed, ask, button, needed.slot in view.seen, tuple(demands), needed.later)
