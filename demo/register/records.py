"""The register's records, read from YAML: one file a resource, everything in them fictitious and marked 示范."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent / "data"
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Register:
    """One resource: its records by look-up key; `several`: a look-up may list keys, joined by commas."""

    resource: str
    several: bool
    records: dict[str, Answer]

    def answer(self, lookup: str) -> Answer | None:
        """The contract's answer for a look-up, or None when one of its keys has no record."""
        keys = lookup.split(",") if self.several else [lookup]
        found = [self.records[key] for key in keys if key in self.records]
        if not keys or len(found) != len(keys):
            return None
        facts = {fact: value for record in found for fact, value in record.get("facts", {}).items()}
        evidence: dict[str, dict[str, str]] = {}
        for record in found:
            for key, one in record.get("evidence", {}).items():
                evidence[key] = _joined(evidence[key], one) if key in evidence else one
        return {
            "resource": self.resource,
            "lookup": lookup,
            "facts": facts,
            "evidence": evidence,
            "demonstration": True,
        }


def _joined(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    """Several certificates as one record: all numbers, the oldest issue, the earliest end."""
    ends = [one["valid_until"] for one in (first, second) if one["valid_until"]]
    return {
        "number": f"{first['number']}、{second['number']}",
        "issued": min(first["issued"], second["issued"]),
        "valid_until": min(ends, default=""),
        "summary": f"{first['summary']}；{second['summary']}",
    }


def read(folder: Path = DATA) -> dict[str, Register]:
    """All registers of the folder by resource key. Raises what YAML raises: the data is ours."""
    registers = {}
    for file in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        records = {str(key): record for key, record in data["records"].items()}
        registers[data["resource"]] = Register(data["resource"], bool(data.get("several")), records)
    return registers
