"""Form fields for the pages: from a fact's specification and what was typed, to what a template needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from django.utils.translation import gettext

from onevisit.ui.words import Words, say


class OptionSpec(Protocol):
    """One value of a choice (core's Option)."""

    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> Words: ...  # noqa: D102
    @property
    def hint(self) -> Words | None: ...  # noqa: D102


class Spec(Protocol):
    """What the form has to know of a fact (core's FactSpec)."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def type(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> Words: ...  # noqa: D102
    @property
    def hint(self) -> Words | None: ...  # noqa: D102
    @property
    def options(self) -> Sequence[OptionSpec]: ...  # noqa: D102
    @property
    def unit(self) -> Words | None: ...  # noqa: D102
    @property
    def max_length(self) -> int: ...  # noqa: D102
    @property
    def check(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the template `ui/field.html` draws it."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    error: str = ""
    options: tuple[Choice, ...] = ()
    unit: str = ""
    lines: int = 1
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    focus: bool = False  # the first thing that is asked: the page opens in it

    @property
    def id(self) -> str:
        """The control's id; an error summary links to it."""
        return "f-" + self.name.replace(".", "-").replace("[", "-").replace("]", "")

    @property
    def grouped(self) -> bool:
        """Whether it is a set of radio buttons."""
        return bool(self.options)

    @property
    def short(self) -> bool:
        """Whether two options fit beside each other."""
        return len(self.options) == 2 and all(len(o.label) <= 4 and not o.hint for o in self.options)

    @property
    def described(self) -> str:
        """Ids of what describes it, for screen readers."""
        parts = ((self.hint, f"{self.id}-hint"), (self.error, f"{self.id}-error"))
        return " ".join(name for present, name in parts if present)


_AUTOCOMPLETE = {"applicant.name": "name", "applicant.phone": "tel", "applicant.address": "street-address"}


def field_of(spec: Spec, value: object = None, *, typed: str | None = None, error: Words | None = None) -> Field:
    """The field of a fact: `value` as known, or `typed` as the visitor left it, with the error's sentence."""
    kind = str(spec.type)
    field = Field(
        name=spec.key,
        label=say(spec.label),
        hint=say(spec.hint),
        value=typed if typed is not None else as_typed(value),
        error=say(error),
        unit=say(spec.unit),
        autocomplete=_AUTOCOMPLETE.get(spec.key, "off"),
    )
    if kind == "bool":
        return replace(field, options=(Choice("true", gettext("是")), Choice("false", gettext("否"))))
    if kind == "choice":
        options = tuple(Choice(o.value, say(o.label), say(o.hint)) for o in spec.options)
        return replace(field, options=options)
    if kind in ("integer", "decimal"):
        return replace(field, inputmode="numeric" if kind == "integer" else "decimal")
    if kind == "date":
        return replace(field, hint=field.hint or gettext("例如 2026-12-08"))
    if spec.check == "phone":
        return replace(field, type="tel", inputmode="tel")
    return replace(field, lines=4 if spec.max_length > 400 or spec.check == "ric_list" else 1)


def as_typed(value: object) -> str:
    """A fact's value as a visitor would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
