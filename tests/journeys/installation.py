"""The installation that a real browser visits."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    """Where it is, and the accounts' password."""

    address: str
    password: str
    var: Path
    register: str
