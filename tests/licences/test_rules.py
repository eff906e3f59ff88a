"""Validity, numbers, status, grounds."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from onevisit.core.basis import Basis, Mark, Period, Unit
from onevisit.core.law.articles import cite
from onevisit.licences.rules import GROUNDS, LICENSING, MARKET_ENTITIES, Status, last_day, licence_number, status_of

BASIS = Basis(Mark.MEMORY)


@pytest.mark.parametrize(
    ("issued", "amount", "unit", "last"),
    [
        ("2026-12-16", 5, Unit.YEAR, "2031-12-15"),
        ("2026-01-01", 1, Unit.YEAR, "2026-12-31"),
        ("2024-02-29", 1, Unit.YEAR, "2025-02-28"),
        ("2024-02-29", 4, Unit.YEAR, "2028-02-28"),
        ("2026-01-31", 1, Unit.MONTH, "2026-02-28"),
        ("2026-12-15", 1, Unit.MONTH, "2027-01-14"),
        ("2026-11-24", 30, Unit.DAY, "2026-12-23"),
        ("2026-11-24", 1, Unit.DAY, "2026-11-24"),
    ],
)
def test_last_day(issued, amount, unit, last):
    assert last_day(date.fromisoformat(issued), Period(amount, unit, BASIS)) == date.fromisoformat(last)


def test_a_licence_without_period_has_no_end_and_none_is_in_working_days():
    assert last_day(date(2026, 1, 1), None) is None
    with pytest.raises(ValueError, match="days, months or years"):
        last_day(date(2026, 1, 1), Period(3, Unit.WORKING_DAY, BASIS))


@given(st.binary(min_size=7, max_size=7))
def test_numbers_are_plainly_demonstrational_and_carry_a_check_character(randomness):
    number = licence_number("330521", date(2026, 11, 24), randomness)
    found = re.fullmatch(r"示范330521-2026-([0-9A-HJKMNP-TV-Z]{5})-([0-9A-HJKMNP-TV-Z]{5})-([0-9A-Z])", number)
    assert found
    assert mod_37_36.is_valid("3305212026" + "".join(found.groups()))


def test_status():
    end = date(2026, 11, 24)
    assert status_of(end, revoked=False, today=end) is Status.VALID
    assert status_of(end, revoked=False, today=date(2026, 11, 25)) is Status.EXPIRED
    assert status_of(end, revoked=True, today=date(2026, 11, 25)) is Status.REVOKED
    assert status_of(None, revoked=False, today=date(2999, 1, 1)) is Status.VALID


def test_the_grounds_are_those_of_the_law():
    assert [ground.code for ground in GROUNDS.values() if ground.must] == ["69-2", "40-2"]
    assert len(LICENSING.grounds) == 6
    for ground in LICENSING.grounds:
        assert ground.article.startswith("《中华人民共和国行政许可法》第六十九条")
        assert "本条第二款" in ground.effect if ground.must else "本条第一款" in ground.effect
    for ground in MARKET_ENTITIES.grounds:
        assert ground.article == "《中华人民共和国市场主体登记管理条例》第四十条第二款"
    for ground in GROUNDS.values():
        assert cite(ground.basis) == ground.article.replace("中华人民共和国", "")


def test_rules_hold_no_clock():
    source = Path(__file__).parents[2] / "src/onevisit/licences/rules.py"
    assert "now()" not in source.read_text()
