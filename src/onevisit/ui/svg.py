"""SVG as safe markup: elements by name, attributes escaped, no style attributes (the CSP forbids them)."""

from collections.abc import Iterable

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

Attribute = str | int | float


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


def _attribute(key: str) -> str:
    if key in ("viewBox", "preserveAspectRatio", "patternUnits", "patternTransform"):
        return key
    return key.rstrip("_").replace("_", "-")


def _value(value: Attribute) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(value) if isinstance(value, str) else str(value)
