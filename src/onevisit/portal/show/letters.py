"""What a notice says, in the reader's language: its data are the words that were printed, in Chinese."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from onevisit.core.basis import Period, Unit
from onevisit.core.law.articles import TOLD_IN_FIVE_DAYS
from onevisit.ui import dates
from onevisit.ui.words import in_source, say

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNTIL = re.compile(r"至 (\d+)年(\d+)月(\d+)日")
_WORKING_DAYS = re.compile(r"(\d+) 个工作日")


def letter(data: Mapping[str, object]) -> dict[str, object]:
    """The data with days as days, and with the words that were put together from numbers said anew."""
    said = {key: _value(value) for key, value in data.items()}
    said["items_"] = said.get("items")  # a template takes `items` for the method of that name
    if later := data.get("later"):
        said["later"] = [{key: _value(value) for key, value in one.items()} for one in later]  # type: ignore[attr-defined]
    if in_source():
        return said
    if "term" in said:
        said["term"] = _term(str(said["term"]))
    if found := _UNTIL.fullmatch(str(said.get("validity", ""))):
        year, month, day = map(int, found.groups())
        said["validity"] = gettext("至 %(day)s") % {"day": dates.full(date(year, month, day))}
    if said.get("outcome") == "refused":
        said["done"] = ""  # composed of the regime's words; the page has a sentence of its own
    said["conditions"] = said.get("conditions_en", said.get("conditions"))
    return said


def _value(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else value


def _term(words: str) -> str:
    """5 个工作日（法定 20 个工作日）: 5 working days (by law 20 working days)."""
    promised, _bracket, lawful = words.rstrip("）").partition("（法定 ")
    if not lawful:
        return _days(promised)
    return gettext("%(promised)s（法定 %(lawful)s）") % {"promised": _days(promised), "lawful": _days(lawful)}


def _days(words: str) -> str:
    found = _WORKING_DAYS.fullmatch(words)
    return say(Period(int(found.group(1)), Unit.WORKING_DAY, TOLD_IN_FIVE_DAYS).words) if found else gettext(words)
