"""A case of the real content, filed through the actions: what officers find in the morning."""

import re
from datetime import datetime

from onevisit.cases.actions import answer, confirm, start_draft, submit, upload
from onevisit.cases.queries import draft
from onevisit.people.actor import Actor
from tests.fixtures.content import REGION
from tests.fixtures.files import picture
from tests.fixtures.shop import SHOP, typed

FIRST = "sole-trader-registration"


def file_case(by: Actor, now: datetime, **more: str) -> str:
    """Submit; returns the case's number. `more`: answers by fact key with `__` for the dot."""
    mine = start_draft("open-restaurant", REGION, by=by, now=now)
    answer(mine, typed(SHOP) | {key.replace("__", "."): value for key, value in more.items()}, by=by, now=now)
    confirm(mine, [known.spec.key for known in draft(mine, by=by, now=now).known], by=by, now=now)
    for need in draft(mine, by=by, now=now).needed:
        upload(mine, need.evidence, f"{need.evidence}.png", picture("PNG"), by=by, now=now)
    return submit(mine, f"key-{mine}", by=by, now=now).number


def key(page: str) -> str:
    """The one-time key of the form on a page."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found, page
    return found.group(1)
