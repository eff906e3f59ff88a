"""Typesetting: a template and data become a PDF/A-2b file.

Data reaches a template only as JSON in one input of typst's; nothing is pasted into typst source, so no text can be
read as a command. Templates may read files of their own folder only.
"""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from onevisit.paper.glyphs import font_folder, printable
from onevisit.paper.qr import Svg

TEMPLATES = Path(__file__).resolve().parent / "templates"
_ONE_AT_A_TIME = threading.Lock()  # a compiler keeps its inputs between calls


def typeset(template: str, data: Mapping[str, object], *, at: datetime) -> bytes:
    """The document `template` (a file's name without .typ) with `data`, as PDF/A-2b, dated `at`.

    Equal arguments give equal bytes. Raises KeyError for an unknown template, typst.TypstError where data that the
    template needs is missing.
    """
    return compiled(template, data, at=at)


def compiled(
    template: str,
    data: Mapping[str, object],
    *,
    at: datetime,
    form: Literal["pdf", "png"] = "pdf",
    ppi: float | None = None,
) -> bytes:
    """As `typeset`; `form="png"` gives a picture of a one-page document at `ppi` dots per inch."""
    if template not in templates():
        raise KeyError(template)
    with _ONE_AT_A_TIME:
        made = _compiler(template).compile(
            format=form,
            ppi=ppi,
            sys_inputs={"data": json.dumps(_drawable(data), ensure_ascii=False)},
            pdf_standards="a-2b" if form == "pdf" else [],
            timestamp=int(at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise ValueError(f"{template} has more than one page")
    return made


@lru_cache(maxsize=1)
def templates() -> frozenset[str]:
    """Names of the templates that are documents."""
    return frozenset(file.stem for file in TEMPLATES.glob("*.typ")) - {"common"}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])


@lru_cache(maxsize=16)
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(
        input=str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=str(TEMPLATES),  # no packages: none is ever downloaded
        package_cache_path=str(TEMPLATES),
    )


def _drawable(value: object) -> object:
    """`value` with every text in it printable."""
    if isinstance(value, Svg):
        return value
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {str(key): _drawable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_drawable(item) for item in value]
    return value
