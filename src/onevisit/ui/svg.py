"""SVG as safe markup: elements by name, attributes escaped, no style attributes (the CSP forbids them)."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

Attribute = str | int | float
_PIECES = re.compile(r"[!-~\u2010-\u201f]+ *|.")  # a word with the space behind it, or one Chinese character


def tag(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """One element. `class_` is class, other `_` become `-`; text children are escaped, markup is kept."""
    pairs = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items())
    return SafeString(f"<{name}{pairs}>{join(children)}</{name}>")


def join(parts: Iterable[str]) -> SafeString:
    """Several pieces one after the other."""
    return SafeString("".join(conditional_escape(part) for part in parts))


def width_of(text: str, size: float = 14) -> float:
    """About how wide `text` is drawn, in user units: Chinese characters take their size, Latin ones half and a bit."""
    return sum(size if ord(char) > 0x2E7F else size * (0.3 if char == " " else 0.58) for char in text)


def wrapped(text: str, room: float, size: float) -> list[str]:
    """`text` in lines of at most `room`."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and width_of((line + piece).rstrip(), size) > room and piece not in "，。、；）":
            opened = line[-1:] if line[-1:] in "（「《" and len(line) > 1 else ""
            lines.append(line.removesuffix(opened).rstrip())
            line = opened
        line += piece
    return [*lines, line] if line else lines


def _attribute(key: str) -> str:
    if key in ("viewBox", "preserveAspectRatio", "patternUnits", "patternTransform"):
        return key
    return key.rstrip("_").replace("_", "-")


def _value(value: Attribute) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(value) if isinstance(value, str) else str(value)
