"""The payments room by itself; with the case room it is tried in tests/portal/test_pay.py and tests/cases."""

from collections.abc import Iterator

import pytest

from onevisit.payments.events import Event
from tests.payments.listening import HEARD


@pytest.fixture(autouse=True)
def heard(settings: object) -> Iterator[list[Event]]:
    """What the room told, in order."""
    settings.SUBSCRIPTIONS = "tests.payments.listening.SUBSCRIPTIONS"  # type: ignore[attr-defined]
    HEARD.clear()
    yield HEARD
