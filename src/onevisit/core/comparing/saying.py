"""Say a value of a life event in words, with the names that its own version has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from onevisit.core.basis import Basis, Period
from onevisit.core.catalogue import (
    Accept,
    AcceptKind,
    Asked,
    EvidenceRequirement,
    Fee,
    LifeEvent,
    Mode,
    Output,
    Parameter,
    Provisional,
    Sequence,
    Service,
)
from onevisit.core.comparing.labels import MEMBERS
from onevisit.core.conditions import BadCondition, Condition, bind, in_words
from onevisit.core.facts import FactSpec, Option
from onevisit.core.text import Text, counted

NOTHING = Text("没有", "none")
_YES, _NO = Text("是", "yes"), Text("不是", "no")


_OF: dict[str, str] = {  # what a field's key names
    **dict.fromkeys(("lead", "agency", "issuer"), "agencies"),
    **dict.fromkeys(("evidence", "gives_evidence"), "evidence_types"),
    **dict.fromkeys(("returned_without", "service"), "services"),
    **dict.fromkeys(("role", "roles"), "roles"),
    **dict.fromkeys(("after", "step"), "steps"),
    **dict.fromkeys(
        ("facts", "offer_fact", "percent_of", "times", "by_fact", "gives_facts", "fact", "fields", "code", "name",
         "representative", "you"),
        "facts",
    ),
    "licence_type": "licence_types",
    "resource": "resources",
    "at": "places",
}  # fmt: skip
_REF = {
    AcceptKind.LICENCE: "licence_types",
    AcceptKind.OUTPUT: "licence_types",
    AcceptKind.RESOURCE: "resources",
    AcceptKind.COMMITMENT: "facts",
}


@dataclass(frozen=True, slots=True)
class Names:
    """A version's own names: of its parts by their keys, kind by kind; of its facts; of its local figures."""

    names: Mapping[str, Mapping[str, Text]]
    specs: Mapping[str, FactSpec]
    figures: Mapping[str, Decimal]

    def within(self, service: Service) -> "Names":
        """With the names of a service's own steps."""
        return replace(self, names={**self.names, "steps": _named(service.steps)})

    def field(self, part: type, name: str, value: Any) -> Text:
        """A field's value in words."""
        return self.say(value, "services" if part is Sequence and name == "after" else _OF.get(name, ""))

    def say(self, value: Any, kind: str = "") -> Text:
        """The value in words; `kind`: of what it is a key."""
        if value is None or value == "" or value == ():
            return NOTHING
        if isinstance(value, Text):
            return Text(value.zh, value.of("en"))
        if isinstance(value, bool):
            return _YES if value else _NO
        if isinstance(value, Enum):
            return MEMBERS[value]
        if isinstance(value, date):
            return Text.day(value)
        if isinstance(value, tuple):
            return Text.row(self.say(one, kind) for one in value)
        if isinstance(value, str):
            return self.names.get(kind, {}).get(value, Text(value, value))
        if isinstance(value, Condition):
            return in_words(self._bound(value), self.specs)
        return self._say_part(value)

    def _bound(self, condition: Condition) -> Condition:
        """With its local figures; a draft may name one that is not there, which its examination tells."""
        try:
            return bind(condition, self.figures)
        except BadCondition:
            return condition

    def _say_part(self, value: Any) -> Text:
        if isinstance(value, Basis):
            return self._basis(value)
        if isinstance(value, Period):
            basis = self._basis(value.basis)
            return Text(f"{value.words.zh}（{basis.zh}）", f"{value.words.en} ({basis.en})")
        if isinstance(value, Provisional):
            return Text(f"{value.days} 个工作日内补", f"within {counted(value.days, 'working day')}")
        name = self.name_of(value)
        return name if name != NOTHING else Text(str(value), str(value))

    def _basis(self, basis: Basis) -> Text:
        where = f"《{basis.law}》{basis.article}" if basis.law else ""
        note = self.say(basis.note) if basis.note else MEMBERS[basis.mark]
        return Text(where, where) if where and basis.note is None else Text(f"{where}{note.zh}", f"{where} {note.en}")

    def name_of(self, part: Any) -> Text:
        """What a part is called: its own name, or that of what it is about."""
        if isinstance(part, FactSpec | Fee | Option | Parameter):
            return self.say(part.label)
        if isinstance(part, EvidenceRequirement):
            return self.say(part.evidence, "evidence_types")
        if isinstance(part, Output):
            return self.say(part.licence_type, "licence_types")
        if isinstance(part, Sequence):
            return self.say(part.after, "services")
        if isinstance(part, Asked):
            return self.say(part.fact, "facts")
        if isinstance(part, Accept):
            return self._two(part.kind, self.say(part.ref, _REF.get(part.kind, "")))
        if isinstance(part, Mode):
            return self._two(part.kind, self.say(part.at, "places"))
        name = getattr(part, "name", None)
        return self.say(name) if name is not None else NOTHING

    def _two(self, kind: Enum, second: Text) -> Text:
        first = self.say(kind)
        return first if second == NOTHING else Text(f"{first.zh}：{second.zh}", f"{first.en}: {second.en}")


def names_in(event: LifeEvent) -> Names:
    """The names that a version has for what it holds."""
    specs = {spec.key: spec for spec in event.facts}
    names = {
        "roles": _named(event.roles) | {"matter": Text("事项本身", "the matter")},
        "services": _named(event.services),
        "evidence_types": _named(event.evidence_types),
        "licence_types": _named(event.licence_types),
        "resources": _named(event.resources),
        "agencies": _named(event.agencies),
        "places": _named(event.places),
        "facts": {key: Text(spec.label.zh, spec.label.of("en")) for key, spec in specs.items()},
    }
    return Names(names, specs, {one.key: one.value for one in event.parameters})


def _named(parts: Iterable[Any]) -> dict[str, Text]:
    return {one.key: Text(one.name.zh, one.name.of("en")) for one in parts}
