"""Masks: how personal data is shown where the whole of it is not needed."""


def masked_name(name: str) -> str:
    """The family name only: 王小满 -> 王**. A mark in brackets stays: 王小满（示范） -> 王**（示范）."""
    body, bracket, mark = name.partition("（")
    return body[:1] + "*" * max(len(body) - 1, 1) + bracket + mark if body else ""


def masked_id(number: str) -> str:
    """The first three and the last four characters of a number of identity."""
    return _masked(number, 3, 4)


def masked_phone(number: str) -> str:
    """The first three and the last four digits of a phone number."""
    return _masked(number, 3, 4)


def _masked(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]
