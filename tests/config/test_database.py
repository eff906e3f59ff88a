"""The connection's health check is asked of the server only after a pause."""

import time

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_a_connection_that_just_worked_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "known_at", float("-inf"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.is_usable()
    assert connection.is_usable()
    known = connection.known_at
    monkeypatch.setattr(time, "monotonic", lambda: known + 2)
    assert connection.is_usable()
    assert connection.known_at == known + 2


def test_a_broken_connection_is_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connection.is_usable()
    with monkeypatch.context() as patch:
        patch.setattr(type(connection.connection), "broken", True)
        patch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.is_usable", lambda self: False)
        assert not connection.is_usable()
