"""The content in force, examined; and the same with one thing changed."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from onevisit.catalogue import queries
from onevisit.catalogue.actions import publish_content
from onevisit.people.actor import SYSTEM, Actor, Role
from onevisit.people.ids import new_id

SEAL = "events/open-restaurant/services/7a-seal-filing.yaml"


@pytest.fixture
def officer() -> Actor:
    return Actor(new_id(), None, None, "赵改革", Role.REFORM)


@pytest.fixture
def mend(tmp_path: Path, content: None) -> Callable[..., None]:
    """Publish the content with pieces of a file replaced; later than all before."""

    def _mend(file: str, *changes: tuple[str, str], now: datetime) -> None:
        folder = tmp_path / "changed"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(settings.CONTENT, folder)
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")
        publish_content(folder, by=SYSTEM, now=now)
        queries.forget()

    return _mend
