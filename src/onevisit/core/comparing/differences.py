"""What two versions of a life event differ in, part by part: added, removed, changed; nothing is left out.

Parts are matched by their key, or by what they are about; parts that are alike in that, by their order.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from onevisit.core.basis import Basis, Period
from onevisit.core.catalogue import Accept, Asked, EvidenceRequirement, Fee, LifeEvent, Mode, Output, Sequence, Service
from onevisit.core.comparing.labels import label_of
from onevisit.core.comparing.saying import NOTHING, Names, names_in
from onevisit.core.conditions import Condition
from onevisit.core.facts import Option
from onevisit.core.text import Text

_LEAVES = (Text, Condition, Basis, Period)


class Kind(StrEnum):
    """What has become of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: where (from the event inwards), what, and both sides in words."""

    kind: Kind
    where: tuple[Text, ...]
    what: Text
    old: Text
    new: Text


def differences(old: LifeEvent, new: LifeEvent) -> tuple[Difference, ...]:
    """All differences of two versions; none exactly if the two are the same."""
    return tuple(_of_parts(old, new, (), names_in(old), names_in(new)))


def _of_parts(old: Any, new: Any, where: tuple[Text, ...], before: Names, after: Names) -> Iterator[Difference]:
    """Of two parts of the same kind."""
    if isinstance(old, Service):
        before, after = before.within(old), after.within(new)
    for field in fields(old):
        a, b = getattr(old, field.name), getattr(new, field.name)
        if a == b:
            continue
        label = label_of(type(old), field.name)
        if isinstance(a, tuple) and isinstance(b, tuple) and _listed(a + b):
            yield from _of_lists(a, b, _Place(type(old), field.name, where, label), before, after)
        elif type(a) is type(b) and is_dataclass(a) and not isinstance(a, _LEAVES):
            yield from _of_parts(a, b, (*where, label), before, after)
        else:
            yield _changed(a, b, _Place(type(old), field.name, where, label), before, after)


def _changed(a: Any, b: Any, at: "_Place", before: Names, after: Names) -> Difference:
    old, new = before.field(at.part, at.field, a), after.field(at.part, at.field, b)
    if old == new:  # alike in words: what the words leave out differs
        old, new = _exact(old, a), _exact(new, b)
    return Difference(Kind.CHANGED, at.where, at.label, old, new)


def _exact(words: Text, value: Any) -> Text:
    shown = value.source if isinstance(value, Condition) else str(value)
    return Text(f"{words.zh}（{shown}）", f"{words.en} ({shown})")


def _listed(items: tuple[Any, ...]) -> bool:
    """Whether it is a list of things, and not a pair of numbers."""
    return not all(isinstance(one, int) for one in items)


def _of_lists(
    old: tuple[Any, ...], new: tuple[Any, ...], at: "_Place", before: Names, after: Names
) -> Iterator[Difference]:
    first, second = _by_identity(old), _by_identity(new)
    for key in first:
        if key not in second:
            yield Difference(Kind.REMOVED, at.where, at.label, at.item(first[key], before), NOTHING)
    for key in second:
        if key not in first:
            yield Difference(Kind.ADDED, at.where, at.label, NOTHING, at.item(second[key], after))
    both = [key for key in second if key in first]
    for key in both:
        a, b = first[key], second[key]
        if a != b and type(a) is type(b) and is_dataclass(a) and not isinstance(a, _LEAVES):
            yield from _of_parts(a, b, (*at.where, after.name_of(b)), before, after)
        elif a != b:
            yield _changed(a, b, at, before, after)
    if both != [key for key in first if key in second]:
        now = Text.row(at.item(second[key], after) for key in both)
        then = Text.row(at.item(first[key], before) for key in first if key in second)
        label = Text(f"{at.label.zh}的先后次序", f"order of {at.label.en}")
        yield Difference(Kind.CHANGED, at.where, label, then, now)


@dataclass(frozen=True, slots=True)
class _Place:
    """A field of a part, where it stands in the event, and what it is called."""

    part: type
    field: str
    where: tuple[Text, ...]
    label: Text

    def item(self, one: Any, names: Names) -> Text:
        """One item of its list in words."""
        plain = not is_dataclass(one) or isinstance(one, _LEAVES)
        return names.field(self.part, self.field, one) if plain else names.name_of(one)


def _by_identity(items: tuple[Any, ...]) -> dict[tuple[Any, int], Any]:
    """Items by what they are about, and by their number among those that are about the same."""
    seen: Counter[Any] = Counter()
    found = {}
    for one in items:
        key = _identity(one)
        found[key, seen[key]] = one
        seen[key] += 1
    return found


def _identity(part: Any) -> Any:
    if isinstance(part, EvidenceRequirement):
        return part.evidence, part.role
    if isinstance(part, Output):
        return part.licence_type, part.role
    if isinstance(part, Accept):
        return part.kind, part.ref
    if isinstance(part, Mode):
        return part.kind, part.at
    if isinstance(part, Fee):
        return part.label.zh
    if isinstance(part, Sequence):
        return part.after
    if isinstance(part, Asked):
        return part.fact
    if isinstance(part, Option):
        return part.value
    if isinstance(part, Text):
        return part.zh
    if isinstance(part, Condition | Basis):
        return repr(part) if isinstance(part, Basis) else repr(part.root)
    return getattr(part, "key", part)
