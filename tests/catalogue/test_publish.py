"""Publishing content: versions with their proof, read back as they were."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.catalogue.errors import NoProof, NoSuchEvent, NoSuchVersion
from onevisit.catalogue.load import read_content
from onevisit.catalogue.models import CatalogueVersion
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
    content = read_content(CONTENT)
    assert publish_content(CONTENT, by=SYSTEM, now=NOW) == tuple(content.events)
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
    queries.events("330521")
    with django_assert_num_queries(0):
        queries.current("open-restaurant", "330521")
        queries.events("330521")
        queries.calendar()


def test_an_unknown_event_and_version_are_refused():
    with pytest.raises(NoSuchEvent):
        queries.current("open-restaurant", "999999")
    with pytest.raises(NoSuchVersion):
        queries.by_snapshot("0" * 64)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder, dirs_exist_ok=True)
    path = folder / "events/open-restaurant/event.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_an_earlier_version_can_come_back_in_force(tmp_path):
    publish_content(CONTENT, by=SYSTEM, now=NOW)
    first = queries.current("open-restaurant", "330521").snapshot
    other = changed(tmp_path, "zh: 开餐饮店,", "zh: 开一家餐饮店,")
    assert publish_content(other, by=SYSTEM, now=NOW + timedelta(hours=1)) == ("open-restaurant",)
    queries.forget()
    assert queries.current("open-restaurant", "330521").event.name.zh == "开一家餐饮店"
    assert publish_content(CONTENT, by=SYSTEM, now=NOW + timedelta(hours=2)) == ("open-restaurant",)
    queries.forget()
    assert queries.current("open-restaurant", "330521").snapshot == first


def test_a_version_with_keys_that_are_no_more_is_still_read():
    """Cases go on under the version with which they were planned, whatever the catalogue's form has become."""
    publish_content(CONTENT, by=SYSTEM, now=NOW)
    row = CatalogueVersion.objects.get(event="open-restaurant")
    row.document |= {"audience": ["individual"], "extra": {"old": "key"}}
    row.document["agencies"][0]["code"] = ""
    row.pk, row.snapshot, row._state.adding = None, "0" * 64, True
    row.save()
    assert queries.by_snapshot("0" * 64).event == read_content(CONTENT).events["open-restaurant"]


def test_an_event_that_nobody_can_be_in_is_not_published(tmp_path):
    nobody = changed(tmp_path, "  constraints:", "  constraints:\n    - matter.tobacco and not matter.tobacco")
    with pytest.raises(NoProof):
        publish_content(nobody, by=SYSTEM, now=NOW)
    assert queries.events("330521") == []
