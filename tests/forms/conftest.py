"""Drafts and cases in every state, and everybody's browser, in which forms say where they are written."""

import pytest
from django.test import Client

from onevisit.config.cli.demo_accounts import specs
from onevisit.people.actions import make_accounts
from tests.fixtures.content import CONTENT
from tests.fixtures.people import PASSWORD
from tests.forms.marking import LOADERS
from tests.forms.walking import County
from tests.journeys import states
from tests.journeys.places import PLACES


@pytest.fixture
def county(content, register, settings, tmp_path) -> County:
    settings.SEAL_FOLDER = tmp_path
    (engine,) = settings.TEMPLATES
    options = engine["OPTIONS"] | {"loaders": LOADERS}
    settings.TEMPLATES = [engine | {"APP_DIRS": False, "OPTIONS": options}]
    people = specs(CONTENT)
    make_accounts(people, password=PASSWORD)
    paths = states.online() | states.window() | states.office()
    starts = {one.username: ["/"] for one in people} | {"": ["/"]}
    for place in PLACES:
        starts[place.who].append(place.path.format(**paths))
    starts["chuangkou"] += [path for path in paths.values() if path.startswith("/desk/")]
    return County({who: _browser(who) for who in starts}, starts)


def _browser(who: str) -> Client:
    client = Client()
    if who:
        answer = client.post("/sign-in", {"username": who, "password": PASSWORD})
        assert answer.status_code == 302
    return client
