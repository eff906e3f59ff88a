"""From a register's JSON to our values; whatever the contract does not allow is refused whole."""

import json
from decimal import Decimal
from typing import Any

from onevisit.core.facts import Value
from onevisit.exchange.values import EvidenceRecord, Fetched, Outcome

_FIELDS = ("number", "issued", "valid_until", "summary")
_LONGEST = 2_000  # characters of one text


class NotTheContract(ValueError):
    """An answer that the contract does not allow."""


def read_record(body: bytes, resource: str) -> Fetched:
    """The answer's facts and evidence. Raises `NotTheContract`, saying where."""
    try:
        data = json.loads(body, parse_float=Decimal)
    except ValueError as error:
        raise NotTheContract("not JSON") from error
    if not isinstance(data, dict) or data.get("resource") != resource:
        raise NotTheContract("answers for another resource")
    facts = _mapping(data, "facts")
    evidence = _mapping(data, "evidence")
    return Fetched(
        Outcome.FOUND,
        {key: _value(key, value) for key, value in facts.items()},
        {key: _evidence(key, value) for key, value in evidence.items()},
    )


def _mapping(data: dict[str, Any], name: str) -> dict[str, Any]:
    found = data.get(name)
    if not isinstance(found, dict):
        raise NotTheContract(f"{name} is not an object")
    return found


def _value(key: str, value: object) -> Value:
    if isinstance(value, bool | int | Decimal):
        return value
    if isinstance(value, str) and len(value) <= _LONGEST and value.isprintable():
        return value
    raise NotTheContract(f"fact {key} is no truth value, number or short text")


def _evidence(key: str, value: object) -> EvidenceRecord:
    if not isinstance(value, dict):
        raise NotTheContract(f"evidence {key} is not an object")
    texts = [value.get(field) for field in _FIELDS]
    if not all(isinstance(text, str) and len(text) <= _LONGEST and text.isprintable() for text in texts):
        raise NotTheContract(f"evidence {key} lacks number, issued, valid_until or summary")
    return EvidenceRecord(*(str(text) for text in texts))
