"""Everybody's browser asks for English, and every page that it gets is kept."""

import pytest
from django.test import Client
from django.utils.translation import deactivate

from tests.desk.conftest import ready, window  # noqa: F401
from tests.desk.test_intake import begun  # noqa: F401
from tests.english.reading import Reader
from tests.office.conftest import accepted, office  # noqa: F401


@pytest.fixture
def reader(monkeypatch, settings, db):
    """The pages of this test; none of them may be left with Chinese."""
    settings.LANGUAGE_CODE = "en"
    kept, request = Reader(), Client.request

    def keeping(self, **sent):
        response = request(self, **sent)
        kept.keep(sent["REQUEST_METHOD"], sent["PATH_INFO"], response)
        return response

    monkeypatch.setattr(Client, "request", keeping)
    yield kept
    deactivate()
    assert kept.pages
    found = kept.chinese()
    assert not found, "\n".join(["", *found])
