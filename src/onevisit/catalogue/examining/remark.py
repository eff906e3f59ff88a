"""What an examination says of a place in an event's document."""

from dataclasses import dataclass
from enum import StrEnum

from onevisit.catalogue.suggest import Path_
from onevisit.core.text import Text


class Severity(StrEnum):
    """How bad it is: an error has to be mended; a warning has to be looked at; a note is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def words(self) -> Text:
        """In the reader's language."""
        return _WORDS[self]


_WORDS = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding; `code` is stable, and docs/decisions/examination.md says what each means."""

    code: str
    severity: Severity
    path: Path_  # in the event's document
    problem: Text
    suggestion: Text
    agency: str = ""  # whose it is to mend, where one agency is responsible
