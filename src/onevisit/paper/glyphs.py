"""Which characters our font can draw, and what stands for those that it cannot."""

import importlib.util
import re
import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

PACKAGE = "cvttf_NotoSansCJK_Regular"
FAMILY = "Noto Sans CJK TC"  # its `locl` feature draws the forms of the mainland when the language is zh-CN
STAND_IN = "〓"  # what Chinese printers set for a character that they do not have
_LONG = re.compile(r"[!-~]{30,}")
_PIECE = re.compile(r"[!-~]{10}")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # controls, direction marks, surrogates, private, unassigned


@lru_cache(maxsize=1)
def font_folder() -> Path:
    """The folder of the font's package. Raises FileNotFoundError when it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{PACKAGE} is not installed: it is among the project's dependencies")
    return Path(spec.submodule_search_locations[0])


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The code points that the font has glyphs for, from its `cmap` table (format 12)."""
    font = next(font_folder().glob("*.otf")).read_bytes()
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    points: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * index + 4)
        if struct.unpack_from(">H", font, start + offset)[0] != 12:
            continue
        (groups,) = struct.unpack_from(">I", font, start + offset + 12)
        for group in range(groups):
            first, last, _glyph = struct.unpack_from(">III", font, start + offset + 16 + 12 * group)
            points.update(range(first, last + 1))
    return frozenset(points)


def printable(text: str) -> str:
    """`text` in characters that can be drawn: nothing is lost silently.

    Controls and direction marks go; a character without glyph becomes 〓 with its code point, so that a rare name
    is still recorded; a run of 30 letters without a space may be broken across lines.
    """
    kept = "".join(map(_drawn, unicodedata.normalize("NFC", text)))
    return _LONG.sub(lambda run: _PIECE.sub(lambda piece: piece.group() + "\u200b", run.group()), kept)


def _drawn(char: str) -> str:
    if char in "\n\t":
        return char
    if unicodedata.category(char) in _DROPPED and char != "\u200b":
        return "" if unicodedata.category(char) in ("Cc", "Cf") else f"{STAND_IN}(U+{ord(char):04X})"
    if ord(char) in covered() or char == "\u200b":
        return char
    if unicodedata.category(char) in ("Mn", "Zs"):  # variation selectors; odd spaces
        return " " if unicodedata.category(char) == "Zs" else ""
    return f"{STAND_IN}(U+{ord(char):04X})"


def _table(font: bytes, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for index in range(tables):
        name, _sum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no {tag.decode()} table")
