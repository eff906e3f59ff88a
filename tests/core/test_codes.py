"""Official numbers: right ones pass, each kind of wrong one gets its own sentence."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.core import codes

GOOD_ID = "330521199002149981"


WIDE_ID = "３３０５２１１９９００２１４９９８１"


@pytest.mark.parametrize("text", [GOOD_ID, "33052119900307001x", " 330521 19900214 9981 ", WIDE_ID])
def test_a_right_identity_number_passes_however_it_is_typed(text):
    codes.check_ric(text)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", codes.IdNumberLength),
        (GOOD_ID[:-1], codes.IdNumberLength),
        ("X" + GOOD_ID[1:], codes.IdNumberCharacters),
        ("330521199002309981", codes.IdNumberDate),
        (GOOD_ID[:-1] + "2", codes.IdNumberCheckDigit),
        ("330521199003149981", codes.IdNumberCheckDigit),
    ],
)
def test_a_wrong_identity_number_says_what_is_wrong(text, refusal):
    with pytest.raises(refusal) as caught:
        codes.check_ric(text)
    assert "再填一次" in str(caught.value)


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, shift):
    wrong = GOOD_ID[:place] + str((int(GOOD_ID[place]) + shift) % 10) + GOOD_ID[place + 1 :]
    with pytest.raises(codes.BadCode):
        codes.check_ric(wrong)


def test_credit_codes():
    codes.check_uscc("91330521ma2b9xx0xw")
    with pytest.raises(codes.CreditCodeCheckDigit):
        codes.check_uscc("91330521MA2B9XX0X1")
    with pytest.raises(codes.CreditCodeCharacters):
        codes.check_uscc("9133052IMA2B9XX0XW")
    with pytest.raises(codes.CreditCodeLength):
        codes.check_uscc("9133")


@pytest.mark.parametrize("text", ["13900000001", "139 0000 0001", "+86 13900000001", "0572-8000000", "010-12345678"])
def test_right_phone_numbers_pass(text):
    codes.check_phone(text)


@pytest.mark.parametrize("text", ["", "12345", "23900000001", "8000000"])
def test_wrong_phone_numbers_do_not(text):
    with pytest.raises(codes.BadPhone):
        codes.check_phone(text)


@pytest.mark.parametrize("separator", [" ", ",", "，", "、", "\n", "；", ", \r\n"])
def test_a_list_of_identity_numbers(separator):
    text = GOOD_ID + separator + "33052119900307001x" + separator
    codes.check_ric_list(text)
    assert codes.split_list(text) == (GOOD_ID, "33052119900307001X")


def test_a_list_names_the_wrong_one():
    with pytest.raises(codes.BadInList) as caught:
        codes.check_ric_list(f"{GOOD_ID}\n330521199002149982")
    assert "第2个" in str(caught.value)
    assert "330521199002149982" in str(caught.value)
    with pytest.raises(codes.EmptyList):
        codes.check_ric_list(" \n ")


@given(st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)), st.binary(min_size=10, max_size=10))  # noqa: DTZ001
def test_uuid7_is_one(now, randomness):
    value = codes.uuid7(now, randomness)
    assert value.version == 7
    assert value.variant == "specified in RFC 4122"
    assert value.int >> 80 == int(now.timestamp() * 1000)


def test_uuid7_sorts_by_time():
    early = codes.uuid7(datetime(2026, 1, 1, tzinfo=UTC), b"\xff" * 10)
    late = codes.uuid7(datetime(2026, 1, 2, tzinfo=UTC), b"\x00" * 10)
    assert early < late


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive
    st.binary(min_size=10, max_size=10),
    st.integers(1, 1 << 62),
)
def test_uuid7_after_lies_behind(now, randomness, step):
    before = codes.uuid7(now, randomness)
    behind = codes.uuid7_after(before, step)
    assert behind > before
    assert (behind.version, behind.variant) == (7, "specified in RFC 4122")
