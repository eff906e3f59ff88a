"""The one-time key of a page: with it an act that is sent twice is done once."""

from onevisit.cases.errors import KeyMissing

LONGEST = 100  # characters; our pages make 24


def check_key(key: str) -> None:
    """Raise KeyMissing for a key that none of our pages made."""
    if not 0 < len(key) <= LONGEST:
        raise KeyMissing()
