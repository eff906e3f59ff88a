"""Whom a look-up is about, without keeping the number by which it was asked. Pure."""

import hmac

MOST_A_DAY = 200  # records that one applicant may have looked up: a dozen restaurants, too few to try numbers


def keys_of(lookup: str) -> tuple[str, ...]:
    """The records of a look-up: one, or several joined by commas (staff)."""
    return tuple(dict.fromkeys(key for key in lookup.upper().split(",") if key))


def about(key: str, secret: str) -> str:
    """A hash by which only somebody who knows the number and this installation's secret finds the look-up again."""
    return hmac.new(f"onevisit.exchange.about:{secret}".encode(), key.upper().encode(), "sha256").hexdigest()
