"""Publishing content: versions with their proof, read back as they were."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.catalogue.errors import NoSuchEvent, NoSuchVersion
from onevisit.catalogue.load import read_content
from onevisit.people.actor import SYSTEM

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CONTENT = Path(settings.CONTENT)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(django_capture_on_commit_callbacks):
    queries.forget()
    queries.by_snapshot.cache_clear()
    yield
    queries.forget()


def test_what_is_published_is_read_back_as_it_was():
    assert publish_content(CONTENT, by=SYSTEM, now=NOW) == ("open-restaurant",)
    content = read_content(CONTENT)
    published = queries.current("open-restaurant", "330521")
    assert published.event == content.events["open-restaurant"]
    assert published.snapshot == content.snapshots["open-restaurant"]
    assert published.guide.combinations > 100
    assert published.guide.online.worst == 0
    assert published.guide.walk_in.worst == 1
    assert queries.calendar() == content.calendar
    assert queries.agency("tobacco", "330521").name.zh == "德清县烟草专卖局"
    assert queries.place("county-hall", "330521") is not None


def test_publishing_again_publishes_nothing():
    publish_content(CONTENT, by=SYSTEM, now=NOW)
    assert publish_content(CONTENT, by=SYSTEM, now=NOW) == ()


def test_what_is_in_force_is_not_asked_again(django_assert_num_queries):
    publish_content(CONTENT, by=SYSTEM, now=NOW)
    queries.current("open-restaurant", "330521")
    with django_assert_num_queries(0):
        queries.current("open-restaurant", "330521")
        queries.events("330521")
        queries.calendar()


def test_an_unknown_event_and_version_are_refused():
    with pytest.raises(NoSuchEvent):
        queries.current("open-restaurant", "999999")
    with pytest.raises(NoSuchVersion):
        queries.by_snapshot("0" * 64)
