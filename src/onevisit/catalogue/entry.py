"""An entry of a public list, as it is typed or as content/lists.yaml has it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EntryInput:
    """An entry of a public list as it is typed, or as content/lists.yaml has it; `list` is a rules.gate.PublicList."""

    list: str
    law: str = ""
    article: str = ""
    entry: str = ""  # name and number in the provincial list
    entry_date: date | None = None
    declared: bool = False  # that the province's list has it
    causes: str = ""
    who: str = ""
    change: str = ""
    until: date | None = None
