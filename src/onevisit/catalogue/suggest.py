"""Say what a schema error expected, in words, with the nearest right name."""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

Path_ = tuple[str | int, ...]
_NAMES = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean …?`, or nothing if no known name is near."""
    found = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f" Did you mean `{found[0]}`?" if found else ""


def expected(error: Any, keys: Iterable[str]) -> Iterator[tuple[Path_, str]]:
    """Where an error of jsonschema-rs stands and one sentence that says what was expected; `keys`: all that exist."""
    path = tuple(error.instance_path)
    kind = error.kind
    if kind.name == "additionalProperties":
        for key in kind.unexpected:
            yield (*path, key), f"`{_shown(path)}` does not know the key `{key}`.{nearest(key, keys)}"
    else:
        yield path, f"`{_shown(path)}` {_problem(kind, error)}"


def _shown(path: Path_) -> str:
    return ".".join(str(part) for part in path) or "the file"


def _problem(kind: Any, error: Any) -> str:
    value = error.instance
    if kind.name == "required":
        return f"lacks the key `{kind.property}`."
    if kind.name == "enum":
        options = [str(option) for option in kind.options]
        return f"is `{value}`; expected one of {', '.join(options)}.{nearest(str(value), options)}"
    if kind.name == "type":
        return f"should be {' or '.join(_NAMES.get(name, name) for name in kind.types)}, not {_short(value)}."
    if kind.name == "pattern":
        return f"is `{value}`; expected the form {kind.pattern}."
    if kind.name == "format":
        return f"is `{value}`; expected a {kind.format} such as 2026-11-30."
    if kind.name in ("minItems", "minLength") and kind.limit == 1:
        return "is empty; something is expected here."
    return f"does not fit: {error.message}."


def _short(value: Any) -> str:
    text = "nothing" if value is None else f"`{value}`"
    return text if len(text) < 60 else f"{text[:57]}…`"
