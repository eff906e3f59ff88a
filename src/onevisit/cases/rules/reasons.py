"""The reasons of an act, as its notice states them. Pure."""

from onevisit.cases.errors import ReasonsMissing, TooLong

LONGEST = 2000  # characters


def written(reasons: str) -> str:
    """The reasons, as they go into the notice. Raises ReasonsMissing, TooLong."""
    text = reasons.strip()
    if not text:
        raise ReasonsMissing()
    if len(text) > LONGEST:
        raise TooLong(most=LONGEST)
    return text
