"""Say what a schema error expected, in words, with the nearest right name."""

import difflib
from collections.abc import Iterable
from typing import Any


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean …?`, or nothing if no known name is near."""
    found = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f" Did you mean `{found[0]}`?" if found else ""


def expected(error: Any) -> str:
    """One sentence for an error of jsonschema-rs."""
    kind = error.kind
    name = kind.name
    at = ".".join(str(part) for part in error.instance_path) or "the file"
    if name == "additionalProperties":
        unexpected = list(kind.unexpected)
        return f"`{at}` does not know the key `{unexpected[0]}`; see `onevisit schema content`."
    if name == "required":
        return f"`{at}` lacks the key `{kind.property}`."
    if name == "enum":
        options = [str(option) for option in kind.options]
        value = str(error.instance)
        return f"`{at}` is `{value}`; expected one of {', '.join(options)}.{nearest(value, options)}"
    if name == "type":
        return f"`{at}` has the wrong type: {error.message}."
    return f"`{at}`: {error.message}."
