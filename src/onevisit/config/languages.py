"""The languages of the pages: Chinese, in which they are written, and each that has a catalogue (docs/languages.md).

A catalogue is a folder `<language>/LC_MESSAGES/django.po`. Django reads the compiled form, so that is made from it here
when a process starts, by the catalogues' content: nobody has to compile anything, and nothing compiled grows stale.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

SOURCE = ("zh-hans", "中文")
ENGLISH = "en"
HERE = Path(__file__).resolve().parents[1] / "locale"


def found(folder: Path = HERE) -> list[tuple[str, str]]:
    """Code and own name of each language: Chinese, English, then the others by code."""
    codes = sorted({to_language(file.parts[-3]) for file in _catalogues(folder)}, key=lambda one: (one != ENGLISH, one))
    return [SOURCE, *((code, str(LANG_INFO.get(code, {}).get("name_local", code))) for code in codes)]


def compiled(into: Path, folder: Path = HERE) -> Path:
    """The catalogues as Django reads them: a folder below `into`, named by their content, made if it is not there.

    What a language does not say yet is said in English. Raises OSError where `into` cannot be written, ValueError or
    UnicodeError for a file that is no catalogue.
    """
    files = _catalogues(folder)
    digest = hashlib.sha256(b"".join(file.parts[-3].encode() + file.read_bytes() for file in files)).hexdigest()[:24]
    target = into / digest
    if target.is_dir():
        return target
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".") as draft:
        known = {file.parts[-3]: _read(file) for file in files}
        for name, catalogue in known.items():
            _fill(catalogue, known.get(ENGLISH))
            place = Path(draft) / "made" / name / "LC_MESSAGES"
            place.mkdir(parents=True)
            with (place / "django.mo").open("wb") as out:
                write_mo(out, catalogue)
        (Path(draft) / "made").mkdir(exist_ok=True)
        try:
            os.rename(Path(draft) / "made", target)  # whole or not at all; of several processes the first wins
        except OSError:
            if not target.is_dir():
                raise
    return target


def _catalogues(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/django.po"))


def _read(file: Path) -> Catalog:
    with file.open("rb") as po:
        return read_po(po, abort_invalid=True)


def _fill(catalogue: Catalog, english: Catalog | None) -> None:
    """Put English where `catalogue` has nothing."""
    for message in english or ():
        mine = catalogue.get(message.id) if message.id else message
        if mine is not None and (_said(mine.string) or not message.id):
            continue
        catalogue.add(message.id, _forms(message.string, catalogue.num_plurals))


def _said(string: object) -> bool:
    return any(string) if isinstance(string, tuple | list) else bool(string)


def _forms(string: str | Sequence[str] | None, count: int) -> str | tuple[str, ...]:
    """English in as many forms as the language has: the last one for all but a singular of its own."""
    if string is None or isinstance(string, str):
        return string or ""
    return (string[0] if count > 1 else string[-1], *[string[-1]] * (count - 1))
