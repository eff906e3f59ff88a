"""What is missing, as rows of one form for whoever supplies it: typed, as a file, or on paper that a clerk looks at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from onevisit.ui.forms import Field, Spec, field_of
from onevisit.ui.words import Words, say


class Item(Protocol):
    """One thing that is missing (cases' MissingView)."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def agency(self) -> Words: ...  # noqa: D102
    @property
    def fact(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> Words: ...  # noqa: D102
    @property
    def what(self) -> str: ...  # noqa: D102
    @property
    def supplied(self) -> bool: ...  # noqa: D102
    @property
    def open(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Row:
    """One missing thing as the template `ui/supply_row.html` draws it."""

    item: Item
    name: str  # of its control
    field: Field | None  # what to type; None: a file
    error: str
    look: str  # what a clerk says of the paper in its place; "": nobody looks at papers here
    looked: bool  # that he said so

    @property
    def control(self) -> str:
        """The control's id; an error summary links to it."""
        return self.field.id if self.field else f"u-{self.name}"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with the form, by item."""

    answers: Mapping[UUID, str]
    files: Mapping[UUID, "UploadedFile[Any]"]
    seen: frozenset[UUID]


def sent(request: HttpRequest, items: Iterable[Item]) -> Sent:
    """Read the posted form; fields that were left empty are not among it."""
    answers, files, seen = {}, {}, set()
    for item in items:
        typed, file = request.POST.get(_name(item), ""), request.FILES.get(_name(item))
        if item.fact and typed.strip():
            answers[item.id] = typed
        elif file is not None:
            files[item.id] = file
        if request.POST.get(_seen(item)):
            seen.add(item.id)
    return Sent(answers, files, frozenset(seen))


def rows(
    items: Iterable[Item],
    specs: Iterable[Spec],
    request: HttpRequest,
    errors: Mapping[UUID, Words | str],
    looks: Mapping[UUID, str] | None = None,
) -> list[Row]:
    """The form's rows, with what was typed and could not be taken. `looks`: what a clerk may say of which paper."""
    by_key = {spec.key: spec for spec in specs}
    found = []
    for item in items:
        name, error, field = _name(item), say(errors.get(item.id)), None
        if item.fact in by_key:
            field = replace(field_of(by_key[item.fact], typed=request.POST.get(name)), name=name, error=error)
        look = (looks or {}).get(item.id, "")
        found.append(Row(item, name, field, error, look, bool(request.POST.get(_seen(item)))))
    return found


def summary(found: Iterable[Row]) -> list[tuple[str, str]]:
    """The rows' errors for the page's error summary."""
    return [(f"#{row.control}", row.error) for row in found if row.error]


def _name(item: Item) -> str:
    return f"item-{item.id}"


def _seen(item: Item) -> str:
    return f"seen-{item.id}"
