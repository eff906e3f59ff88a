"""A small catalogue without a fault, and what is told of it once one is planted."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onevisit.catalogue.examining.examine import examined
from onevisit.catalogue.load import read_content

CLEAN = Path(__file__).parent / "content"
EVENT, FACTS, PAPERS = (f"events/stall/{name}.yaml" for name in ("event", "facts", "papers"))
REGISTRATION, FOOD, STREET = (f"events/stall/services/{name}.yaml" for name in ("1-registration", "2-food", "3-street"))
Told = tuple[str, str, str]  # code, severity, what stands in the line that is told

Planted = Callable[..., list[Told]]


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    """Put something else in the place of what stands in a file (several pairs: one after the other), and examine."""
    folder = tmp_path / "content"
    shutil.copytree(CLEAN, folder)

    def _planted(file: str, *pairs: tuple[str, str]) -> list[Told]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        found = examined(read_content(folder))
        lines = {one.file: (folder / one.file).read_text(encoding="utf-8").splitlines() for one in found}
        return [(one.code, one.severity.value, f"{one.file}: {lines[one.file][one.line - 1].strip()}") for one in found]

    return _planted


def is_told(found: list[Told], code: str, severity: str, file: str, line: str) -> None:
    """That this one remark is made, at a line of that file which begins so, and no other."""
    assert [(code_, severity_) for code_, severity_, _ in found] == [(code, severity)], found
    assert found[0][2].startswith(f"{file}: {line}"), found
