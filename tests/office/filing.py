"""A case of the real content, filed through the actions: what officers find in the morning."""

import re
from datetime import datetime

from onevisit.cases.actions import answer, confirm, start_draft, submit, upload
from onevisit.cases.queries import draft
from onevisit.people.actor import Actor
from tests.fixtures.files import picture

REGION = "330521"
FIRST = "sole-trader-registration"
SHOP = {
    "matter.kind": "new_sole",
    "matter.area": "120",
    "matter.sign": "none",
    "matter.tobacco": "false",
    "matter.shop_name": "小满面馆",
    "matter.premises_certificate": "浙(2024)德清县不动产权第9900001号",
    "matter.staff_ids": "330521199311059963",
    "matter.business_items": "hot",
    "matter.food_manager": "林一勺",
    "matter.fire_promise": "false",
    "matter.premises_promise": "false",
}


def file_case(by: Actor, now: datetime, **more: str) -> str:
    """Submit; returns the case's number. `more`: answers by fact key with `__` for the dot."""
    mine = start_draft("open-restaurant", REGION, by=by, now=now)
    answer(mine, SHOP | {key.replace("__", "."): value for key, value in more.items()}, by=by, now=now)
    confirm(mine, [known.spec.key for known in draft(mine, by=by, now=now).known], by=by, now=now)
    for need in draft(mine, by=by, now=now).needed:
        upload(mine, need.evidence, f"{need.evidence}.png", picture("PNG"), by=by, now=now)
    return submit(mine, f"key-{mine}", by=by, now=now).number


def key(page: str) -> str:
    """The one-time key of the form on a page."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found, page
    return found.group(1)
