"""The real content in force, and the real demonstration register, for the pages."""

from pathlib import Path

import pytest

from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.exchange.actions import BREAKERS
from onevisit.people.actor import SYSTEM
from tests.exchange.conftest import register, shared_register

__all__ = ["register", "shared_register"]
CONTENT = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture
def content(db, now) -> None:
    """Opening a restaurant, published with its enumeration."""
    publish_content(CONTENT, by=SYSTEM, now=now)
    queries.forget()
    BREAKERS.clear()
    yield
    queries.forget()
