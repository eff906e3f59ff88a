"""A draft laid out for the window: what is still to be asked, heard, shown, and what can be corrected."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext

from onevisit.cases.values import DraftView, KnownFact, Needed
from onevisit.core.catalogue import AcceptKind
from onevisit.core.facts import FactSpec, spec_of
from onevisit.core.planning.model import PlannedProcedure, Truth
from onevisit.core.text import Text
from onevisit.ui.forms import Field, as_typed, field_of
from onevisit.ui.words import say

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
class Paper:
    """One paper that he shows."""

    needed: Needed
    ask: str  # what to do with it
    button: str  # "": only a scan will do
    seen: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page's parts."""

    procedures: tuple[tuple[PlannedProcedure, Text], ...]  # with the agency's short name
    asked: tuple[Field, ...]
    corrected: tuple[Field, ...]
    correcting: bool
    heard: tuple[Heard, ...]
    papers: tuple[Paper, ...]
    papers_known: bool  # what papers it takes depends on no question any more
    errors: tuple[tuple[str, Text | str], ...]
    absent: bool
    key: str


def askable(view: DraftView) -> tuple[str, ...]:
    """Facts that the window may answer: what is asked now, and what was answered before."""
    return tuple(dict.fromkeys([*(question.fact for question in view.plan.questions), *view.answered]))


def sheet(view: DraftView, typed: Typed) -> Sheet:
    """Lay the draft out."""
    specs = {spec.key: spec for spec in view.event.facts}
    agencies = {agency.key: agency.short for agency in view.event.agencies}
    asked = tuple(question.fact for question in view.plan.questions if question.fact not in view.answered)
    wrong = [(key, text) for key, text in typed.errors.items()]
    wrong += [(OTHER + key, text) for key, text in typed.other_errors.items()]
    return Sheet(
        procedures=tuple(
            (one, agencies.get(one.agency, Text(one.agency)))
            for one in view.plan.procedures if one.status is not Truth.NO
        ),
        asked=_fields(asked, view, specs, typed),
        corrected=_fields(view.answered, view, specs, typed),
        correcting=any(key in view.answered for key in typed.errors),
        heard=tuple(_heard(one, typed) for one in view.known if one.status == "open"),
        papers=tuple(_paper(one, one.slot in view.seen) for one in view.needed),
        papers_known=not any(question.deciding for question in view.plan.questions),
        errors=(*wrong, *typed.problems),
        absent=typed.absent,
        key=secrets.token_urlsafe(18),
    )  # fmt: skip


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


def _paper(needed: Needed, seen: bool) -> Paper:
    ask, button = {
        AcceptKind.ORIGINAL: (gettext("看原件，当场退还"), gettext("原件看过了")),
        AcceptKind.COPY: (gettext("收一份复印件"), gettext("复印件收下了")),
    }.get(needed.kind, (gettext("扫描上传"), ""))
    return Paper(needed, ask, button, seen)
