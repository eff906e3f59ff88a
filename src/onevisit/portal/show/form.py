"""The one form for all agencies, what government knows, and the summary before submitting."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from onevisit.cases.values import DraftView, FormField, KnownFact, Needed
from onevisit.core.catalogue import AcceptKind, LifeEvent
from onevisit.core.facts import FactSpec
from onevisit.core.parties import inquiries, own_key, party_name
from onevisit.core.text import Text
from onevisit.core.wording import value_words
from onevisit.ui.forms import Field, field_of
from onevisit.ui.words import listed, say

_PAGES = {
    "hindrance": "plan",
    "questions": "questions",
    "form": "form",
    "confirm": "known",
    "uploads": "uploads",
}


@dataclass(frozen=True, slots=True)
class FormRow:
    """One field: to be filled, or known already."""

    field: Field
    shown: str  # the value in words
    from_register: bool
    answered: bool = False  # on the way to the plan: it is not asked again, only shown


@dataclass(frozen=True, slots=True)
class Group:
    """Fields about one party, or about the matter."""

    title: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class KnownRow:
    """What a register says, and the field for what is right if it is wrong."""

    known: KnownFact
    field: Field
    open: bool  # the correction stands open
    fixed: bool  # comes from the account, so it cannot be changed here


def groups(
    view: DraftView, typed: Mapping[str, str], errors: Mapping[str, Text], deciding: frozenset[str] = frozenset()
) -> list[Group]:
    """The form's fields by party, in the catalogue's order. `deciding`: facts that were asked before the plan."""
    found: dict[str, list[FormRow]] = {}
    looked_up = _looked_up(view)
    for one in view.fields:
        row = _row(one, typed, errors, looked_up.get(one.spec.key, ""))
        answered = one.spec.key in deciding and one.value is not None and not one.from_register
        party = one.spec.key.partition(".")[0]
        found.setdefault(party, []).append(replace(row, answered=answered and not row.field.error))
    return [Group(_title(party, view.event), tuple(rows)) for party, rows in found.items()]


def _looked_up(view: DraftView) -> dict[str, str]:
    """Empty fields that a register will fill once another field, its look-up key, is filled: that field's label."""
    labels = {one.spec.key: say(one.spec.label) for one in view.fields if one.value is None}
    return {
        key: labels[by]
        for resource, party in inquiries(view.event, view.facts)
        if (by := own_key(resource.by_fact, resource, party)) in labels
        for name in resource.gives_facts
        if (key := own_key(name, resource, party)) in labels
    }


def _row(one: FormField, typed: Mapping[str, str], errors: Mapping[str, Text], looked_up: str = "") -> FormRow:
    key = one.spec.key
    field = field_of(one.spec, one.value, typed=typed.get(key), error=errors.get(key))
    question = say(one.spec.question)
    if one.spec.type != "text" and question:
        field = replace(field, label=question)
    spared = gettext("填了“%(label)s”，这一项先空着：存的时候替您查。") % {"label": looked_up} if looked_up else ""
    field = replace(field, hint=" ".join(filter(None, (field.hint, spared, _users(one)))))
    shown = say(value_words(one.spec, one.value)) if one.value is not None else ""
    return FormRow(field, shown, one.from_register)


def _users(one: FormField) -> str:
    """Who needs the field."""
    if len(one.services) > 2:
        return gettext("%(count)d 项都要用。") % {"count": len(one.services)}
    return gettext("%(services)s要用。") % {"services": listed(say(name) for name in one.services)}


def _title(party: str, event: LifeEvent) -> str:
    if party == "matter":
        return say(event.matter) if event.matter else say(event.name)
    return gettext("企业（个体户）") if party == "organisation" else say(party_name(event, party))


def own_keys(view: DraftView) -> list[str]:
    """Fields that the applicant fills himself: what a register gave is confirmed on its own page."""
    return [one.spec.key for one in view.fields if not one.from_register]


def unanswered(view: DraftView) -> list[str]:
    """Fields without a value."""
    return [one.spec.key for one in view.fields if one.value is None]


def left_empty(view: DraftView, typed: Mapping[str, str], errors: Mapping[str, Text]) -> dict[str, Text]:
    """A sentence for each field that was on the page and is still empty."""
    specs = {one.spec.key: one.spec for one in view.fields}
    return {key: _still_to_fill(specs[key]) for key in unanswered(view) if key in typed and key not in errors}


def _still_to_fill(spec: FactSpec) -> Text:
    if field_of(spec, None).grouped:
        return Text(f"请选“{spec.label.zh}”", f"Choose “{spec.label.of('en')}”")
    return Text(f"请填“{spec.label.zh}”", f"Fill in “{spec.label.of('en')}”")


def known_rows(view: DraftView, typed: Mapping[str, str], errors: Mapping[str, Text]) -> list[KnownRow]:
    """Facts from registers, each with its own correction."""
    rows = []
    for one in view.known:
        name = f"other-{one.spec.key}"
        disputed = one.status == "disputed"
        mine = view.facts.get(one.spec.key) if disputed else None
        field = field_of(one.spec, mine, typed=typed.get(name), error=errors.get(name))
        field = replace(field, name=name, label=gettext("正确的应当是"), autocomplete="off")
        rows.append(KnownRow(one, field, bool(field.error) or disputed, one.resource == "account"))
    return sorted(rows, key=lambda row: (row.fixed, row.known.status != "open"))


def to_upload(view: DraftView) -> list[Needed]:
    """Documents that are still to be uploaded."""
    return [n for n in view.needed if n.kind in (AcceptKind.UPLOAD, AcceptKind.EARLIER) and not n.uploads]


def summary(view: DraftView) -> list[Group]:
    """All fields with their values, for reading."""
    return [replace(g, rows=tuple(r for r in g.rows if r.shown)) for g in groups(view, {}, {})]


def missing_rows(missing: tuple[tuple[str, Text], ...]) -> list[tuple[str, str]]:
    """What stands in the way: the page on which to mend it, and the sentence."""
    return [(_PAGES.get(code, "form"), say(text)) for code, text in missing]
