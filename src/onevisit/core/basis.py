"""Where a rule or figure comes from, and periods of time with their source."""

from dataclasses import dataclass
from enum import StrEnum

from onevisit.core.text import Text, counted


class Mark(StrEnum):
    """How well a figure is sourced (marks of the source collection)."""

    READ = "V"  # read in a full text
    EXCERPT = "E"  # read in an excerpt
    DERIVED = "derived"
    MEMORY = "memory"  # recalled, unverified: configurable, to be verified
    ASSUMED = "assumed"  # no article demands otherwise, so assumed open; printed with every plan


@dataclass(frozen=True, slots=True)
class Basis:
    """The source of a rule or figure: law and article where there is one, else what the mark says."""

    mark: Mark
    law: str = ""  # title as in content/laws.yaml
    article: str = ""
    note: Text | None = None


class Unit(StrEnum):
    """Unit of a period."""

    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A number of units with its source; 0 working days = on the spot, while you wait."""

    amount: int
    unit: Unit
    basis: Basis

    @property
    def words(self) -> Text:
        """5 个工作日, or 当场."""
        zh, en = _UNITS[self.unit]
        return Text(f"{self.amount} {zh}", counted(self.amount, en)) if self.amount else Text("当场", "while you wait")


_UNITS = {
    Unit.WORKING_DAY: ("个工作日", "working day"),
    Unit.DAY: ("日", "day"),
    Unit.MONTH: ("个月", "month"),
    Unit.YEAR: ("年", "year"),
}
