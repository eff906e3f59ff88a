"""What machines give is read strictly: one form for each type."""

from datetime import UTC, date, datetime

import pytest

from onevisit.core.facts import FactSpec, FactType
from onevisit.core.given import NotGiven, given
from onevisit.core.text import Text

DAY = FactSpec(
    "matter.day", FactType.DATE, Text("哪天", "day"), Text("哪天办？", "which day?"), Text("办事要用", "needed")
)


@pytest.mark.parametrize("raw", ["2026-11-30", date(2026, 11, 30)])
def test_a_date(raw):
    assert given(DAY, raw) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "raw",
    [
        "20261130",
        "2026-W49-1",
        "2026-11-31",
        "2026-11-30\n",
        "２０２６-11-30",
        20261130,
        datetime(2026, 11, 30, 8, tzinfo=UTC),
        None,
    ],
)
def test_no_date(raw):
    with pytest.raises(NotGiven, match="2026-11-30"):
        given(DAY, raw)
