"""By what a finding is known again when its document has changed: the names on its path instead of places in lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onevisit.catalogue.examining.remark import Remark
from onevisit.core.catalogue import LifeEvent, Service
from onevisit.core.text import Text

REFORM = "reform"  # owner: the reform office itself
_NAMES = ("key", "evidence", "label", "ref", "fact", "kind")  # what tells an item of a list from its neighbours


@dataclass(frozen=True, slots=True)
class Named:
    """A remark with what it is about: a name that stays the same while lists around it change."""

    subject: str
    place: Text  # in words
    owner: str  # whose it is until somebody says otherwise
    remark: Remark


def named(event: LifeEvent, remarks: Iterable[Remark]) -> Iterator[Named]:
    """Each remark with its subject; several of one rule about one subject are numbered in their order."""
    times: dict[tuple[str, str], int] = {}
    for remark in remarks:
        parts, words, owner = _walked(event, remark)
        subject = "/".join(parts)
        number = times[remark.code, subject] = times.get((remark.code, subject), 0) + 1
        yield Named(subject if number == 1 else f"{subject}#{number}", Text.row(words), owner, remark)


def _walked(event: LifeEvent, remark: Remark) -> tuple[list[str], list[Text], str]:
    """The path by names, in words, and the owner.

    The owner is the agency that the rule names; else that of the service in which the place lies; else the reform
    office, which keeps what belongs to no single agency.
    """
    here: object = event
    parts: list[str] = []
    words: list[Text] = []
    owner = remark.agency
    for step in remark.path:
        if isinstance(step, int):
            here = here[step] if isinstance(here, tuple) and step < len(here) else None
            parts.append(_name(here) or str(step))
            words += [word for word in (_words(here),) if word]
        else:
            here = getattr(here, step, None)
            parts.append(step)
        if isinstance(here, Service):
            owner = owner or here.agency
    return parts, words or [event.name], owner or REFORM


def _name(item: object) -> str:
    for one in _NAMES:
        value = getattr(item, one, None)
        if value:
            role = getattr(item, "role", "")
            return f"{value.zh if isinstance(value, Text) else value}" + (f"@{role}" if role else "")
    return ""


def _words(item: object) -> Text | None:
    return next((t for one in ("name", "label") if isinstance(t := getattr(item, one, None), Text)), None)
