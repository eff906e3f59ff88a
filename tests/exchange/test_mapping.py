"""What a register may answer, and what is refused."""

import contextlib
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.exchange.connectors.register.mapping import NotTheContract, read_record

GOOD = {"number": "1", "issued": "2026-01-01", "valid_until": "", "summary": "示范"}


def body(**change: object) -> bytes:
    return json.dumps({"resource": "r", "lookup": "1", "facts": {}, "evidence": {}, **change}).encode()


def test_values_keep_their_types() -> None:
    found = read_record(b'{"resource":"r","facts":{"a.b":true,"a.c":3,"a.d":1.50,"a.e":"x"},"evidence":{}}', "r")
    assert found.facts == {"a.b": True, "a.c": 3, "a.d": Decimal("1.50"), "a.e": "x"}


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"[]",
        b"<html>",
        body(resource="other"),
        body(facts=[]),
        body(facts={"a.b": None}),
        body(facts={"a.b": ["x"]}),
        body(facts={"a.b": "x" * 3000}),
        body(facts={"a.b": "x\u0000"}),
        body(evidence={"e": "x"}),
        body(evidence={"e": {**GOOD, "issued": None}}),
        body(evidence={"e": {"number": "1"}}),
    ],
)
def test_what_the_contract_does_not_allow_is_refused(bad: bytes) -> None:
    with pytest.raises(NotTheContract):
        read_record(bad, "r")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.dictionaries(st.text(), c)))
def test_no_answer_breaks_the_reader(answer: object) -> None:
    with contextlib.suppress(NotTheContract):
        read_record(json.dumps(answer).encode(), "r")
