"""Typed facts and three-valued knowledge of them.

A fact key is `ROLE.name` or `matter.name`; a role with several parties is addressed as `seller[2].name`
(counted from 1; `seller.name` is the first). A key that is absent from `Facts` is unknown.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from onevisit.core.text import Text

Value = bool | int | Decimal | str | date
Facts = Mapping[str, Value]
_INDEX = re.compile(r"\[\d+\]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_date(text: str) -> date | None:
    """The day that a text of the form `2026-01-31` names, if there is one."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


class FactType(StrEnum):
    """Types of facts; BOOL and CHOICE are finite, INTEGER and DECIMAL are cut by the conditions on them."""

    BOOL = "bool"
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a CHOICE fact."""

    value: str
    label: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """The government's step in which a fact turns out that nobody knows before."""

    service: str
    step: str


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One typed datum about applicant or matter; asked at most once."""

    key: str
    type: FactType
    label: Text
    question: Text
    why: Text
    hint: Text | None = None
    options: tuple[Option, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: Text | None = None
    max_length: int = 200
    check: str = ""  # named check of core/codes.py: "ric", "uscc", "phone", …
    resource: str = ""  # Resource.key that knows it, "" = only the applicant does
    personal: bool = False  # personal data: masked in lists, looks are logged
    learnt: Learnt | None = None  # nobody is asked: it turns out on the way (docs/decisions/late-facts.md)

    @property
    def role(self) -> str:
        """The role (or "matter") the fact belongs to."""
        return role_of(self.key)


PARTY = "party"  # in conditions of what belongs to a role: the party that is meant


@dataclass(frozen=True, slots=True)
class OwnFacts(Mapping[str, Value]):
    """Facts as one party sees them: `party.age` is his own."""

    facts: Facts
    party: str  # "seller", "seller[2]"

    def _key(self, key: str) -> str:
        role, _, name = key.partition(".")
        return party_key(self.party, name) if role == PARTY else key

    def __getitem__(self, key: str) -> Value:
        return self.facts[self._key(key)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)


def role_of(key: str) -> str:
    """The role of a party (`seller[2]`) or of a fact's key (`seller[2].name`); "matter" is its own."""
    return key.partition(".")[0].partition("[")[0]


def party_key(party: str, name: str) -> str:
    """The key of a party's fact; the first of several has the role's plain one."""
    return f"{party.removesuffix('[1]')}.{name}"


def is_fact_of(key: str, party: str) -> bool:
    """Whether the fact is the party's own."""
    return key == party_key(party, key.rpartition(".")[2])


def slot(name: str, party: str) -> str:
    """The name of what one party has or shows (a document, a register's answer), unlike that of the other parties.

    What belongs to the matter, or to an applicant who is the only party, goes by its own name.
    """
    return name if party in ("matter", "applicant") else f"{name}--{party.replace('[', '-').rstrip(']')}"


def name_in(slot_name: str) -> str:
    """The name of a document or register in a slot, whoever's it is."""
    return slot_name.partition("--")[0]


def of_any(key: str) -> str:
    """The same fact of whatever party: `party.age` for `seller.age`."""
    return f"{PARTY}.{key.partition('.')[2]}"


def party_in(slot_name: str) -> str:
    """The party whose a slot is (`buyer[2]`); "" where it names none."""
    found = re.fullmatch(r".+--(.+?)(?:-(\d+))?", slot_name)
    return "" if found is None else f"{found[1]}[{found[2]}]" if found[2] else found[1]


def without_number(key: str) -> str:
    """The catalogue's key of a fact: `seller.age` for `seller[2].age`."""
    return _INDEX.sub("", key)


def spec_of(key: str, specs: Mapping[str, FactSpec]) -> FactSpec | None:
    """The spec of a fact, also of one party among several (`seller[2].age` has the spec of `seller.age`)."""
    return specs.get(key) or specs.get(without_number(key))
